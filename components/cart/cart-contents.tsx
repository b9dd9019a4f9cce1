'use client'

import { ShoppingBasket } from 'lucide-react'
import { useState } from 'react'
import { refreshCart, useCart } from '#components/layout/cart-store'
import { Button, ButtonLink } from '#components/ui/button'
import { EmptyState } from '#components/ui/empty-state'
import { toast } from '#components/ui/toaster'
import { call, createClient } from '#lib/api/client'
import type { CartView, WaitlistView } from '#lib/cart/schema'
import { CartLine } from './cart-line.tsx'
import { CartSummary } from './cart-summary.tsx'
import { WaitingFor } from './waiting-for.tsx'

const api = createClient()

interface CartContentsProps {
  initial: CartView
  /** Null for visitors, who wait for nothing. */
  places: WaitlistView | null
  isMember: boolean
}

/** The cart as it is now: the page brings the first state, every change and every other device moves it on. */
export function CartContents({ initial, places, isMember }: CartContentsProps) {
  const cart = useCart() ?? initial
  const waitingFor = places ? <WaitingFor initial={places} /> : null
  if (cart.lines.length === 0) {
    return (
      <div className="grid gap-8">
        <EmptyCart />
        {waitingFor}
      </div>
    )
  }
  return (
    <div className="grid items-start gap-8 lg:grid-cols-[1fr_22rem]">
      <section aria-label="Lines" className="min-w-0">
        <ul className="divide-y divide-line border-y border-line">
          {cart.lines.map((line) => (
            <CartLine key={line.variantId} line={line} serverNow={cart.serverNow} />
          ))}
        </ul>
        <ClearButton />
      </section>
      {/* On a phone the way to the till stands before what is only waited for. */}
      <div className="lg:row-span-2 lg:self-stretch">
        <CartSummary cart={cart} isMember={isMember} />
      </div>
      <div className="min-w-0 lg:col-start-1">{waitingFor}</div>
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
