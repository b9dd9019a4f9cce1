import type { Tx } from '#lib/db'
import { env } from '#lib/env'
import { newId } from '#lib/ids'
import { publishStock } from '#lib/live/publish'
import { MINUTE_MS } from '#lib/time'
import { stockState } from '../queries.ts'
import { joinLines } from '../rules.ts'
import * as checkout from '../sql/checkout.ts'
import { lockStock, writeAvailable, deleteHolds } from '../sql/stock.ts'
import type { HoldRow } from '../types.ts'

export interface CheckoutLine {
  readonly variantId: string
  readonly quantity: number
}

/**
 * A step of PREPARE: the cart's held lines become the order's, with the checkout's own deadline. No count changes.
 * Invariant: from here until `takeForOrders` or `endCheckout` neither expiry nor the cart can move them.
 * Concurrency: the caller holds the cart's lock; lines that lapsed stay behind in the cart.
 */
export async function beginCheckout(
  tx: Tx,
  order: { cartId: string; orderId: string; deadlineMs: number },
): Promise<CheckoutLine[]> {
  await tx.run(checkout.lockCartHolds(order.cartId))
  return tx.run(checkout.holdForOrder(order.cartId, order.orderId, order.deadlineMs))
}

/** A step of releasing an order that was not paid: its lines go back to the cart, held for a short while longer. */
export async function endCheckout(tx: Tx, order: { orderId: string }): Promise<void> {
  const { HOLD_TTL_MS, HOLD_LIMIT_MS } = env()
  await tx.run(
    checkout.returnFromOrder(order.orderId, HOLD_TTL_MS, Math.min(2 * MINUTE_MS, HOLD_TTL_MS), HOLD_LIMIT_MS),
  )
}

/**
 * A step of FINALIZE, for one order or a batch of them: the pieces leave the house.
 * Guarantees: each checkout hold is taken once; returns what was taken, for the caller to compare with its order lines.
 * Concurrency: locks the stock rows in order; browsers hear of it after the commit.
 */
export async function takeForOrders(
  tx: Tx,
  orderIds: readonly string[],
): Promise<{ orderId: string; variantId: string; quantity: number }[]> {
  const variants = await tx.run(checkout.listOrderVariants(orderIds))
  await tx.run(lockStock(variants.map((row) => row.variantId)))
  const taken = await tx.run(checkout.deleteOrderHolds(orderIds))
  const sums = new Map<string, number>()
  for (const { variantId, quantity } of taken) sums.set(variantId, (sums.get(variantId) ?? 0) + quantity)
  const rows = await tx.run(checkout.takeOnHand([...sums.keys()], [...sums.values()]))
  await tx.run(checkout.insertSales(taken.map((sale) => ({ ...sale, id: newId() }))))
  tx.afterCommit(() => publishStock(rows.map(stockState)))
  return taken
}

/**
 * A step of merging carts: moves every line, with its hold, into the other cart. No line is dropped.
 * Where both carts have the variant the lines become one; what exceeds the cap goes back on the shelf.
 * Returns how many lines stayed behind, to be moved by the next merge.
 * Concurrency: the caller holds both carts' locks; locks the stock rows in order, then the lines.
 */
export async function moveHolds(tx: Tx, carts: { fromCartId: string; toCartId: string }): Promise<number> {
  const variants = await tx.run(checkout.listCartVariants(carts.fromCartId))
  const stock = await tx.run(lockStock(variants.map((line) => line.variantId)))
  const from = await tx.run(checkout.lockCartHolds(carts.fromCartId))
  const to = new Map((await tx.run(checkout.lockCartHolds(carts.toCartId))).map((line) => [line.variantId, line]))
  const freed = new Map<string, number>()
  let stayed = 0
  for (const line of from) {
    const twin = to.get(line.variantId)
    const row = stock.find((count) => count.variantId === line.variantId)
    // A line that came after the counts were locked stays for the next merge, as does one whose twin is being paid.
    if (!row || twin?.kind === 'checkout') stayed++
    else if (!twin) await tx.run(checkout.moveHold(line.id, carts.toCartId))
    else freed.set(line.variantId, await joinInto(tx, line, twin, row.cap ?? env().HOLD_CAP_PER_VARIANT))
  }
  const changed = stock.filter((row) => (freed.get(row.variantId) ?? 0) > 0)
  const rows = await tx.run(
    writeAvailable(
      changed.map((row) => row.variantId),
      changed.map((row) => row.available + (freed.get(row.variantId) ?? 0)),
    ),
  )
  tx.afterCommit(() => publishStock(rows.map(stockState)))
  return stayed
}

async function joinInto(tx: Tx, line: HoldRow, twin: HoldRow, cap: number): Promise<number> {
  const { joined, freed } = joinLines(line, twin, cap)
  await tx.run(deleteHolds([line.id]))
  await tx.run(checkout.setHold(twin.id, joined))
  return freed
}
