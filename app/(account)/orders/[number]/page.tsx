import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { PageHeading } from '#components/layout/page-heading'
import { BuyerPart } from '#components/orders/buyer-part'
import { CostRow } from '#components/orders/cost-rows'
import { OrderStatus } from '#components/orders/order-status'
import { PostalAddress } from '#components/orders/postal-address'
import { RefreshOnOrder } from '#components/orders/refresh-on-order'
import { repaidOf } from '#components/orders/refund-items'
import { LookAgain, WaitingPayment } from '#components/orders/waiting-payment'
import { Alert } from '#components/ui/alert'
import { ButtonLink } from '#components/ui/button'
import { CardSection } from '#components/ui/card'
import { Money } from '#components/ui/money'
import { getOrder } from '#lib/orders/queries'
import { getWaitingCheckout } from '#lib/orders/queries/payment'
import type { OrderView } from '#lib/orders/schema'
import { getOrderReviews } from '#lib/reviews/queries'
import { currentPrincipal } from '../../../principal.ts'

export async function generateMetadata({ params }: PageProps<'/orders/[number]'>): Promise<Metadata> {
  return { title: `Order ${(await params).number}` }
}

export default async function OrderPage({ params }: PageProps<'/orders/[number]'>) {
  const { number } = await params
  const { member } = await currentPrincipal()
  if (!member) redirect(`/sign-in?next=/orders/${encodeURIComponent(number)}`)
  const order = await getOrder(number, member.userId)
  if (!order) notFound()
  const reviews = await getOrderReviews(member.userId, number)
  return (
    <div className="page max-w-5xl py-8">
      <PageHeading
        title={`Order ${order.number}`}
        crumbs={[{ href: '/orders', label: 'Your orders' }]}
        action={<OrderStatus status={order.status} />}
      />
      <RefreshOnOrder userId={member.userId} />
      <Announcement order={order} buyerId={member.userId} />
      <div className="mt-6 grid items-start gap-6 lg:grid-cols-[1fr_18rem]">
        <div className="grid gap-6">
          {order.sellerOrders.map((part) => (
            <BuyerPart key={part.id} order={order} part={part} reviews={reviews?.lines ?? []} />
          ))}
        </div>
        <OrderAside order={order} />
      </div>
    </div>
  )
}

function Announcement({ order, buyerId }: { order: OrderView; buyerId: string }) {
  if (order.status === 'pending') return <Pending number={order.number} buyerId={buyerId} />
  if (order.status === 'paid') {
    // Once something has happened to it, the parts say how they are.
    if (order.sellerOrders.some((part) => part.events.length > 0)) return null
    return (
      <Alert tone="good" title="Thank you. It is yours.">
        The sellers have been told and will send it to you.
      </Alert>
    )
  }
  return (
    <Alert
      tone="warn"
      title="This order was not paid"
      action={
        <ButtonLink href="/cart" variant="secondary" size="sm">
          To your cart
        </ButtonLink>
      }
    >
      Nothing was charged. What it held went back to your cart.
    </Alert>
  )
}

/** A payment that waits for its buyer can be gone on with from here; one that waits for the bank only takes its time. */
async function Pending({ number, buyerId }: { number: string; buyerId: string }) {
  const waiting = await getWaitingCheckout(buyerId)
  if (waiting?.number === number && waiting.challengeUrl) {
    return (
      <>
        <LookAgain />
        <WaitingPayment number={number} challengeUrl={waiting.challengeUrl} />
      </>
    )
  }
  return (
    <Alert tone="accent" title="The bank has not answered yet">
      <LookAgain />
      Your pieces stay yours meanwhile. This page follows by itself.
    </Alert>
  )
}

function OrderAside({ order }: { order: OrderView }) {
  const { address, payment, sellerOrders } = order
  const { paid, pending } = repaidOf({ refunds: sellerOrders.flatMap((part) => part.refunds) })
  return (
    <CardSection title="Summary">
      <p className="flex items-baseline justify-between">
        <span className="text-muted">Total</span>
        <Money cents={order.totalCents} className="text-2xl font-semibold" />
      </p>
      {paid.cents + pending.cents > 0n ? (
        <dl className="mt-2 grid gap-1.5 border-t border-line pt-2">
          {paid.cents > 0n ? <CostRow term="Refunded" cents={-paid.cents} className="text-good" /> : null}
          {pending.cents > 0n ? <CostRow term="Being refunded" cents={-pending.cents} className="text-warn" /> : null}
        </dl>
      ) : null}
      {payment.cardLast4 ? <p className="mt-2 text-sm text-muted">Card ending in {payment.cardLast4}</p> : null}
      <h3 className="mt-5 font-semibold">Sent to</h3>
      <PostalAddress address={address} />
    </CardSection>
  )
}
