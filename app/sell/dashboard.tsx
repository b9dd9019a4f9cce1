import { Pencil, Plus } from 'lucide-react'
import { notFound } from 'next/navigation'
import { PageHeading } from '#components/layout/page-heading'
import { CapacityBar } from '#components/sellers/capacity-bar'
import { NewestReviews } from '#components/reviews/newest-reviews'
import { LiveSales } from '#components/sellers/live-sales'
import { NewestOrders } from '#components/sellers/newest-orders'
import { SalesFigures } from '#components/sellers/sales-figures'
import { StockGlance } from '#components/sellers/stock-glance'
import { ButtonLink } from '#components/ui/button'
import { getFeedbackGlance, getStockGlance } from '#lib/insights/queries'
import { getCapacity } from '#lib/inventory/queries'
import { getSalesSummary } from '#lib/orders/queries'
import { listSellerOrders } from '#lib/orders/queries/seller-orders'
import { listOwnReviews } from '#lib/reviews/queries'
import { getOwnSeller } from '#lib/sellers/queries'

const NEWEST = 6
const NEWEST_REVIEWS = 3

/** What a shop is doing right now: sales, the newest orders, what runs out. */
export async function Dashboard({ userId, sellerId }: { userId: string; sellerId: string }) {
  const [shop, sales, orders, glance, capacity, feedback, reviews] = await Promise.all([
    getOwnSeller(userId),
    getSalesSummary(sellerId),
    listSellerOrders(sellerId),
    getStockGlance(sellerId),
    getCapacity(sellerId),
    getFeedbackGlance(sellerId),
    listOwnReviews(sellerId, { limit: NEWEST_REVIEWS }),
  ])
  if (!shop) notFound()
  return (
    <>
      <LiveSales sellerId={sellerId} />
      <PageHeading
        title={shop.name}
        action={
          <div className="flex flex-wrap gap-3">
            <ButtonLink href="/sell/shop" variant="secondary">
              <Pencil aria-hidden className="size-4.5" />
              Edit the shop
            </ButtonLink>
            <ButtonLink href="/sell/products/new">
              <Plus aria-hidden className="size-5" />
              Add a product
            </ButtonLink>
          </div>
        }
      />
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <div className="grid gap-6">
          <SalesFigures sales={sales} />
          <NewestOrders orders={orders.items.slice(0, NEWEST)} />
        </div>
        <div className="grid gap-6">
          <CapacityBar {...capacity} />
          <StockGlance glance={glance} />
          <NewestReviews reviews={reviews} feedback={feedback} />
        </div>
      </div>
    </>
  )
}
