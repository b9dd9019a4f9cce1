import { createBatcher } from '#lib/batch'
import { hotPool, transact, type Tx } from '#lib/db'
import { env } from '#lib/env'
import { newId } from '#lib/ids'
import { publishStock } from '#lib/live/publish'
import { once } from '#lib/once'
import { stockState } from '../queries.ts'
import { grant, type HoldResult } from '../rules.ts'
import * as statements from '../sql/stock.ts'
import type { Limits, StockRequest } from '../types.ts'

/**
 * Sets a cart's line to an absolute quantity; 0 removes it and gives its pieces back.
 * Guarantees: pieces come out of `available` and nowhere else; a refusal changes nothing and says what is left.
 * Concurrency: goes through the stock batcher; safe to repeat, because the quantity is absolute.
 * Refuses: sold-out, not-enough, not-on-sale, not-open-yet, over-cap, being-paid, cart-full, unknown-variant.
 * Throws: `Overloaded` when the market cannot take more requests just now.
 */
export function hold(line: {
  cartId: string
  variantId: string
  quantity: number
  ttlMs?: number
}): Promise<HoldResult> {
  const { cartId, variantId, quantity, ttlMs = env().HOLD_TTL_MS } = line
  return stockBatcher()({ type: 'set', holdId: newId(), cartId, variantId, quantity, ttlMs })
}

/**
 * Takes back what is due, at most `most` variants at once, and tells browsers.
 * Safe on any number of nodes: whoever gets the row's lock first moves the pieces, once.
 */
export async function reclaimDue(most = 500): Promise<number> {
  const due = await transact((tx) => tx.run(statements.listDueVariants(most)))
  await Promise.all(due.map(({ variantId }) => stockBatcher()({ type: 'reclaim', variantId })))
  return due.length
}

function stockBatcher() {
  return once('stock-batcher', () =>
    createBatcher<StockRequest, HoldResult>({
      run: (requests) => transact((tx) => runBatch(tx, requests), hotPool()),
      laneOf: (request) => request.variantId,
      lanes: 3,
      maxBatch: 500,
      maxQueue: 5_000,
      maxWaitMs: 3_000,
    }),
  )
}

/** The four steps: lock the counts, read what is due under a fresh snapshot, decide, write. */
async function runBatch(tx: Tx, requests: readonly StockRequest[]): Promise<readonly HoldResult[]> {
  const variantIds = distinct(requests.map((request) => request.variantId))
  const cartIds = distinct(requests.flatMap((request) => (request.type === 'set' ? [request.cartId] : [])))
  const stock = await tx.run(statements.lockStock(variantIds))
  const holds = await tx.run(statements.lockHolds(variantIds, cartIds))
  const counts = await tx.run(statements.countLines(cartIds))
  const now = counts[0]?.now ?? new Date(0)
  const linesInCart = new Map(counts.flatMap(({ cartId, lines }) => (cartId ? [[cartId, lines] as const] : [])))
  const grants = grant({ now, stock, holds, linesInCart }, requests, limits())
  if (grants.removed.length) await tx.run(statements.deleteHolds(grants.removed))
  if (grants.lapsed.length) await tx.run(statements.lapseHolds(grants.lapsed))
  if (grants.put.length) await tx.run(statements.putHolds(grants.put))
  if (grants.available.size) {
    const rows = await tx.run(statements.writeAvailable([...grants.available.keys()], [...grants.available.values()]))
    tx.afterCommit(() => publishStock(rows.map(stockState)))
  }
  return grants.answers
}

function limits(): Limits {
  return { capPerVariant: env().HOLD_CAP_PER_VARIANT, linesPerCart: env().CART_LINES_MAX }
}

function distinct(ids: readonly string[]): string[] {
  return [...new Set(ids)]
}
