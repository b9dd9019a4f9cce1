import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { DisputeMoves } from '#components/admin/dispute-moves'
import { PageHeading } from '#components/layout/page-heading'
import { CostRows } from '#components/orders/cost-rows'
import { OrderLines } from '#components/orders/order-lines'
import { SellerOrderStatus } from '#components/orders/order-status'
import { RefundList } from '#components/orders/refund-list'
import { Timeline } from '#components/orders/timeline'
import { Alert } from '#components/ui/alert'
import { CardSection } from '#components/ui/card'
import { Moment } from '#components/ui/moment'
import { getMarketOrder } from '#lib/orders/queries/market'
import type { MarketOrderView } from '#lib/orders/schema/market'
import { requireOperator } from '../../operator.ts'

export const metadata: Metadata = { title: 'Dispute' }

export default async function DisputePage({ params }: PageProps<'/admin/disputes/[id]'>) {
  const { id } = await params
  await requireOperator(`/admin/disputes/${id}`)
  const order = await getMarketOrder(id)
  if (!order) notFound()
  return (
    <>
      <PageHeading
        title={`Order ${order.number}`}
        crumbs={[{ href: '/admin/disputes', label: 'Disputes' }]}
        action={<SellerOrderStatus status={order.status} />}
      >
        Bought by {order.buyerName} at{' '}
        <Link href={`/shops/${order.seller.handle}`} className="underline">
          {order.seller.name}
        </Link>
        , <Moment at={order.createdAt} />
      </PageHeading>
      <div className="grid items-start gap-6 lg:grid-cols-[1fr_20rem]">
        <div className="grid gap-6">
          <Complaint order={order} />
          <DisputeMoves order={order} />
          <CardSection title="What was bought">
            <OrderLines lines={order.lines} refunds={order.refunds} />
            <CostRows part={order} />
          </CardSection>
          {order.refunds.length > 0 ? (
            <CardSection title="Refunds">
              <RefundList part={order} reader="market" />
            </CardSection>
          ) : null}
        </div>
        <CardSection title="What happened">
          <Timeline since={order.createdAt} events={order.events} reader="market" />
        </CardSection>
      </div>
    </>
  )
}

function Complaint({ order }: { order: MarketOrderView }) {
  if (order.status !== 'disputed') return <Alert tone="good">No complaint about this is open.</Alert>
  const complaint = order.events.findLast((event) => event.what === 'disputed')
  return (
    <Alert tone="bad" title={`${order.buyerName} says that something is wrong`}>
      <span className="wrap-anywhere">“{complaint?.note}”</span>
    </Alert>
  )
}
