import Link from 'next/link'
import { Money } from '#components/ui/money'
import { Picture } from '#components/ui/picture'
import type { OrderLineView } from '#lib/orders/schema'

/** What was bought, at the price it was bought for. */
export function OrderLines({ lines }: { lines: OrderLineView[] }) {
  return (
    <ul className="divide-y divide-line">
      {lines.map((line, index) => (
        <li key={index} className="grid grid-cols-[4rem_1fr_auto] items-center gap-4 py-3">
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
          </span>
          <Money cents={line.totalCents} className="font-medium" />
        </li>
      ))}
    </ul>
  )
}
