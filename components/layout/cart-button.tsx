'use client'

import { ShoppingBag } from 'lucide-react'
import Link from 'next/link'
import { useCart } from './cart-store.tsx'

/** The way to the cart, with the number of pieces in it. The number has its place before it is known. */
export function CartButton() {
  const count = useCart()?.count ?? 0
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
