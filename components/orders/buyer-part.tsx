import Link from 'next/link'
import { PartReviews } from '#components/reviews/part-reviews'
import { CardSection } from '#components/ui/card'
import type { OrderView } from '#lib/orders/schema'
import type { BoughtLineView } from '#lib/reviews/schema'
import { InvoiceLink } from './invoice-link.tsx'
import { CostRows } from './cost-rows.tsx'
import { BuyerMoves } from './moves/buyer-moves.tsx'
import { OrderLines } from './order-lines.tsx'
import { SellerOrderStatus } from './order-status.tsx'
import { statusWords } from './order-words.tsx'
import { RefundList } from './refund-list.tsx'
import { Timeline } from './timeline.tsx'

interface BuyerPartProps {
  order: Pick<OrderView, 'number' | 'paidAt' | 'createdAt'>
  part: OrderView['sellerOrders'][number]
  /** Of all lines of the order. */
  reviews: readonly BoughtLineView[]
}

/** One shop's part of an order, for its buyer: where it is, what it was, and what can be done about it. */
export function BuyerPart({ order, part, reviews }: BuyerPartProps) {
  const isPaid = order.paidAt !== null
  return (
    <CardSection title={part.seller.name} action={<SellerOrderStatus status={part.status} />}>
      {isPaid ? <p className="mb-4 text-lg wrap-break-word">{statusWords(part)}</p> : null}
      {isPaid ? <BuyerMoves number={order.number} part={part} /> : null}
      <div className="mt-3">
        <OrderLines lines={part.lines} refunds={part.refunds} />
        <CostRows part={part} />
      </div>
      <PartReviews number={order.number} lines={part.lines} reviews={reviews} />
      {part.refunds.length > 0 ? (
        <section className="mt-6">
          <h3 className="mb-2 font-semibold">Refunds</h3>
          <RefundList part={part} reader="buyer" />
        </section>
      ) : null}
      {isPaid ? (
        <section className="mt-6">
          <h3 className="mb-3 font-semibold">What happened</h3>
          <Timeline since={order.paidAt ?? order.createdAt} events={part.events} reader="buyer" />
        </section>
      ) : null}
      <p className="mt-4 flex flex-wrap gap-x-6">
        {isPaid ? <InvoiceLink href={`/api/v1/orders/${order.number}/seller-orders/${part.id}/invoice.pdf`} /> : null}
        <Link href={`/shops/${part.seller.handle}`} className="inline-flex min-h-11 items-center text-accent underline">
          Visit the shop
        </Link>
      </p>
    </CardSection>
  )
}
