'use client'

import { useCart } from '#components/layout/cart-store'
import type { CartView } from '#lib/cart/schema'
import type { Address } from '#lib/orders/schema'
import { CheckoutForm } from './checkout-form.tsx'
import { CheckoutSummary } from './checkout-summary.tsx'
import { useQuote, type Quoted } from './use-quote.tsx'

interface CheckoutProps {
  cart: CartView
  quoted: Quoted
  /** What the buyer's last order was sent to, or as much as is known. */
  address: Partial<Address> & Pick<Address, 'name' | 'country'>
  /** Where an order can be sent. */
  countries: readonly { code: string; name: string }[]
  /** Where the card is asked for: here, or on a page of the provider. */
  cardPlace: 'form' | 'provider'
}

/** The form beside what it comes to: both follow the country, the ways of sending and what the cart still holds. */
export function Checkout({ cart: initial, quoted: first, address, countries, cardPlace }: CheckoutProps) {
  const cart = useCart() ?? initial
  const quote = useQuote(first, address.country, goodsOf(cart))
  return (
    <div className="grid items-start gap-8 lg:grid-cols-[1fr_22rem]">
      <CheckoutForm quote={quote} address={address} countries={countries} cardPlace={cardPlace} />
      <CheckoutSummary cart={cart} quoted={quote.quoted} isAsking={quote.isAsking} />
    </div>
  )
}

/** What of the cart costs something: when it changes, so may the total. */
function goodsOf(cart: CartView): string {
  const held = cart.lines.filter((line) => line.state === 'held')
  return held.map((line) => `${line.variantId}:${line.quantity}:${line.unitPriceCents}`).join()
}
