import Link from 'next/link'
import { Money } from '#components/ui/money'
import { Picture } from '#components/ui/picture'
import type { OrderLineView, SellerOrderView } from '#lib/orders/schema'
import { repaidOf } from './refund-items.tsx'

type OrderLinesProps = Pick<SellerOrderView, 'lines' | 'refunds'>

/** What was bought, at the price it was bought for, and what of it was paid back. */
export function OrderLines({ lines, refunds }: OrderLinesProps) {
  return (
    <ul className="divide-y divide-line">
      {lines.map((line) => (
        <li key={line.id} className="grid grid-cols-[4rem_1fr_auto] items-center gap-4 py-3">
          <span className="aspect-square overflow-hidden rounded-control">
            <Picture id={line.pictureId} alt="" sizes="4rem" />
          </span>
          <span className="min-w-0">
            <Link href={`/products/${line.slug}`} className="font-medium hover:underline">
              {line.title}
            </Link>
            <span className="block text-sm text-muted">
              {line.optionValues.length > 0 ? `${line.optionValues.join(', ')} · ` : ''}
              {line.quantity} × <Money cents={line.unitPriceCents} />
            </span>
            <RepaidLine line={line} refunds={refunds} />
          </span>
          <Money cents={line.totalCents} className="self-start pt-3.5 font-medium" />
        </li>
      ))}
    </ul>
  )
}

function RepaidLine({ line, refunds }: { line: OrderLineView; refunds: OrderLinesProps['refunds'] }) {
  const { paid, pending } = repaidOf({ refunds }, line.id)
  const pieces = (quantity: number) => (line.quantity === 1 ? '' : `${quantity} of ${line.quantity} `)
  return (
    <>
      {paid.quantity > 0 ? (
        <span className="block text-sm font-medium text-good">
          {pieces(paid.quantity)}refunded, <Money cents={paid.cents} />
        </span>
      ) : null}
      {pending.quantity > 0 ? (
        <span className="block text-sm font-medium text-warn">
          {pieces(pending.quantity)}being refunded, <Money cents={pending.cents} />
        </span>
      ) : null}
    </>
  )
}
