import { db, transact, type Tx } from '#lib/db'
import { eachAlone } from '#lib/each'
import { env } from '#lib/env'
import { lockSeller } from '#lib/sellers/sql'
import { planQueue } from '../rules/capacity.ts'
import * as queue from '../sql/queue.ts'
import { changeOnHand } from './change-stock.ts'

/**
 * How many more pieces of a seller may be on sale. Below zero never; nothing while some wait, because they come first.
 * Concurrency: locks the seller's row, so that deposits and publishing of one seller take turns; holding never does.
 */
export async function roomOf(tx: Tx, sellerId: string): Promise<{ room: number; free: number }> {
  await tx.run(lockSeller(sellerId))
  const [count] = await tx.run(queue.countPublished(sellerId))
  const free = Math.max(0, (count?.capacity ?? env().SELLER_CAPACITY) - (count?.published ?? 0))
  return { free, room: (count?.queued ?? 0) > 0 ? 0 : free }
}

/**
 * Each seller's waiting pieces go on sale as far as there is room, first in, first out. Safe on any number of nodes. Returns how
 * many sellers. One whose pieces cannot be moved just now keeps no other waiting; the first such fault is thrown at the end.
 */
export async function publishQueued(): Promise<number> {
  const sellers = await db.run(queue.listQueueing(env().SELLER_CAPACITY))
  await eachAlone(sellers, ({ sellerId }) => transact((tx) => publishSellers(tx, sellerId)))
  return sellers.length
}

async function publishSellers(tx: Tx, sellerId: string): Promise<void> {
  const { free } = await roomOf(tx, sellerId)
  if (free === 0) return
  const plan = planQueue(await tx.run(queue.listQueued(sellerId, 500)), free)
  if (plan.length === 0) return
  await changeOnHand(
    tx,
    plan.map((each) => ({ ...each, delta: each.published, reason: 'published' })),
  )
  await tx.run(queue.deleteQueued(plan.filter((each) => each.left === 0).map((each) => each.id)))
  const [rest] = plan.filter((each) => each.left > 0)
  if (rest) await tx.run(queue.shortenQueued(rest.id, rest.left))
}

/**
 * Takes what waits of one variant out of the queue; it never was in the house. Returns how many pieces that was.
 * Concurrency: locks the seller's row, because whoever publishes has read the queue under it.
 */
export function clearQueue(of: { sellerId: string; variantId: string }): Promise<number> {
  return transact(async (tx) => {
    await tx.run(lockSeller(of.sellerId))
    const rows = await tx.run(queue.clearQueued(of.variantId, of.sellerId))
    return rows.reduce((sum, row) => sum + row.quantity, 0)
  })
}
