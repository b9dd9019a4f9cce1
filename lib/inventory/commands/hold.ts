import { createBatcher } from '#lib/batch'
import { db, hotPool, isBeforeCommit, transact } from '#lib/db'
import { env } from '#lib/env'
import { newId } from '#lib/ids'
import { once } from '#lib/once'
import type { Grant } from '../rules/line.ts'
import { forgetReleased, listDueVariants } from '../sql/hold.ts'
import type { Asker, StockRequest } from '../types.ts'
import { changeStock } from './change-stock.ts'

/**
 * Sets a cart's line to an absolute quantity; 0 takes it out and gives its pieces back.
 * Guarantees: pieces come out of `available`, or of the offer made to this buyer, and nowhere else; a refusal changes
 * nothing and says what is left.
 * Concurrency: goes through the stock batcher; safe to repeat, because the quantity is absolute.
 * Refuses: sold-out, not-enough, not-on-sale, not-open-yet, over-cap, address-full, sign-in-for-more, cooling-down,
 * being-paid, cart-full, unknown-variant.
 * Throws: `Overloaded` when the market cannot take more requests just now.
 */
export function hold(
  line: Pick<Asker, 'cartId'> & Partial<Asker> & { variantId: string; quantity: number; ttlMs?: number },
): Promise<Grant> {
  const asker = { anonymous: false, source: null, ttlMs: env().HOLD_TTL_MS }
  return askStock({ type: 'set', holdId: newId(), ...asker, ...line })
}

/** Sends a request with the next batch of its lane. Only for requests that are safe to repeat. */
export function askStock(request: Exclude<StockRequest, { type: 'stock' | 'take' | 'move' }>): Promise<Grant> {
  return stockBatcher()(request)
}

/**
 * Takes back what is due, or has been for `lateMs`, and offers what is free to those who wait, at most `most` variants at once.
 * Returns how many. In transactions of its own and not with the batches, which are everybody's.
 * Safe on any number of nodes: whoever gets the row's lock first moves the pieces, once.
 */
export async function reclaimDue(most = 500, lateMs = 0): Promise<number> {
  const due = (await db.run(listDueVariants(most, lateMs))).map((row) => row.variantId)
  for (let first = 0; first < due.length; first += RECLAIMED_AT_ONCE) {
    await reclaim(due.slice(first, first + RECLAIMED_AT_ONCE))
  }
  return due.length
}

const RECLAIMED_AT_ONCE = 128

/** A row that cannot be locked just now holds up half of the others, and then less and less of them. */
async function reclaim(variantIds: readonly string[]): Promise<void> {
  try {
    const requests = variantIds.map((variantId) => ({ type: 'reclaim' as const, variantId }))
    await transact((tx) => changeStock(tx, requests), hotPool())
  } catch (error) {
    if (!isBeforeCommit(error) || variantIds.length === 1) throw error
    const middle = Math.ceil(variantIds.length / 2)
    const halves = [variantIds.slice(0, middle), variantIds.slice(middle)]
    const outcomes = []
    for (const half of halves) outcomes.push(...(await Promise.allSettled([reclaim(half)])))
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason
  }
}

/** Forgets, at most 1,000 at once, lines out of a cart that no limit needs any more. Returns how many. */
export async function forgetLines(): Promise<number> {
  return (await db.run(forgetReleased(env().HOLD_COOLDOWN_MS, 1_000))).length
}

function stockBatcher() {
  return once('stock-batcher', () =>
    createBatcher<StockRequest, Grant>({
      run: (requests) => transact((tx) => changeStock(tx, requests), hotPool()),
      laneOf: (request) => request.variantId,
      lanes: 3,
      maxBatch: 128,
      maxQueue: 5_000,
      maxWaitMs: 3_000,
    }),
  )
}
