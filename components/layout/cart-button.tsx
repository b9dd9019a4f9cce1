'use client'

import { ShoppingBag } from 'lucide-react'
import Link from 'next/link'
import { useLiveEvents } from '#components/live/use-live-events'
import { hearOfChange, useCart } from './cart-store.tsx'
import { useSession } from './session.tsx'

/** The way to the cart, with the number of pieces in it, also when they change on another device. */
export function CartButton() {
  const count = useCart()?.count ?? 0
  const session = useSession()
  const userId = session.status === 'ready' ? session.user?.id : null
  // The cart is asked for before the room is heard.
  useLiveEvents(userId ? `user:${userId}` : null, (event) => event.type === 'hold' && hearOfChange(), hearOfChange, {
    isRendered: true,
  })
  return (
    <Link
      href="/cart"
      aria-label={count === 0 ? 'Cart' : `Cart, ${count} ${count === 1 ? 'piece' : 'pieces'}`}
      className="relative grid size-11 place-items-center rounded-control transition hover:bg-sunken"
    >
      <ShoppingBag aria-hidden className="size-6" strokeWidth={1.8} />
      {count > 0 ? (
        <span
          key={count}
          aria-hidden
          className="absolute top-0.5 right-0 grid h-5 min-w-5 animate-rise place-items-center rounded-full bg-accent px-1 text-xs font-bold text-on-accent count"
        >
          {count > 99 ? '99+' : count}
        </span>
      ) : null}
    </Link>
  )
}
