'use client'

import { CircleAlert } from 'lucide-react'
import { QuantityStepper } from '#components/catalog/quantity-stepper'
import { Button } from '#components/ui/button'
import { Money } from '#components/ui/money'
import { Picture } from '#components/ui/picture'
import { previewRefund, type Chosen, type RefundItem } from '../refund-items.tsx'

interface RefundPiecesProps {
  items: readonly RefundItem[]
  isWhole: boolean
  /** So many of each line that has any left. */
  chosen: readonly Chosen[]
  /** Whether it was pressed with nothing chosen. */
  isNothing: boolean
  /** What the server said of a line that has fewer left. */
  tooMany: Record<string, unknown> | null
  onWhole: (isWhole: boolean) => void
  onChoose: (lineId: string, quantity: number) => void
}

/** What the money is for: all that is left, or so many pieces of each line. */
export function RefundPieces(props: RefundPiecesProps) {
  const { items, isWhole, chosen, isNothing, tooMany, onWhole, onChoose } = props
  const left = items.reduce((sum, item) => sum + item.left, 0)
  if (left <= 1) {
    const last = items.find((item) => item.left > 0)
    return <p>{last ? `For ${last.name}, which is all that is left.` : 'All of this order is refunded.'}</p>
  }
  return (
    <fieldset className="grid gap-3" aria-describedby={isNothing ? 'refund-nothing' : undefined}>
      <legend className="mb-2 text-sm font-semibold">What for?</legend>
      <div className="flex flex-wrap gap-x-6">
        <Way label="All that is left" checked={isWhole} onChoose={() => onWhole(true)} />
        <Way label="Only some of it" checked={!isWhole} onChoose={() => onWhole(false)} />
      </div>
      {isWhole ? null : (
        <ul className="max-h-112 divide-y divide-line overflow-y-auto rounded-control border border-line bg-surface px-3">
          {items.map((item) => {
            if (item.left === 0) return null
            const quantity = chosen.find((each) => each.lineId === item.id)?.quantity ?? 0
            return (
              <PiecesRow
                key={item.id}
                item={item}
                quantity={quantity}
                cents={previewRefund(items, [{ lineId: item.id, quantity }])}
                error={tooMany?.lineId === item.id ? `Only ${Number(tooMany.left)} are left to refund.` : null}
                onChoose={(next) => onChoose(item.id, next)}
              />
            )
          })}
        </ul>
      )}
      {isNothing ? (
        <p id="refund-nothing" role="alert" className="flex gap-1.5 text-sm font-medium text-bad">
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          Choose at least one piece.
        </p>
      ) : null}
    </fieldset>
  )
}

function Way({ label, checked, onChoose }: { label: string; checked: boolean; onChoose: () => void }) {
  return (
    <label className="flex min-h-11 items-center gap-3">
      <input type="radio" name="refund-pieces" className="size-5 shrink-0" checked={checked} onChange={onChoose} />
      {label}
    </label>
  )
}

interface PiecesRowProps {
  item: RefundItem
  quantity: number
  cents: bigint
  error: string | null
  onChoose: (quantity: number) => void
}

function PiecesRow({ item, quantity, cents, error, onChoose }: PiecesRowProps) {
  const { name, left, pictureId } = item
  return (
    <li className="grid grid-cols-[2.75rem_1fr] items-center gap-x-3 gap-y-2 py-3 sm:grid-cols-[2.75rem_1fr_auto_5.5rem]">
      <span className="aspect-square overflow-hidden rounded-control">
        {pictureId === undefined ? null : <Picture id={pictureId} alt="" sizes="2.75rem" />}
      </span>
      <span className="min-w-0">
        <span className="line-clamp-2 font-medium">{name}</span>
        <span className="block text-sm text-muted">
          <Money cents={item.totalCents / BigInt(item.quantity)} /> each, {left} left to refund
        </span>
      </span>
      <span className="col-span-2 flex flex-wrap items-center gap-2 sm:col-span-1">
        <QuantityStepper of={name} min={0} max={left} quantity={quantity} onChange={onChoose} />
        {left > 1 ? (
          <Button
            size="sm"
            variant="quiet"
            aria-label={`All ${left} of ${name}`}
            disabled={quantity === left}
            onClick={() => onChoose(left)}
          >
            All {left}
          </Button>
        ) : null}
        <Money cents={cents} className="ml-auto font-medium sm:hidden" />
      </span>
      <Money cents={cents} className="hidden text-right font-medium sm:block" />
      {error ? (
        <span role="alert" className="col-span-full text-sm font-medium text-bad">
          {error}
        </span>
      ) : null}
    </li>
  )
}
