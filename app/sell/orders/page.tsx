import { PackageCheck, PackageOpen } from 'lucide-react'
import type { Metadata } from 'next'
import { PageHeading } from '#components/layout/page-heading'
import { RefreshOnOrder } from '#components/orders/refresh-on-order'
import { SellerOrderRow } from '#components/orders/seller-order-row'
import { LiveSales } from '#components/sellers/live-sales'
import { ButtonLink } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { Pagination } from '#components/ui/pagination'
import { Tabs } from '#components/ui/tabs'
import { countSellerOrders, listSellerOrders } from '#lib/orders/queries/seller-orders'
import { sellerOrdersQuery } from '#lib/orders/schema'
import { requireShop } from '../shop.ts'

export const metadata: Metadata = { title: 'Orders' }

const WORK = [
  { status: 'paid', label: 'To ship', href: '/sell/orders', nothing: 'Nothing to ship' },
  { status: 'shipped', label: 'On their way', href: '/sell/orders?status=shipped', nothing: 'Nothing is on its way' },
  { status: 'disputed', label: 'Disputes', href: '/sell/orders?status=disputed', nothing: 'No disputes' },
  { status: 'all', label: 'All', href: '/sell/orders?status=all', nothing: 'No more orders' },
] as const

export default async function SellerOrdersPage({ searchParams }: PageProps<'/sell/orders'>) {
  const { sellerId } = await requireShop('/sell/orders')
  const asked = await searchParams
  const work = WORK.find((each) => each.status === asked.status) ?? WORK[0]
  const query = sellerOrdersQuery.shape.cursor.safeParse(asked.cursor)
  const cursor = query.success ? query.data : undefined
  const [counts, { items, nextCursor }] = await Promise.all([
    countSellerOrders(sellerId),
    listSellerOrders(sellerId, { cursor, status: work.status === 'all' ? undefined : work.status }),
  ])
  const tabs = WORK.map(({ status, label, href }) => ({ label, href, count: counts[status] ?? 0 }))
  return (
    <>
      <PageHeading title="Orders">
        What is to be sent comes first, the longest waiting on top. Everything here moves by itself.
      </PageHeading>
      <LiveSales sellerId={sellerId} />
      <RefreshOnOrder sellerId={sellerId} />
      <div className="mb-6">
        <Tabs label="Orders by what is to be done" tabs={tabs} current={work.href} />
      </div>
      {items.length === 0 ? (
        <Nothing title={work.nothing} isNew={counts.all === 0} />
      ) : (
        <ul className="grid gap-4">
          {items.map((order) => (
            <SellerOrderRow key={order.id} order={order} />
          ))}
        </ul>
      )}
      <Pagination
        firstHref={cursor ? work.href : null}
        nextHref={nextCursor ? `/sell/orders?status=${work.status}&cursor=${encodeURIComponent(nextCursor)}` : null}
      />
    </>
  )
}

function Nothing({ title, isNew }: { title: string; isNew: boolean }) {
  if (isNew) {
    return (
      <EmptyState
        icon={PackageOpen}
        title="No orders yet"
        action={<ButtonLink href="/sell/products">See your products</ButtonLink>}
      >
        When somebody buys from you, the order stands here with its address the same second.
      </EmptyState>
    )
  }
  return (
    <EmptyState
      icon={PackageCheck}
      title={title}
      action={
        <ButtonLink href="/sell/orders?status=all" variant="secondary">
          All orders
        </ButtonLink>
      }
    >
      What comes in appears here by itself.
    </EmptyState>
  )
}
