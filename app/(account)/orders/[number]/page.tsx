import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound, redirect } from 'next/navigation'
import { PageHeading } from '#components/layout/page-heading'
import { OrderLines } from '#components/orders/order-lines'
import { OrderStatus, SellerOrderStatus } from '#components/orders/order-status'
import { PostalAddress } from '#components/orders/postal-address'
import { RefreshOnOrder } from '#components/orders/refresh-on-order'
import { Alert } from '#components/ui/alert'
import { ButtonLink } from '#components/ui/button'
import { CardSection } from '#components/ui/card'
import { Money } from '#components/ui/money'
import { getOrder } from '#lib/orders/queries'
import type { OrderView } from '#lib/orders/schema'
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
  return (
    <div className="page max-w-4xl py-8">
      <PageHeading
        title={`Order ${order.number}`}
        crumbs={[{ href: '/orders', label: 'Your orders' }]}
        action={<OrderStatus status={order.status} />}
      />
      <RefreshOnOrder userId={member.userId} />
      <Announcement status={order.status} />
      <div className="mt-6 grid items-start gap-6 lg:grid-cols-[1fr_18rem]">
        <div className="grid gap-6">
          {order.sellerOrders.map((part) => (
            <CardSection key={part.id} title={part.seller.name} action={<SellerOrderStatus status={part.status} />}>
              <OrderLines lines={part.lines} />
              <p className="mt-3 flex justify-between border-t border-line pt-3 font-semibold">
                <Link href={`/shops/${part.seller.handle}`} className="font-normal text-accent underline">
                  Visit the shop
                </Link>
                <Money cents={part.totalCents} />
              </p>
            </CardSection>
          ))}
        </div>
        <OrderAside order={order} />
      </div>
    </div>
  )
}

function Announcement({ status }: { status: OrderView['status'] }) {
  if (status === 'paid') {
    return (
      <Alert tone="good" title="Thank you. It is yours.">
        The sellers have been told and will send it to you.
      </Alert>
    )
  }
  if (status === 'pending') {
    return (
      <Alert tone="accent" title="The bank has not answered yet">
        Your pieces stay yours meanwhile. This page follows by itself.
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

function OrderAside({ order }: { order: OrderView }) {
  const { address, payment } = order
  return (
    <CardSection title="Summary">
      <p className="flex items-baseline justify-between">
        <span className="text-muted">Total</span>
        <Money cents={order.totalCents} className="text-2xl font-semibold" />
      </p>
      {payment.cardLast4 ? <p className="mt-1 text-sm text-muted">Card ending in {payment.cardLast4}</p> : null}
      <h3 className="mt-5 font-semibold">Sent to</h3>
      <PostalAddress address={address} />
    </CardSection>
  )
}
