'use client'

import { Clock } from 'lucide-react'
import { refreshCart, useCart } from '#components/layout/cart-store'
import { Countdown } from '#components/live/countdown'
import { Card } from '#components/ui/card'
import { Money } from '#components/ui/money'
import { Picture } from '#components/ui/picture'
import type { CartView } from '#lib/cart/schema'

/** What is about to be paid, and how long it is held. */
export function CheckoutSummary({ initial }: { initial: CartView }) {
  const cart = useCart() ?? initial
  const held = cart.lines.filter((line) => line.state === 'held')
  const first = held.map((line) => line.expiresAt).toSorted()[0]
  return (
    <Card className="max-lg:order-first lg:sticky lg:top-24">
      <h2 className="font-display text-xl font-semibold">Your order</h2>
      <ul className="mt-4 grid gap-4">
        {held.map((line) => (
          <li key={line.variantId} className="grid grid-cols-[3.5rem_1fr_auto] items-center gap-3">
            <span className="aspect-square overflow-hidden rounded-control">
              <Picture id={line.pictureId} alt="" sizes="3.5rem" />
            </span>
            <span className="min-w-0">
              <span className="block truncate font-medium">{line.title}</span>
              <span className="text-sm text-muted">{[piecesOf(line.quantity), ...line.optionValues].join(' · ')}</span>
            </span>
            <Money cents={line.totalCents} />
          </li>
        ))}
      </ul>
      <p className="mt-5 flex items-baseline justify-between border-t border-line pt-4 text-lg font-semibold">
        Total <Money cents={cart.heldTotalCents} />
      </p>
      {first ? (
        <p className="mt-3 flex items-center gap-1.5 text-sm text-good">
          <Clock aria-hidden className="size-4" /> Held for you for{' '}
          <Countdown expiresAt={first} serverNow={cart.serverNow} onEnd={() => void refreshCart()} />
        </p>
      ) : null}
    </Card>
  )
}

function piecesOf(quantity: number): string {
  return quantity === 1 ? '1 piece' : `${quantity} pieces`
}
