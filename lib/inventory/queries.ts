import { db } from '#lib/db'
import type { StockState } from '#lib/live/events'
import { readStock } from './sql/stock.ts'
import type { StockRow } from './types.ts'

/** The counts of variants or of whole products, as browsers see them. One statement. */
export async function listStock(where: {
  variantIds?: readonly string[]
  productIds?: readonly string[]
}): Promise<StockState[]> {
  const rows = await db.run(readStock(where.variantIds ?? [], where.productIds ?? []))
  return rows.map(stockState)
}

/** A stock row as it is published: absolute, so that loss, repetition and reordering do no harm. */
export function stockState(row: StockRow): StockState {
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
