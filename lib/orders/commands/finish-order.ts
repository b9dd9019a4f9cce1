import { createBatcher } from '#lib/batch'
import { db, transact, transaction, type Db } from '#lib/db'
import { endCheckout, takeForOrders } from '#lib/inventory/commands/checkout'
import { post } from '#lib/ledger/commands'
import type { Entry } from '#lib/ledger/types'
import { publishTo } from '#lib/live/publish'
import { newId } from '#lib/ids'
import { once } from '#lib/once'
import { ok, refuse } from '#lib/result'
import { declinedAnswer, placedAnswer } from '../rules/answer.ts'
import { saleEntry } from '../rules/entries.ts'
import { isSameGoods } from '../rules/lines.ts'
import { readAnswers, storeAnswers } from '../sql/key.ts'
import { listQuantities, payOrders, readOrders, releaseOrder } from '../sql/order.ts'
import type { Charge, OrderRow, StoredAnswer } from '../types.ts'

export interface Capture {
  readonly orderId: string
  readonly ref: string
}

/** An order's payment, and the provider's reference of it that was looked at; null when there was none. */
export interface SeenPayment {
  readonly orderId: string
  readonly ref: string | null
}

/**
 * FINALIZE: makes the order what its charge says, and stores what its request is answered.
 * Guarantees: done once, whoever comes, on any node and however often; everyone gets the same bytes.
 * Throws when it is to be released and somebody has just been told where to pay: what came of that is not known yet.
 * Concurrency: captures of a node go together through a batcher.
 */
export function finishOrder(payment: SeenPayment, charge: Charge): Promise<StoredAnswer> {
  const { orderId } = payment
  return charge.status === 'captured' ? captureBatcher()({ orderId, ref: charge.ref }) : release(payment, charge)
}

function captureBatcher() {
  return once('capture-batcher', () =>
    createBatcher<Capture, StoredAnswer>({
      run: captureOrders,
      // One: two would wait for each other on the stock row that everybody buys from.
      laneOf: () => '',
      lanes: 1,
      maxBatch: 100,
      maxQueue: 2_000,
      maxWaitMs: 5_000,
    }),
  )
}

/**
 * The pieces leave the house, the orders and their seller orders are paid: one transaction for a batch of orders.
 * Invariant: an order is paid with exactly the pieces it sold, else the whole batch throws and nothing is written;
 * the reaper then takes each order alone, so that a bad one keeps only itself back.
 * Concurrency: stock rows first, then holds, then orders, each by id. Safe to repeat.
 */
export async function captureOrders(captures: readonly Capture[]): Promise<StoredAnswer[]> {
  const orderIds = captures.map((capture) => capture.orderId)
  return transact(async (tx) => {
    const taken = await takeForOrders(tx, orderIds)
    const [paid, sold, rows] = await Promise.all([
      tx.run(payOrders(captures)),
      tx.run(listQuantities(orderIds)),
      tx.run(readOrders(orderIds)),
    ])
    const paidIds = paid.map((row) => row.orderId)
    requireSoldPieces(paidIds, sold, taken)
    const orders = rows.filter((row) => paidIds.includes(row.id))
    tx.send(storeAnswers(orders.map((order) => ({ orderId: order.id, ...placedAnswer(order) }))))
    post(tx, orders.map(saleOf))
    tx.afterCommit(() => orders.forEach(tellSale))
    return answersOf(tx, orderIds)
  })
}

function saleOf(order: OrderRow): Entry {
  const parts = order.sellerOrders.map((part) => ({ id: part.id, totalCents: BigInt(part.totalCents) }))
  return saleEntry(newId(), { id: order.id, currency: order.currency, parts })
}

function requireSoldPieces(
  orderIds: readonly string[],
  lines: readonly { orderId: string; variantId: string; quantity: number }[],
  taken: readonly { orderId: string; variantId: string; quantity: number }[],
): void {
  const sold = Map.groupBy(lines, (line) => line.orderId)
  const gone = Map.groupBy(taken, (line) => line.orderId)
  for (const orderId of orderIds) {
    if (isSameGoods(sold.get(orderId) ?? [], gone.get(orderId) ?? [])) continue
    throw new Error(`Order ${orderId} sold other pieces than it holds.`)
  }
}

/** Gives the pieces back to the cart and ends the draft. Comes second: changes nothing. */
async function release(payment: SeenPayment, charge: Charge & { status: 'declined' }): Promise<StoredAnswer> {
  const { orderId } = payment
  await transaction(async (tx) => {
    await endCheckout(tx, { orderId })
    const [released] = await tx.run(releaseOrder(payment, charge))
    if (!released) return refuse('not-pending')
    await tx.run(storeAnswers([{ orderId, ...declinedAnswer(charge) }]))
    const [order] = await tx.run(readOrders([orderId]))
    tx.afterCommit(() => order && tellBuyer(order))
    return ok(undefined)
  })
  const [answer] = await db.run(readAnswers([orderId]))
  if (!answer) throw new Error(`Order ${orderId} is not released: its payment has another reference by now.`)
  return { status: answer.status, body: answer.body }
}

/** Read back instead of remembered: whoever finished the order, these are the bytes that stand. */
async function answersOf(on: Db, orderIds: readonly string[]): Promise<StoredAnswer[]> {
  const rows = new Map((await on.run(readAnswers(orderIds))).map((row) => [row.orderId, row]))
  return orderIds.map((orderId) => {
    const row = rows.get(orderId)
    if (!row) throw new Error(`Order ${orderId} has no stored answer.`)
    return { status: row.status, body: row.body }
  })
}

function tellSale(order: OrderRow): void {
  tellBuyer(order)
  for (const sellerId of order.sellerIds) publishTo(`seller:${sellerId}`, { type: 'sale', number: order.number })
}

function tellBuyer(order: OrderRow): void {
  publishTo(`user:${order.buyerId}`, { type: 'order', number: order.number, status: order.status })
}
