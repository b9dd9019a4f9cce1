import { PackageOpen, ThumbsUp } from 'lucide-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { redirect } from 'next/navigation'
import { PageHeading } from '#components/layout/page-heading'
import { OrderStatus, SellerOrderStatus } from '#components/orders/order-status'
import { RefreshOnOrder } from '#components/orders/refresh-on-order'
import { ButtonLink } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { Day } from '#components/ui/moment'
import { Money } from '#components/ui/money'
import { Pagination } from '#components/ui/pagination'
import { Picture } from '#components/ui/picture'
import { listOrders } from '#lib/orders/queries'
import { ordersQuery, type OrderView } from '#lib/orders/schema'
import { listUnreviewed } from '#lib/reviews/queries'
import { currentPrincipal } from '../../principal.ts'

export const metadata: Metadata = { title: 'Your orders' }

export default async function OrdersPage({ searchParams }: PageProps<'/orders'>) {
  const { member } = await currentPrincipal()
  if (!member) redirect('/sign-in?next=/orders')
  const query = ordersQuery.safeParse(await searchParams)
  const cursor = query.success ? query.data.cursor : undefined
  const { items, nextCursor } = await listOrders(member.userId, { cursor })
  const unreviewed = await listUnreviewed(
    member.userId,
    items.map(({ number }) => number),
  )
  return (
    <div className="page max-w-4xl py-8">
      <PageHeading title="Your orders" crumbs={[{ href: '/account', label: 'Your account' }]} />
      <RefreshOnOrder userId={member.userId} />
      {items.length === 0 ? (
        <EmptyState icon={PackageOpen} title="No orders yet" action={<ButtonLink href="/">Look around</ButtonLink>}>
          What you buy appears here, with its number and where it is.
        </EmptyState>
      ) : (
        <ul className="grid gap-4">
          {items.map((order) => (
            <OrderCard key={order.number} order={order} isUnreviewed={unreviewed.has(order.number)} />
          ))}
        </ul>
      )}
      <Pagination
        firstHref={cursor ? '/orders' : null}
        nextHref={nextCursor ? `/orders?cursor=${encodeURIComponent(nextCursor)}` : null}
      />
    </div>
  )
}

function OrderCard({ order, isUnreviewed }: { order: OrderView; isUnreviewed: boolean }) {
  const lines = order.sellerOrders.flatMap((part) => part.lines)
  return (
    <li>
      <Link
        href={`/orders/${order.number}`}
        className="grid gap-3 rounded-card border border-line bg-surface p-5 shadow-card transition hover:border-line-strong sm:grid-cols-[1fr_auto]"
      >
        <div className="min-w-0">
          <p className="flex flex-wrap items-center gap-3">
            <span className="font-semibold">{order.number}</span>
            <OrderProgress order={order} />
          </p>
          <p className="mt-1 text-sm text-muted">
            <Day at={order.createdAt} />
            {' · '}
            {order.sellerOrders.map((part) => part.seller.name).join(', ')}
          </p>
          <div className="mt-3 flex gap-2">
            {lines.slice(0, 5).map((line, index) => (
              <span key={index} className="size-14 overflow-hidden rounded-control">
                <Picture id={line.pictureId} alt={line.title} sizes="3.5rem" />
              </span>
            ))}
          </div>
          {isUnreviewed ? (
            <p className="mt-3 inline-flex items-center gap-1.5 text-sm font-semibold text-accent">
              <ThumbsUp aria-hidden className="size-4" />
              Leave feedback
            </p>
          ) : null}
        </div>
        <Money cents={order.totalCents} className="text-lg font-semibold" />
      </Link>
    </li>
  )
}

/** What became of a paid order: each state of its parts once. Before that, whether it is paid. */
function OrderProgress({ order }: { order: OrderView }) {
  const states = [...new Set(order.sellerOrders.map((part) => part.status))]
  if (order.status !== 'paid' || states.every((status) => status === 'paid')) {
    return <OrderStatus status={order.status} />
  }
  return states.map((status) => <SellerOrderStatus key={status} status={status} />)
}
