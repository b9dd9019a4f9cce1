import { transaction, type Tx } from '#lib/db'
import { newId } from '#lib/ids'
import { publishStock } from '#lib/live/publish'
import { ok, refuse, type Result } from '#lib/result'
import type { InventoryCode } from '../errors.ts'
import { stockState } from '../queries.ts'
import * as statements from '../sql/stock.ts'
import type { StockRow } from '../types.ts'

/** A step of the catalog's transaction: the count of a new variant, not on sale yet, its first pieces as a deposit. */
export async function createStock(
  tx: Tx,
  row: { variantId: string; productId: string; sellerId: string; quantity: number; actorId: string },
): Promise<void> {
  await tx.run(statements.insertStock(row))
  if (row.quantity > 0) await tx.run(movement(row.variantId, row.quantity, 'First stock', row.actorId))
}

/** A step of the catalog's transaction: puts all variants of a product on sale, or takes them off. Holds stay. */
export async function setSale(
  tx: Tx,
  sale: { productId: string; onSale: boolean; opensAt: Date | null; cap: number | null },
): Promise<void> {
  const rows = await tx.run(statements.lockProductStock(sale.productId))
  const variantIds = rows.map((row) => row.variantId)
  publishAfter(tx, await tx.run(statements.writeSale(variantIds, sale.onSale, sale.opensAt, sale.cap)))
}

/** A step of the catalog's transaction: takes single variants off sale. Holds stay. */
export async function stopSale(tx: Tx, variantIds: readonly string[]): Promise<void> {
  await tx.run(statements.lockStock(variantIds))
  publishAfter(tx, await tx.run(statements.stopSale(variantIds)))
}

/** How a seller changes a count: by a delta, or to a number on condition that nothing changed since it was read. */
export type StockChange = { readonly delta: number } | { readonly onHand: number; readonly version: number }

/**
 * Changes how many pieces a seller has, and records who did it and why.
 * Concurrency: one row lock; a number set on an old `version` is refused instead of overwriting what happened meanwhile.
 * Refuses: unknown-variant (also when it is another seller's), stock-changed, below-held.
 */
export function adjustStock(edit: {
  sellerId: string
  actorId: string
  variantId: string
  change: StockChange
  note: string
}): Promise<Result<StockRow, InventoryCode>> {
  return transaction(async (tx) => {
    const [row] = await tx.run(statements.lockOwnStock(edit.variantId, edit.sellerId))
    if (!row) return refuse('unknown-variant')
    if ('version' in edit.change && edit.change.version !== row.version) {
      return refuse('stock-changed', { onHand: row.onHand, version: row.version })
    }
    const delta = 'delta' in edit.change ? edit.change.delta : edit.change.onHand - row.onHand
    if (delta === 0) return ok(row)
    if (row.available + delta < 0) return refuse('below-held', { held: row.onHand - row.available })
    const [changed = row] = await tx.run(statements.addOnHand(row.variantId, delta))
    await tx.run(movement(row.variantId, delta, edit.note, edit.actorId))
    publishAfter(tx, [changed])
    return ok(changed)
  })
}

function movement(variantId: string, delta: number, note: string, actorId: string) {
  const reason = delta > 0 ? 'deposit' : 'withdrawal'
  return statements.insertMovement({ id: newId(), variantId, delta, reason, note, actorId, orderId: null })
}

function publishAfter(tx: Tx, rows: readonly StockRow[]): void {
  tx.afterCommit(() => publishStock(rows.map(stockState)))
}
