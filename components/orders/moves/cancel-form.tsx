'use client'

import { useState } from 'react'
import { Money } from '#components/ui/money'
import { toast } from '#components/ui/toaster'
import type { Answer } from '#lib/api/client'
import type { SellerOrderStateView } from '#lib/orders/schema/progress'
import { oneLine } from '../order-words.tsx'
import { previewRefund, wholeOf, type RefundItem } from '../refund-items.tsx'
import { useKeyedRequest } from '../use-keyed-request.tsx'
import { MovePanel } from './move-panel.tsx'
import { ReasonField } from './reason-field.tsx'
import { useMove } from './use-move.tsx'

interface CancelFormProps {
  items: readonly RefundItem[]
  /** How many pieces go back on sale. */
  pieces: number
  /** Who gets the money: "you", or a name. */
  payee: string
  /** The route of whoever asks. */
  post: (key: string, reason: string) => Promise<Answer<SellerOrderStateView>>
  onClose: () => void
}

/** Calls off what is not sent yet, after it has said what that gives back. */
export function CancelForm({ items, pieces, payee, post, onClose }: CancelFormProps) {
  const [reason, setReason] = useState('')
  const { send, phase } = useKeyedRequest<SellerOrderStateView>()
  const { move, isBusy, refusal, fields } = useMove(() => {
    toast.success('It is called off.')
    onClose()
  })
  // What was asked for stays on the screen while the page follows what already became of it.
  const [asked, setAsked] = useState<{ items: readonly RefundItem[]; pieces: number } | null>(null)
  const shown = asked ?? { items, pieces }

  async function cancel() {
    setAsked(shown)
    const answer = await move(() => send((key) => post(key, oneLine(reason))))
    setAsked(null)
    if (!answer || answer.ok || answer.code !== 'refund-refused') return
    // It is called off all the same: the page says that the money is still to be given back.
    toast.error(answer.message)
    onClose()
  }

  return (
    <MovePanel
      title="Call this order off?"
      doLabel="Call it off"
      leaveLabel="Keep it"
      variant="danger"
      isBusy={isBusy}
      phase={phase}
      refusal={refusal?.sentence ?? null}
      onSubmit={() => void cancel()}
      onClose={onClose}
    >
      <p>
        <Money cents={previewRefund(shown.items, wholeOf(shown.items))} className="font-semibold" /> goes back to{' '}
        {payee}, and {shown.pieces === 1 ? 'the piece is' : `all ${shown.pieces} pieces are`} for sale again. This
        cannot be undone.
      </p>
      <ReasonField
        label="Reason"
        hint="The other side reads it."
        value={reason}
        error={fields.reason}
        onChange={setReason}
      />
    </MovePanel>
  )
}
