'use client'

import { useSyncExternalStore } from 'react'
import { call, createClient } from '#lib/api/client'
import type { CartLineView, CartView } from '#lib/cart/schema'
import { SECOND_MS } from '#lib/time'
import { askAgain } from './ask-again.ts'

const STALE_MS = 10 * SECOND_MS
/** What is told of one change in several messages is asked for once. */
const GATHER_MS = 300

const api = createClient()
const listeners = new Set<() => void>()
let cart: CartView | null = null
/** What is being asked for: pieces by variant. */
const wanted = new Map<string, number>()
let asked = false
/** The last change that was asked for. */
let lastChange: Promise<unknown> = Promise.resolve()
let latest = 0
/** When the cart on the screen was asked for. What was told while it was on its way may be missing in it. */
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

/**
 * How many pieces of a variant are the viewer's, those included that are just being asked for: the news that the last
 * piece is gone may arrive before the answer that it is gone to oneself.
 */
export function usePiecesMine(variantId: string | null): number {
  const line = useCartLine(variantId)
  const asked = useSyncExternalStore(
    subscribe,
    () => (variantId ? (wanted.get(variantId) ?? 0) : 0),
    () => 0,
  )
  return Math.max(line?.state === 'held' ? line.quantity : 0, asked)
}

/** How many pieces of a variant the cart holds, as last heard of; null while the cart is not loaded. */
export function heldInCart(variantId: string): number | null {
  if (!cart) return null
  const line = cart.lines.find((each) => each.variantId === variantId)
  return line?.state === 'held' ? line.quantity : 0
}

/** Asks again when somebody says the cart changed, unless it was asked for since. */
export function hearOfChange(): void {
  const heardAt = Date.now()
  setTimeout(() => {
    if (asOf < heardAt) void loadCart()
  }, GATHER_MS)
}

/** Asks again, here and in the browser's other tabs: after anything that changed the cart. */
export async function refreshCart(): Promise<void> {
  await loadCart()
  tabs?.postMessage('changed')
}

/** Sets a line to a quantity, which holds its pieces; 0 gives them back. The cart is fresh when this returns. */
export async function setLine(variantId: string, quantity: number) {
  wanted.set(variantId, quantity)
  const put = () => call(api.cart.lines[':variantId'].$put({ param: { variantId }, json: { quantity } }))
  // A visitor's first line makes the cart: two at once would make two, and the browser would keep one.
  const asking = cart?.id ? put() : lastChange.then(put)
  lastChange = asking
  const answer = await asking
  await refreshCart()
  wanted.delete(variantId)
  tell()
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
  const askedAt = Date.now()
  const answer = await call(api.cart.$get())
  // An answer that was overtaken by a later one is old.
  if (request !== latest) return
  if (!answer.ok) return askAgain(answer, loadCart)
  cart = answer.value
  asOf = askedAt
  tell()
}

function tell(): void {
  for (const listener of listeners) listener()
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
  return () => listeners.delete(listener)
}

const readCart = () => cart
const readNothing = () => null
