import { db } from '#lib/db'
import { env } from '#lib/env'
import type { StockState } from '#lib/live/events'
import { countStock, listBreaches, type StockBreach } from './sql/audit.ts'
import { countPublished } from './sql/queue.ts'
import { countPieces, readStock } from './sql/stock.ts'
import { listPlaces, type PlaceRow } from './sql/waitlist.ts'
import type { StockFacts } from './types.ts'

/** The counts of variants or of whole products, as browsers see them. One statement. */
export async function listStock(where: {
  variantIds?: readonly string[]
  productIds?: readonly string[]
}): Promise<StockState[]> {
  const rows = await db.run(readStock(where.variantIds ?? [], where.productIds ?? []))
  return rows.map(stockState)
}

/** A stock row as it is published: absolute, so that loss, repetition and reordering do no harm. */
export function stockState(row: StockFacts): StockState {
  return {
    variantId: row.variantId,
    productId: row.productId,
    available: row.available,
    onHand: row.onHand,
    waiting: row.waiting,
    version: row.version,
    onSale: row.onSale,
    opensAt: row.opensAt?.toISOString() ?? null,
  }
}

/** How many pieces of each product there ever were to buy, those that are sold included. One statement. */
export async function getPieces(productIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await db.run(countPieces(productIds))
  return new Map(rows.map(({ productId, pieces }) => [productId, pieces]))
}

export interface Capacity {
  /** Most pieces on sale at once. */
  readonly capacity: number
  /** Pieces on sale now; those that carts hold do not count. */
  readonly published: number
  /** Pieces in the publishing queue. */
  readonly queued: number
}

/** What a seller has on sale and what waits for room. One statement. */
export async function getCapacity(sellerId: string): Promise<Capacity> {
  const [row] = await db.run(countPublished(sellerId))
  return { capacity: row?.capacity ?? env().SELLER_CAPACITY, published: row?.published ?? 0, queued: row?.queued ?? 0 }
}

/** A buyer's places in waitlists, oldest first. One statement. */
export function getPlaces(buyerId: string): Promise<PlaceRow[]> {
  return db.run(listPlaces(buyerId))
}

export interface StockAudit {
  readonly variants: number
  readonly pieces: number
  readonly held: number
  readonly offered: number
  readonly movements: number
  /** Empty on a market that is right. */
  readonly breaches: readonly StockBreach[]
}

/** Proves, for every variant, that its pieces are where the rows say. May be asked while the market is busy. */
export async function auditStock(): Promise<StockAudit> {
  const breaches = await db.run(listBreaches())
  const [counts] = await db.run(countStock())
  return { variants: 0, pieces: 0, held: 0, offered: 0, movements: 0, ...counts, breaches }
}
