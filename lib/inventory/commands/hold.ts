import { createBatcher } from '#lib/batch'
import { db, hotPool, transact } from '#lib/db'
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
 * Takes back what is due and offers what is free to those who wait, at most `most` variants at once.
 * Safe on any number of nodes: whoever gets the row's lock first moves the pieces, once.
 */
export async function reclaimDue(most = 500): Promise<number> {
  const due = await db.run(listDueVariants(most))
  await Promise.all(due.map(({ variantId }) => askStock({ type: 'reclaim', variantId })))
  return due.length
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
