import { transaction, type Tx } from '#lib/db'
import { newId } from '#lib/ids'
import { publishStock } from '#lib/live/publish'
import { ok, refuse, type Result } from '#lib/result'
import type { InventoryCode } from '../errors.ts'
import { stockState } from '../queries.ts'
import { overflowOf } from '../rules/capacity.ts'
import { insertQueued } from '../sql/queue.ts'
import * as statements from '../sql/stock.ts'
import type { StockRow } from '../types.ts'
import { roomOf } from './capacity.ts'
import { changeOnHand, changeStock } from './change-stock.ts'

/** A step of the catalog's transaction: the count of a new variant, not on sale yet, its first pieces as a deposit. */
export async function createStock(
  tx: Tx,
  row: { variantId: string; productId: string; sellerId: string; quantity: number; actorId: string },
): Promise<void> {
  await tx.run(statements.insertStock(row))
  if (row.quantity === 0) return
  const deposit = { id: newId(), delta: row.quantity, reason: 'deposit', note: 'First stock', orderId: null } as const
  await tx.run(statements.insertMovements([{ ...row, ...deposit }]))
}

export interface Sale {
  readonly sellerId: string
  readonly actorId: string
  readonly productId: string
  readonly onSale: boolean
  /** Versions that are never on sale again. */
  readonly retired?: readonly string[]
  readonly opensAt: Date | null
  readonly cap: number | null
  /** What becomes of pieces over the seller's capacity: they wait in the publishing queue, or nothing is done. */
  readonly ifOver?: 'queue' | 'refuse'
}

/**
 * A step of the catalog's transaction: puts the variants of a product on sale, or takes them off. Holds stay.
 * Guarantees: what is on sale already stays so; of what newly goes on sale the pieces over the seller's capacity move to the
 * end of the publishing queue, recorded as movements.
 * Concurrency: seller, then stock.
 * Refuses: over-capacity, when asked to.
 */
export async function setSale(
  tx: Tx,
  sale: Sale,
): Promise<Result<{ published: number; queued: number }, 'over-capacity'>> {
  const { sellerId, actorId, retired = [] } = sale
  const { room } = await roomOf(tx, sellerId)
  const rows = await tx.run(statements.lockProductStock(sale.productId))
  const offered = sale.onSale ? rows.filter((row) => !retired.includes(row.variantId)) : []
  const fresh = offered.filter((row) => !row.onSale)
  const over = overflowOf(fresh, room)
  if (over.length > 0 && sale.ifOver === 'refuse') return refuse('over-capacity', { room })
  const about = { sellerId, actorId, reason: 'queued', note: 'Over capacity' } as const
  // Before anything is on sale, so that nobody who waits is offered a piece that there is no room for.
  const moved = await changeOnHand(
    tx,
    over.map(({ variantId, quantity }) => ({ ...about, variantId, delta: -quantity })),
  )
  if (!moved.ok) throw new Error(`Pieces that are free could not be moved to the queue: ${moved.refusal.code}.`)
  if (over.length > 0) await tx.run(insertQueued(over.map((each) => ({ ...about, ...each }))))
  const variantIds = rows.map((row) => row.variantId)
  const onSale = new Set(offered.map((row) => row.variantId))
  const written = await tx.run(statements.writeSale(variantIds, [...onSale], sale.opensAt, sale.cap))
  tx.afterCommit(() => publishStock(written.map(stockState)))
  const waited = written.filter((row) => row.entries > 0)
  if (waited.length > 0)
    await changeStock(
      tx,
      waited.map(({ variantId }) => ({ type: 'reclaim', variantId })),
    )
  const queued = over.reduce((sum, each) => sum + each.quantity, 0)
  return ok({ published: fresh.reduce((sum, row) => sum + row.available, 0) - queued, queued })
}

/** A step of the catalog's transaction: takes single variants off sale. Holds stay. */
export async function stopSale(tx: Tx, variantIds: readonly string[]): Promise<void> {
  await tx.run(statements.lockStock(variantIds))
  const rows = await tx.run(statements.stopSale(variantIds))
  tx.afterCommit(() => publishStock(rows.map(stockState)))
}

/** How a seller changes a count: by a delta, or to a number on condition that nothing changed since it was read. */
export type StockChange = { readonly delta: number } | { readonly onHand: number; readonly version: number }

export interface StockEdit {
  readonly sellerId: string
  readonly actorId: string
  readonly variantId: string
  readonly change: StockChange
  readonly note: string
  /** What becomes of pieces over the seller's capacity: they wait in the publishing queue, or nothing is done. */
  readonly ifOver?: 'queue' | 'refuse'
}

/** What an edit left: the count, and how many of the new pieces went on sale or wait. */
export interface StockEdited {
  readonly stock: StockRow
  readonly published: number
  readonly queued: number
}

/**
 * Changes how many pieces a seller has, and records who did it and why.
 * Guarantees: pieces that come to a sold-out variant are offered to its waitlist in the same transaction; what is over the
 * seller's capacity waits in the publishing queue, behind what waits there already.
 * Concurrency: seller, then stock; a number set on an old `version` is refused instead of overwriting what happened meanwhile.
 * Refuses: unknown-variant (also when it is another seller's), stock-changed, below-held, over-capacity.
 */
export function adjustStock(edit: StockEdit): Promise<Result<StockEdited, InventoryCode>> {
  return transaction((tx) => writeAdjustment(tx, edit))
}

/** A step of its caller's transaction: the same. */
export async function writeAdjustment(tx: Tx, edit: StockEdit): Promise<Result<StockEdited, InventoryCode>> {
  const { room } = await roomOf(tx, edit.sellerId)
  // With its siblings where there is a cap, in the order every transaction takes them.
  await tx.run(statements.lockStock([edit.variantId]))
  const [row] = await tx.run(statements.lockOwnStock(edit.variantId, edit.sellerId))
  if (!row) return refuse('unknown-variant')
  if ('version' in edit.change && edit.change.version !== row.version) {
    return refuse('stock-changed', { onHand: row.onHand, version: row.version })
  }
  const delta = 'delta' in edit.change ? edit.change.delta : edit.change.onHand - row.onHand
  const published = row.onSale ? Math.min(delta, room) : delta
  const queued = Math.max(0, delta - published)
  if (queued > 0 && edit.ifOver === 'refuse') return refuse('over-capacity', { room })
  const reason = published > 0 ? 'deposit' : 'withdrawal'
  const changed = await changeOnHand(tx, published === 0 ? [] : [{ ...edit, delta: published, reason }])
  if (!changed.ok) return changed
  if (queued > 0) await tx.run(insertQueued([{ ...edit, quantity: queued }]))
  const [stock = row] = await tx.run(statements.readStock([row.variantId], []))
  return ok({ stock, published: Math.max(0, published), queued })
}
