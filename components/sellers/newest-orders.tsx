import { PackageOpen } from 'lucide-react'
import Link from 'next/link'
import { Moment } from '#components/ui/moment'
import { SellerOrderStatus } from '#components/orders/order-status'
import { CardSection } from '#components/ui/card'
import { EmptyState } from '#components/ui/empty-state'
import { Money } from '#components/ui/money'
import { Picture } from '#components/ui/picture'
import type { SellerOrderView } from '#lib/orders/schema'

/** The latest orders of a shop. A new one slides in. */
export function NewestOrders({ orders }: { orders: readonly SellerOrderView[] }) {
  if (orders.length === 0) {
    return (
      <CardSection title="Newest orders">
        <EmptyState icon={PackageOpen} title="No orders yet" className="py-10">
          The first one appears here by itself, the second it is paid.
        </EmptyState>
      </CardSection>
    )
  }
  return (
    <CardSection
      title="Newest orders"
      action={
        <Link href="/sell/orders" className="inline-flex min-h-11 items-center font-semibold text-accent underline">
          All orders
        </Link>
      }
    >
      <ul className="divide-y divide-line">
        {orders.map((order) => (
          <OrderRow key={order.id} order={order} />
        ))}
      </ul>
    </CardSection>
  )
}

function OrderRow({ order }: { order: SellerOrderView }) {
  const [first] = order.lines
  return (
    <li className="grid animate-rise grid-cols-[3.5rem_1fr_auto] items-center gap-x-4 gap-y-1 py-3">
      <span className="aspect-square overflow-hidden rounded-control">
        <Picture id={first?.pictureId ?? null} alt="" sizes="3.5rem" />
      </span>
      <span className="min-w-0">
        <span className="line-clamp-2 font-medium">{titleOf(order)}</span>
        <span className="block text-sm text-muted">
          <Moment at={order.createdAt} /> · {order.buyerName}
        </span>
      </span>
      <span className="text-right">
        <Money cents={order.totalCents} className="block font-semibold count" />
        <SellerOrderStatus status={order.status} />
      </span>
    </li>
  )
}

function titleOf({ lines }: SellerOrderView): string {
  const [first, ...others] = lines
  if (!first) return ''
  const pieces = first.quantity > 1 ? `${first.quantity} × ${first.title}` : first.title
  return others.length > 0 ? `${pieces} and ${others.length} more` : pieces
}
