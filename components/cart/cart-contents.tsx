'use client'

import { ShoppingBasket } from 'lucide-react'
import { useState } from 'react'
import { refreshCart, useCart } from '#components/layout/cart-store'
import { Button, ButtonLink } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { toast } from '#components/ui/toaster'
import { call, createClient } from '#lib/api/client'
import type { CartView } from '#lib/cart/schema'
import { CartLine } from './cart-line.tsx'
import { CartSummary } from './cart-summary.tsx'

const api = createClient()

/** The cart as it is now: the page brings the first state, every change and every other device moves it on. */
export function CartContents({ initial, isMember }: { initial: CartView; isMember: boolean }) {
  const cart = useCart() ?? initial
  if (cart.lines.length === 0) return <EmptyCart />
  return (
    <div className="grid items-start gap-8 lg:grid-cols-[1fr_22rem]">
      <section aria-label="Lines">
        <ul className="divide-y divide-line border-y border-line">
          {cart.lines.map((line) => (
            <CartLine key={line.variantId} line={line} serverNow={cart.serverNow} />
          ))}
        </ul>
        <ClearButton />
      </section>
      <CartSummary cart={cart} isMember={isMember} />
    </div>
  )
}

function EmptyCart() {
  return (
    <EmptyState icon={ShoppingBasket} title="Your cart is empty" action={<ButtonLink href="/">Look around</ButtonLink>}>
      What you add is held for you for ten minutes, so that nobody else can buy it meanwhile.
    </EmptyState>
  )
}

function ClearButton() {
  const [busy, setBusy] = useState(false)

  async function clear() {
    setBusy(true)
    const answer = await call(api.cart.$delete())
    if (!answer.ok) toast.error(answer.message)
    await refreshCart()
    setBusy(false)
  }

  return (
    <Button variant="quiet" size="sm" className="mt-3" busy={busy} onClick={() => void clear()}>
      Empty the cart
    </Button>
  )
}
