import { db, transact, violatedConstraint, type Tx } from '#lib/db'
import { newId } from '#lib/ids'
import { moveHolds } from '#lib/inventory/commands/checkout'
import { hold } from '#lib/inventory/commands/hold'
import { lockCartHolds } from '#lib/inventory/sql/checkout'
import { join, leave } from '#lib/inventory/commands/waitlist'
import type { Grant } from '#lib/inventory/rules/line'
import { publishTo } from '#lib/live/publish'
import { findCartId, type CartOwner } from './queries.ts'
import { VISITOR_CART_MS } from './rules.ts'
import * as statements from './sql.ts'
import type { LineRow } from './sql.ts'

/** The owner's cart, made when there is none yet. Safe from two devices at once. */
export async function openCart(owner: CartOwner): Promise<string> {
  const known = await findCartId(owner)
  if (known) return known
  const id = newId()
  if (!owner.buyerId) {
    await db.run(statements.insertAnonymousCart(id))
    return id
  }
  await db.run(statements.insertBuyerCart(id, owner.buyerId))
  return (await findCartId(owner)) ?? id
}

/**
 * Sets a line of a cart to an absolute quantity; 0 removes it. Tells the buyer's other devices.
 * Refuses and throws what `hold` does.
 */
export async function setLine(line: {
  cartId: string
  buyerId: string | null
  /** A keyed hash of the network address, null for the market's own. */
  source?: string | null
  variantId: string
  quantity: number
}): Promise<Grant> {
  const result = await hold({ ...line, anonymous: line.buyerId === null })
  if (result.ok) tellBuyer(line.buyerId, line.variantId)
  return result
}

/**
 * Puts the buyer on a waitlist, or changes for how many. Refuses and throws what `join` does.
 */
export async function joinWaitlist(wish: { buyerId: string; variantId: string; quantity: number }): Promise<Grant> {
  const cartId = await openCart({ buyerId: wish.buyerId, cartId: null })
  return join({ cartId, ...wish })
}

/** Gives up the buyer's place, with what was offered to it. Safe to repeat. */
export async function leaveWaitlist(place: { buyerId: string; variantId: string }): Promise<Grant> {
  const cartId = await openCart({ buyerId: place.buyerId, cartId: null })
  return leave({ cartId, variantId: place.variantId })
}

/** Whether a line was refused because there is no such cart. */
export function isCartGone(error: unknown): boolean {
  return violatedConstraint(error) === 'hold_cart_id_fkey'
}

/** Removes every line and gives the pieces back; a line that is being paid for stays. */
export async function clearCart(cart: { cartId: string; buyerId: string | null }): Promise<void> {
  const lines = await db.run(statements.listLines({ cartIds: [cart.cartId] }))
  await Promise.all(lines.map(({ variantId }) => setLine({ ...cart, variantId, quantity: 0 })))
}

/**
 * Moves an anonymous cart's lines, with their holds, into the buyer's at sign-in. No line is lost, nothing is extended.
 * Returns whether the anonymous cart is empty now; what stayed is moved by the next call.
 * Concurrency: one transaction that locks both carts in order; merging twice at once does it once.
 */
export async function mergeCarts(carts: { anonymousCartId: string; buyerId: string }): Promise<boolean> {
  const toCartId = await openCart({ buyerId: carts.buyerId, cartId: null })
  const done = await transact((tx) => mergeInto(tx, carts.anonymousCartId, toCartId))
  tellBuyer(carts.buyerId, null)
  return done
}

async function mergeInto(tx: Tx, fromCartId: string, toCartId: string): Promise<boolean> {
  const locked = await tx.run(statements.lockCarts([fromCartId, toCartId]))
  const from = locked.find((cart) => cart.id === fromCartId)
  // A cart that belongs to somebody is never emptied by whoever holds an old cookie of it.
  if (!from || from.buyerId !== null) return true
  return (await moveHolds(tx, { fromCartId, toCartId })) === 0
}

/**
 * Forgets visitors' carts that no browser has a cookie of any more, at most so many. Returns how many. A cart that holds a
 * piece stays until that is over.
 * Concurrency: carts and lines are locked first and looked at again, since a piece that went with its cart would be lost to all.
 * A line that was there may be held again without a lock on its cart.
 */
export function forgetVisitorCarts(most: number): Promise<number> {
  return transact(async (tx) => {
    const ids = (await tx.run(statements.lockOldVisitorCarts(VISITOR_CART_MS, most))).map(({ id }) => id)
    await tx.run(lockCartHolds(ids))
    return (await tx.run(statements.deleteEmptyHanded(ids))).length
  })
}

export interface CheckoutCart {
  readonly cartId: string
  readonly attempt: number
  readonly lines: readonly LineRow[]
}

/**
 * A step of PREPARE: locks the buyers' carts, counts a checkout of each and reads their lines. By buyer; who has no cart is not
 * among them. A number is skipped where nothing comes of the checkout.
 */
export async function lockCartsForCheckout(tx: Tx, buyerIds: readonly string[]): Promise<Map<string, CheckoutCart>> {
  const [carts, rows] = await Promise.all([
    tx.run(statements.countAttempts(buyerIds)),
    tx.run(statements.listLines({ buyerIds })),
  ])
  const lines = Map.groupBy(rows, (row) => row.cartId)
  return new Map(carts.map(({ buyerId, ...cart }) => [buyerId, { ...cart, lines: lines.get(cart.cartId) ?? [] }]))
}

function tellBuyer(buyerId: string | null, variantId: string | null): void {
  if (buyerId) publishTo(`user:${buyerId}`, { type: 'hold', variantId })
}
