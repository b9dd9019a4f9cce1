import { ChevronRight } from 'lucide-react'
import Link from 'next/link'
import { Moment } from '#components/ui/moment'
import { Money } from '#components/ui/money'
import type { MarketOrderView } from '#lib/orders/schema/market'

/** An open complaint in the list: who says what of whom, since when, and what it is about. */
export function DisputeRow({ order }: { order: MarketOrderView }) {
  const complaint = order.events.findLast((event) => event.what === 'disputed')
  return (
    <li className="relative grid gap-x-6 gap-y-2 rounded-card border border-line bg-surface p-4 shadow-card transition hover:border-line-strong sm:grid-cols-[1fr_auto] sm:p-5">
      <div className="min-w-0">
        <h2 className="font-semibold">
          {/* The whole card leads there, the name of the link is the number alone. */}
          <Link href={`/admin/disputes/${order.id}`} className="count after:absolute after:inset-0 after:rounded-card">
            {order.number}
          </Link>
        </h2>
        <p className="mt-1 text-sm text-muted">
          {order.buyerName} about {order.seller.name}
          {order.disputedAt ? (
            <>
              , since <Moment at={order.disputedAt} />
            </>
          ) : null}
        </p>
        <p className="mt-2 line-clamp-3 wrap-anywhere">“{complaint?.note}”</p>
      </div>
      <span className="flex items-center gap-2 sm:self-center">
        <Money cents={order.totalCents} className="text-lg font-semibold" />
        <ChevronRight aria-hidden className="ml-auto size-5 text-muted" />
      </span>
    </li>
  )
}
