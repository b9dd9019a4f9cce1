import { Moment } from '#components/ui/moment'
import { Money } from '#components/ui/money'
import { countryName } from '#lib/orders/rules/countries'
import type { SellerOrderView } from '#lib/orders/schema'
import { OrderLines } from './order-lines.tsx'
import { SellerOrderStatus } from './order-status.tsx'

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
          <address className="mt-1 leading-relaxed wrap-break-word not-italic">
            {addressLines(order.address).map((line, index) => (
              <span key={index} className="block">
                {line}
              </span>
            ))}
          </address>
        </div>
      </div>
    </li>
  )
}

function addressLines(address: SellerOrderView['address']): string[] {
  const { name, line1, line2, postalCode, city, country } = address
  return [name, line1, line2, `${postalCode} ${city}`, countryName(country)].filter(Boolean)
}
