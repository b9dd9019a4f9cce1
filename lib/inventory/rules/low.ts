import { FEW } from '#lib/live/rules'
import type { StockRow } from '../types.ts'

/**
 * Of the rows as they are now, those of which few pieces are left to buy and of which there were more before: the seller is
 * told once, on the way down, and not with each piece after it.
 */
export function newlyLow<Row extends Pick<StockRow, 'variantId' | 'available' | 'onSale'>>(
  before: readonly Pick<StockRow, 'variantId' | 'available'>[],
  after: readonly Row[],
): Row[] {
  const had = new Map(before.map((row) => [row.variantId, row.available]))
  return after.filter((row) => row.onSale && row.available <= FEW && (had.get(row.variantId) ?? 0) > FEW)
}
