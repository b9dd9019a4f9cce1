import { PackageOpen } from 'lucide-react'
import type { Metadata } from 'next'
import { PageHeading } from '#components/layout/page-heading'
import { LiveSales } from '#components/sellers/live-sales'
import { SellerOrder } from '#components/orders/seller-order'
import { ButtonLink } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { Pagination } from '#components/ui/pagination'
import { listSellerOrders } from '#lib/orders/queries'
import { sellerOrdersQuery } from '#lib/orders/schema'
import { requireShop } from '../shop.ts'

export const metadata: Metadata = { title: 'Orders' }

export default async function SellerOrdersPage({ searchParams }: PageProps<'/sell/orders'>) {
  const { sellerId } = await requireShop('/sell/orders')
  const query = sellerOrdersQuery.safeParse(await searchParams)
  const cursor = query.success ? query.data.cursor : undefined
  const { items, nextCursor } = await listSellerOrders(sellerId, cursor)
  return (
    <>
      <PageHeading title="Orders">What was bought from you, newest first. A new one appears by itself.</PageHeading>
      <LiveSales sellerId={sellerId} />
      {items.length === 0 ? (
        <EmptyState
          icon={PackageOpen}
          title={cursor ? 'No more orders' : 'No orders yet'}
          action={<ButtonLink href="/sell/products">See your products</ButtonLink>}
        >
          When somebody buys from you, the order stands here with its address the same second.
        </EmptyState>
      ) : (
        <ul className="grid gap-4">
          {items.map((order) => (
            <SellerOrder key={order.id} order={order} />
          ))}
        </ul>
      )}
      <Pagination
        firstHref={cursor ? '/sell/orders' : null}
        nextHref={nextCursor ? `/sell/orders?cursor=${nextCursor}` : null}
      />
    </>
  )
}
