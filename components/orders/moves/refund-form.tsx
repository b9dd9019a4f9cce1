'use client'

import { useState } from 'react'
import { Money } from '#components/ui/money'
import { toast } from '#components/ui/toaster'
import { call, createClient } from '#lib/api/client'
import type { SellerOrderView } from '#lib/orders/schema'
import type { SellerOrderStateView } from '#lib/orders/schema/progress'
import { oneLine } from '../order-words.tsx'
import { previewRefund, refundItemsOf, wholeOf, type RefundItem } from '../refund-items.tsx'
import { useKeyedRequest } from '../use-keyed-request.tsx'
import { MovePanel } from './move-panel.tsx'
import { ReasonField } from './reason-field.tsx'
import { RefundPieces } from './refund-pieces.tsx'
import { useMove } from './use-move.tsx'

const api = createClient()

interface RefundFormProps {
  order: SellerOrderView
  /** Who gives it back: the shop, or the market in its place. */
  by?: 'seller' | 'market'
  onClose: () => void
}

/** Gives money back, for all that is left or some pieces of it; the amount stands there before it is pressed. */
export function RefundForm({ order, by = 'seller', onClose }: RefundFormProps) {
  const { id, buyerName } = order
  const [isWhole, setWhole] = useState(true)
  const [chosen, setChosen] = useState<Readonly<Record<string, number>>>({})
  const [isReturned, setReturned] = useState(false)
  const [reason, setReason] = useState('')
  const [isNothing, setNothing] = useState(false)
  const { send, phase } = useKeyedRequest<SellerOrderStateView>()
  const { move, isBusy, refusal, fields } = useMove(onClose)
  // What was asked for stays on the screen while the page follows what already became of it.
  const [asked, setAsked] = useState<readonly RefundItem[] | null>(null)
  const items = asked ?? refundItemsOf(order)
  const whole = wholeOf(items)
  // The other side may have refunded some meanwhile: of what is not there any more nothing can be chosen.
  const some = whole.map((line) => ({ ...line, quantity: Math.min(line.quantity, chosen[line.lineId] ?? 0) }))
  const cents = previewRefund(items, isWhole ? whole : some)

  async function refund() {
    const wanted = some.filter((line) => line.quantity > 0)
    setNothing(!isWhole && wanted.length === 0)
    if (!isWhole && wanted.length === 0) return
    const json = { isReturned, reason: oneLine(reason), ...(isWhole ? {} : { lines: wanted }) }
    const route = by === 'market' ? api.admin['seller-orders'][':id'] : api.seller.orders[':id']
    const post = (key: string) => call(route.refund.$post({ param: { id }, header: { 'idempotency-key': key }, json }))
    setAsked(items)
    const answer = await move(() => send(post))
    setAsked(null)
    if (!answer?.ok) return
    const isThere = answer.value.refunds.every((each) => each.status !== 'pending')
    toast.success(isThere ? `${buyerName} has the money back.` : `The money is on its way to ${buyerName}.`)
  }

  return (
    <MovePanel
      title="Give money back"
      doLabel={
        <>
          Refund <Money cents={cents} />
        </>
      }
      isBusy={isBusy}
      phase={phase}
      refusal={refusal?.code === 'more-than-left' ? null : (refusal?.sentence ?? null)}
      onSubmit={() => void refund()}
      onClose={onClose}
    >
      <RefundPieces
        items={items}
        isWhole={isWhole}
        chosen={some}
        isNothing={isNothing}
        tooMany={refusal?.code === 'more-than-left' ? refusal.detail : null}
        onWhole={(next) => {
          setWhole(next)
          setNothing(false)
        }}
        onChoose={(lineId, quantity) => {
          setChosen({ ...chosen, [lineId]: quantity })
          setNothing(false)
        }}
      />
      <label className="flex min-h-11 items-start gap-3 py-1">
        <input
          type="checkbox"
          className="mt-0.5 size-5 shrink-0"
          checked={isReturned}
          onChange={(event) => setReturned(event.target.checked)}
        />
        <span>
          The pieces go back on sale
          <span className="block text-sm text-muted">
            When they are with {by === 'market' ? 'the shop' : 'you'} again, or never left.
          </span>
        </span>
      </label>
      <ReasonField
        label="Reason"
        hint={`${buyerName} reads it.`}
        value={reason}
        error={fields.reason}
        onChange={setReason}
      />
      <p className="flex flex-wrap items-baseline justify-between gap-x-4 border-t border-line pt-4">
        <span className="text-muted">{buyerName} gets back</span>
        <output aria-live="polite" className="text-2xl font-semibold">
          <Money cents={cents} />
        </output>
      </p>
    </MovePanel>
  )
}
