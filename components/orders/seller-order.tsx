import { Moment } from '#components/ui/moment'
import { Money } from '#components/ui/money'
import type { SellerOrderView } from '#lib/orders/schema'
import { OrderLines } from './order-lines.tsx'
import { SellerOrderStatus } from './order-status.tsx'
import { PostalAddress } from './postal-address.tsx'

/** A shop's part of an order: what to send, where to, what it brings. */
export function SellerOrder({ order }: { order: SellerOrderView }) {
  return (
    <li className="rounded-card border border-line bg-surface p-5 shadow-card sm:p-6">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <h2 className="flex flex-wrap items-center gap-3 text-lg font-semibold">
          <span className="count">{order.number}</span>
          <SellerOrderStatus status={order.status} />
        </h2>
        <Money cents={order.totalCents} className="text-lg font-semibold count" />
      </div>
      <p className="mt-1 text-sm text-muted">
        <Moment at={order.createdAt} /> · bought by {order.buyerName}
      </p>
      <div className="mt-4 grid gap-5 md:grid-cols-[1fr_16rem]">
        <OrderLines lines={order.lines} />
        <div className="rounded-control bg-sunken p-4 md:self-start">
          <h3 className="text-sm font-semibold">Send to</h3>
          <PostalAddress address={order.address} />
        </div>
      </div>
    </li>
  )
}
