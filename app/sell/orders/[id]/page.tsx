import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { PageHeading } from '#components/layout/page-heading'
import { CopyButton } from '#components/ui/copy-button'
import { CostRows } from '#components/orders/cost-rows'
import { InvoiceLink } from '#components/orders/invoice-link'
import { SellerMoves } from '#components/orders/moves/seller-moves'
import { OrderLines } from '#components/orders/order-lines'
import { SellerOrderStatus } from '#components/orders/order-status'
import { addressLines, PostalAddress } from '#components/orders/postal-address'
import { RefreshOnOrder } from '#components/orders/refresh-on-order'
import { RefundList } from '#components/orders/refund-list'
import { SellerNotice } from '#components/orders/seller-notice'
import { Timeline } from '#components/orders/timeline'
import { RefreshOnRating } from '#components/reviews/refresh-on-rating'
import { ShopReviewList } from '#components/reviews/shop-review-list'
import { CardSection } from '#components/ui/card'
import { Moment } from '#components/ui/moment'
import { getSellerOrder } from '#lib/orders/queries/seller-orders'
import { listReviewsOfOrder } from '#lib/reviews/queries'
import { requireShop } from '../../shop.ts'

export const metadata: Metadata = { title: 'Order' }

export default async function SellerOrderPage({ params }: PageProps<'/sell/orders/[id]'>) {
  const { id } = await params
  const { sellerId } = await requireShop(`/sell/orders/${id}`)
  const order = await getSellerOrder(id, sellerId)
  if (!order) notFound()
  const reviews = await listReviewsOfOrder(sellerId, id)
  return (
    <>
      <PageHeading
        title={`Order ${order.number}`}
        crumbs={[{ href: '/sell/orders', label: 'Orders' }]}
        action={<SellerOrderStatus status={order.status} />}
      >
        Bought by {order.buyerName}, <Moment at={order.createdAt} />
      </PageHeading>
      <RefreshOnOrder sellerId={sellerId} number={order.number} />
      <RefreshOnRating sellerId={sellerId} />
      <div className="grid items-start gap-6 lg:grid-cols-[1fr_20rem]">
        <div className="grid gap-6">
          <SellerNotice order={order} />
          <SellerMoves order={order} />
          <CardSection title="What was bought">
            <OrderLines lines={order.lines} refunds={order.refunds} />
            <CostRows part={order} />
            <p className="mt-4">
              <InvoiceLink href={`/api/v1/seller/orders/${order.id}/invoice.pdf`} />
            </p>
          </CardSection>
          {reviews.length > 0 ? (
            <CardSection title="What the buyer says">
              <ShopReviewList reviews={reviews} />
            </CardSection>
          ) : null}
          {order.refunds.length > 0 ? (
            <CardSection title="Refunds">
              <RefundList part={order} reader="seller" />
            </CardSection>
          ) : null}
        </div>
        <div className="grid gap-6">
          <CardSection
            title="Send to"
            action={<CopyButton text={addressLines(order.address).join('\n')} label="Copy address" />}
          >
            <PostalAddress address={order.address} />
            <Shipment carrier={order.carrier} trackingNumber={order.trackingNumber} />
          </CardSection>
          <CardSection title="What happened">
            <Timeline since={order.createdAt} events={order.events} reader="seller" />
          </CardSection>
        </div>
      </div>
    </>
  )
}

function Shipment({ carrier, trackingNumber }: { carrier: string | null; trackingNumber: string | null }) {
  if (!carrier && !trackingNumber) return null
  return (
    <dl className="mt-4 grid gap-2 border-t border-line pt-4 text-sm">
      {carrier ? <Fact term="Carrier" text={carrier} /> : null}
      {trackingNumber ? <Fact term="Tracking number" text={trackingNumber} /> : null}
    </dl>
  )
}

function Fact({ term, text }: { term: string; text: string }) {
  return (
    <div className="flex flex-wrap justify-between gap-x-4">
      <dt className="text-muted">{term}</dt>
      <dd className="font-medium wrap-anywhere">{text}</dd>
    </div>
  )
}
