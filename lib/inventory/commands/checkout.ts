import type { Tx } from '#lib/db'
import { env } from '#lib/env'
import { newId } from '#lib/ids'
import { MINUTE_MS } from '#lib/time'
import * as checkout from '../sql/checkout.ts'
import { insertMovements } from '../sql/stock.ts'
import { changeStock } from './change-stock.ts'

export interface CheckoutLine {
  readonly variantId: string
  readonly quantity: number
}

/**
 * A step of PREPARE: the held lines of each cart become its order's, with the checkout's own deadline. No count changes.
 * Invariant: from here until `takeForOrders` or `endCheckout` neither expiry nor the cart can move them.
 * Concurrency: the caller holds the carts' locks; lines that lapsed stay behind in the cart.
 */
export async function beginCheckouts(
  tx: Tx,
  orders: readonly { cartId: string; orderId: string }[],
  deadlineMs: number,
): Promise<(CheckoutLine & { orderId: string })[]> {
  tx.send(checkout.lockCartHolds(orders.map((order) => order.cartId)))
  return tx.run(checkout.holdForOrders(orders, deadlineMs))
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
 */
export async function takeForOrders(
  tx: Tx,
  orderIds: readonly string[],
): Promise<{ orderId: string; variantId: string; quantity: number }[]> {
  const holds = await tx.run(checkout.listOrderHolds(orderIds))
  const answers = await changeStock(
    tx,
    holds.map((hold) => ({ type: 'take', ...hold })),
  )
  const taken = holds.flatMap(({ orderId, variantId }, index) => {
    const answer = answers[index]
    return answer?.ok && answer.value ? [{ orderId, variantId, quantity: answer.value.quantity }] : []
  })
  const about = { reason: 'sale', note: '', actorId: null } as const
  const sales = taken.map((sale) => ({ id: newId(), ...sale, delta: -sale.quantity, ...about }))
  if (sales.length > 0) tx.send(insertMovements(sales))
  return taken
}

/**
 * A step of a cancelled or refunded order: pieces that were sold come back on the shelf, each with its record. Who waits for
 * them is offered them in the same transaction, and the buyer may buy them again under every cap.
 * Concurrency: stock by id, then holds by id.
 */
export async function takeBack(
  tx: Tx,
  order: { orderId: string; cartId: string; actorId: string | null; lines: readonly CheckoutLine[] },
): Promise<void> {
  const { orderId, cartId, actorId, lines } = order
  if (lines.length === 0) return
  const answers = await changeStock(
    tx,
    lines.map((line) => ({ type: 'return', cartId, ...line })),
  )
  if (!answers.every((answer) => answer.ok)) throw new Error(`Order ${orderId} gives pieces back that nobody counts.`)
  const about = { reason: 'return', note: '', orderId, actorId } as const
  const returns = lines.map(({ variantId, quantity }) => ({ id: newId(), variantId, delta: quantity, ...about }))
  await tx.run(insertMovements(returns))
}

/**
 * A step of merging carts: moves every line, with its pieces, into the other cart as `rules/line` says.
 * Returns how many lines stayed behind, to be moved by the next merge.
 * Concurrency: the caller holds both carts' locks.
 */
export async function moveHolds(tx: Tx, carts: { fromCartId: string; toCartId: string }): Promise<number> {
  const lines = await tx.run(checkout.listCartVariants(carts.fromCartId))
  if (lines.length === 0) return 0
  const answers = await changeStock(
    tx,
    lines.map(({ variantId }) => ({ type: 'move', variantId, cartId: carts.fromCartId, toCartId: carts.toCartId })),
  )
  return answers.filter((answer) => !answer.ok).length
}
