'use client'

import type { ReactNode } from 'react'
import { useCart } from '#components/layout/cart-store'
import type { CartView } from '#lib/cart/schema'
import type { Address } from '#lib/orders/schema'
import { CheckoutForm } from './checkout-form.tsx'
import { CheckoutSummary } from './checkout-summary.tsx'
import { usePayment } from './use-payment.tsx'
import { useQuote, type Quoted } from './use-quote.tsx'

interface CheckoutProps {
  cart: CartView
  /** Whether there is something to pay for. */
  isOpen: boolean
  quoted: Quoted
  /** What the buyer's last order was sent to, or as much as is known. */
  address: Partial<Address> & Pick<Address, 'name' | 'country'>
  /** Where an order can be sent. */
  countries: readonly { code: string; name: string }[]
  /** Where the card is asked for: here, or on a page of the provider. */
  cardPlace: 'form' | 'provider'
  /** What is said above the form, or in its place: of a payment made elsewhere, or that there is nothing to pay for. */
  children: ReactNode
}

/**
 * The form beside what it comes to: both follow the country, the ways of sending and what the cart still holds.
 * Who pays here keeps the form and what was typed, though a page that is read again meanwhile has nothing to pay for.
 */
export function Checkout({ cart: initial, quoted: first, address, isOpen, children, ...form }: CheckoutProps) {
  const cart = useCart() ?? initial
  const quote = useQuote(first, address.country, goodsOf(cart))
  const payment = usePayment()
  return (
    <>
      {payment.isHere ? null : children}
      {isOpen || payment.isHere ? (
        <div className="grid items-start gap-8 lg:grid-cols-[1fr_22rem]">
          <CheckoutForm quote={quote} payment={payment} address={address} {...form} />
          <CheckoutSummary cart={cart} quoted={quote.quoted} isAsking={quote.isAsking} />
        </div>
      ) : null}
    </>
  )
}

/** What of the cart costs something: when it changes, so may the total. */
function goodsOf(cart: CartView): string {
  const held = cart.lines.filter((line) => line.state === 'held')
  return held.map((line) => `${line.variantId}:${line.quantity}:${line.unitPriceCents}`).join()
}
