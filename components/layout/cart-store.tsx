'use client'

import { useSyncExternalStore } from 'react'
import { call, createClient } from '#lib/api/client'
import type { CartLineView, CartView } from '#lib/cart/schema'
import { SECOND_MS } from '#lib/time'

const STALE_MS = 10 * SECOND_MS

const api = createClient()
const listeners = new Set<() => void>()
let cart: CartView | null = null
let asked = false
let latest = 0
/** When `cart.serverNow` was true, on this browser's clock. */
let asOf = 0

// Other tabs of this browser share the cart, so they hear of each change.
const tabs = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('souk.cart')
tabs?.addEventListener('message', () => void loadCart())

/** The viewer's cart, loaded once per tab; null on the server and until it is here. */
export function useCart(): CartView | null {
  return useSyncExternalStore(subscribe, readCart, readNothing)
}

/** The viewer's line of one variant, if the cart has it. */
export function useCartLine(variantId: string | null): CartLineView | null {
  return useCart()?.lines.find((line) => line.variantId === variantId) ?? null
}

/** Asks again, here and in the browser's other tabs: after anything that changed the cart. */
export async function refreshCart(): Promise<void> {
  await loadCart()
  tabs?.postMessage('changed')
}

/** Sets a line to a quantity, which holds its pieces; 0 gives them back. The cart is fresh when this returns. */
export async function setLine(variantId: string, quantity: number) {
  const answer = await call(api.cart.lines[':variantId'].$put({ param: { variantId }, json: { quantity } }))
  await refreshCart()
  return answer
}

/** Takes a line out of the cart and gives its pieces back. */
export async function removeLine(variantId: string) {
  const answer = await call(api.cart.lines[':variantId'].$delete({ param: { variantId } }))
  await refreshCart()
  return answer
}

async function loadCart(): Promise<void> {
  asked = true
  const request = ++latest
  const answer = await call(api.cart.$get())
  // An answer that was overtaken by a later one is old.
  if (!answer.ok || request !== latest) return
  put(answer.value)
}

function put(next: CartView): void {
  cart = next
  asOf = Date.now()
  for (const listener of listeners) listener()
}

/** A countdown that appears minutes after the cart was loaded must start from the server's time of now. */
function moveClock(): void {
  const passedMs = Date.now() - asOf
  if (!cart || passedMs < SECOND_MS) return
  put({ ...cart, serverNow: new Date(Date.parse(cart.serverNow) + passedMs).toISOString() })
}

/** Who comes back to a tab after a while sees the cart as it is, not as it was left. */
function onReturn(): void {
  if (document.visibilityState === 'visible' && Date.now() - asOf > STALE_MS) void loadCart()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  if (!asked) {
    void loadCart()
    document.addEventListener('visibilitychange', onReturn)
  }
  moveClock()
  return () => listeners.delete(listener)
}

const readCart = () => cart
const readNothing = () => null
