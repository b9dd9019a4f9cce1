import { ChevronRight } from 'lucide-react'
import Link from 'next/link'
import { Moment } from '#components/ui/moment'
import { Money } from '#components/ui/money'
import { Picture } from '#components/ui/picture'
import { countryName } from '#lib/sellers/rules/countries'
import type { SellerOrderView } from '#lib/orders/schema'
import { SellerOrderStatus } from './order-status.tsx'
import { shipmentWords } from './order-words.tsx'
import { isRefundStuck, repaidOf } from './refund-items.tsx'

const SHOWN = 4

/** A shop's part of an order in the list of its work: what it is, for whom, where it goes, and the way to it. */
export function SellerOrderRow({ order }: { order: SellerOrderView }) {
  const { id, number, status, lines, address } = order
  return (
    <li className="relative grid gap-x-6 gap-y-3 rounded-card border border-line bg-surface p-4 shadow-card transition hover:border-line-strong sm:grid-cols-[1fr_auto] sm:p-5">
      <div className="min-w-0">
        <h2 className="flex flex-wrap items-center gap-x-3 gap-y-1 font-semibold">
          {/* The whole card leads there, the name of the link is the number alone. */}
          <Link href={`/sell/orders/${id}`} className="count after:absolute after:inset-0 after:rounded-card">
            {number}
          </Link>
          <SellerOrderStatus status={status} />
        </h2>
        <p className="mt-1 text-sm text-muted">
          <Moment at={order.createdAt} /> · {order.buyerName} · {address.city}, {countryName(address.country)}
        </p>
        <p className="mt-2 line-clamp-2">{piecesWords(order)}</p>
        <Concern order={order} />
      </div>
      <div className="flex items-center gap-4 sm:flex-col sm:items-end sm:justify-between">
        <span className="flex flex-col sm:items-end">
          <Money cents={order.totalCents} className="text-lg font-semibold" />
          <Repaid order={order} />
        </span>
        <span className="ml-auto flex items-center gap-1.5">
          {lines.slice(0, SHOWN).map((line) => (
            <span key={line.id} className="size-11 overflow-hidden rounded-control">
              <Picture id={line.pictureId} alt="" sizes="2.75rem" />
            </span>
          ))}
          {lines.length > SHOWN ? <span className="text-sm text-muted">+{lines.length - SHOWN}</span> : null}
          <ChevronRight aria-hidden className="size-5 text-muted" />
        </span>
      </div>
    </li>
  )
}

function piecesWords({ lines }: SellerOrderView): string {
  return lines
    .map((line) => `${line.quantity} × ${[line.title, ...line.optionValues].join(', ')}`)
    .slice(0, SHOWN)
    .join('; ')
}

/** What about it wants to be looked at, or how it is sent. */
function Concern({ order }: { order: SellerOrderView }) {
  if (order.status === 'disputed') {
    const complaint = order.events.findLast((event) => event.what === 'disputed')
    return <p className="mt-1 line-clamp-2 text-sm font-medium text-bad">“{complaint?.note}”</p>
  }
  if (isRefundStuck(order)) {
    return <p className="mt-1 text-sm font-medium text-bad">The refund failed: the buyer waits for the money.</p>
  }
  const shipment = order.status === 'shipped' ? shipmentWords(order) : ''
  return shipment ? <p className="mt-1 text-sm text-muted">Sent{shipment}</p> : null
}

function Repaid({ order }: { order: SellerOrderView }) {
  const { paid, pending } = repaidOf(order)
  const cents = paid.cents + pending.cents
  if (cents === 0n) return null
  return (
    <span className="text-sm text-muted">
      <Money cents={-cents} /> refunded
    </span>
  )
}
