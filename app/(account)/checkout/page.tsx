import { ShoppingBasket } from 'lucide-react'
import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { PageHeading } from '#components/layout/page-heading'
import { Checkout } from '#components/orders/checkout'
import { RefreshOnOrder } from '#components/orders/refresh-on-order'
import { WaitingPayment } from '#components/orders/waiting-payment'
import { Alert } from '#components/ui/alert'
import { ButtonLink } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import type { Quoted } from '#components/orders/use-quote'
import type { Member } from '#lib/api/principal'
import { getCart } from '#lib/cart/queries'
import { orderErrors } from '#lib/orders/errors'
import { getLastAddress } from '#lib/orders/queries'
import { getQuote } from '#lib/orders/queries/quote'
import { cardPlace, getWaitingCheckout } from '#lib/orders/queries/payment'
import { listCountries } from '#lib/sellers/rules/countries'
import { currentPrincipal } from '../../principal.ts'

export const metadata: Metadata = { title: 'Checkout' }

export default async function CheckoutPage() {
  const { member } = await currentPrincipal()
  if (!member) redirect('/sign-in?next=/checkout')
  const cart = await getCart({ buyerId: member.userId, cartId: null })
  const isPaying = cart.lines.some((line) => line.state === 'checkout')
  const waiting = isPaying ? await getWaitingCheckout(member.userId) : null
  // Also with lines that lapsed meanwhile: what was typed stays on the page, and it says what to do.
  const address = (await getLastAddress(member.userId)) ?? { name: member.name, country: 'DE' }
  const isOpen = cart.lines.some((line) => line.state !== 'checkout')
  return (
    <div className="page max-w-6xl py-8">
      <PageHeading title="Checkout" crumbs={[{ href: '/cart', label: 'Your cart' }]} />
      <RefreshOnOrder userId={member.userId} />
      <Checkout
        cart={cart}
        isOpen={isOpen}
        quoted={isOpen ? await quoteFor(member, address.country) : null}
        address={address}
        countries={listCountries()}
        cardPlace={cardPlace()}
      >
        {waiting?.challengeUrl ? (
          <div className="mb-6">
            <WaitingPayment number={waiting.number} challengeUrl={waiting.challengeUrl} />
          </div>
        ) : isPaying ? (
          <Alert tone="accent" title="A payment is on its way" className="mb-6" action={<OrdersLink />}>
            The bank has not answered yet. This page follows by itself.
          </Alert>
        ) : null}
        {isOpen || isPaying ? null : (
          <EmptyState
            icon={ShoppingBasket}
            title="Nothing is held for you"
            action={<ButtonLink href="/cart">To your cart</ButtonLink>}
          >
            Only what your cart holds can be paid for.
          </EmptyState>
        )}
      </Checkout>
    </div>
  )
}

/** The costs as the browser would hear them; null where nothing is held. */
async function quoteFor({ userId, sellerId }: Member, country: string): Promise<Quoted> {
  const quote = await getQuote(userId, { country, methodIds: [], ownSellerId: sellerId })
  if (quote.ok) return quote
  const { code, detail } = quote.refusal
  if (code === 'empty-cart') return null
  const { status, message } = orderErrors[code]
  return { ok: false, status, code, message, detail, fields: {} }
}

function OrdersLink() {
  return (
    <ButtonLink href="/orders" variant="secondary" size="sm">
      Your orders
    </ButtonLink>
  )
}
