import { db, type Tx } from '#lib/db'
import { env } from '#lib/env'
import { newId } from '#lib/ids'
import { log } from '#lib/log'
import { publishStock, publishTo } from '#lib/live/publish'
import { ok, type Result } from '#lib/result'
import type { MovementReason } from '#prisma/enums'
import type { InventoryCode } from '../errors.ts'
import { stockState } from '../queries.ts'
import { keyOf, type Changes, type Shelf } from '../rules/book.ts'
import { grant } from '../rules/grant.ts'
import type { Grant } from '../rules/line.ts'
import { newlyLow } from '../rules/low.ts'
import { writeBatch } from '../sql/batch.ts'
import { deleteHolds, readShelf, type ShelfRow } from '../sql/hold.ts'
import { insertMovements, listSellers, lockStock } from '../sql/stock.ts'
import { deleteEntries, putEntries, readWaitlist } from '../sql/waitlist.ts'
import type { HoldRow, Limits, StockRequest, StockRow } from '../types.ts'

/**
 * Does any mix of requests in four steps: lock the counts, read what hangs on them under a fresh snapshot, decide in
 * `rules/grant`, write. Answers in order. It is the only way that pieces move, but for `beginCheckouts` and `endCheckout`,
 * which move none.
 * Guarantees: what is due is taken back and what is free is offered to the waitlist in the same transaction.
 * Concurrency: locks the stock rows by id, then the holds by id. Two round trips a batch, one more where buyers wait: lock and
 * reading go along with BEGIN, the writing along with COMMIT.
 * Browsers hear of it after the commit, and sellers that little is left of something.
 */
export async function changeStock(
  tx: Tx,
  requests: readonly StockRequest[],
  limits: Limits = limitsNow(),
): Promise<readonly Grant[]> {
  const shelf = await lockShelf(tx, requests)
  const { answers, changes } = grant(shelf, requests, limits)
  writeChanges(tx, changes)
  tellLow(tx, newlyLow(shelf.stock, changes.stock))
  return answers
}

export interface OnHandChange {
  readonly variantId: string
  readonly delta: number
  readonly reason: MovementReason
  readonly note: string
  readonly actorId: string | null
}

/**
 * Pieces come into the house or leave it otherwise than by a sale, each change with its record.
 * Refuses: below-held, of the first that would leave less than buyers hold; the caller rolls back.
 */
export async function changeOnHand(
  tx: Tx,
  changes: readonly OnHandChange[],
): Promise<Result<undefined, InventoryCode>> {
  if (changes.length === 0) return ok(undefined)
  const answers = await changeStock(
    tx,
    changes.map(({ variantId, delta }) => ({ type: 'stock', variantId, delta })),
  )
  const refused = answers.find((answer) => !answer.ok)
  if (refused) return refused
  await tx.run(insertMovements(changes.map((change) => ({ ...change, id: newId(), orderId: null }))))
  return ok(undefined)
}

/** Every limit as the environment sets it. */
export function limitsNow(): Limits {
  const settings = env()
  return {
    capPerVariant: settings.HOLD_CAP_PER_VARIANT,
    linesPerCart: settings.CART_LINES_MAX,
    holdLimitMs: settings.HOLD_LIMIT_MS,
    cooldownMs: settings.HOLD_COOLDOWN_MS,
    offerTtlMs: settings.OFFER_TTL_MS,
    cartsPerAddress: settings.HOLD_CARTS_PER_ADDRESS,
    anonymousPercent: settings.HOLD_ANONYMOUS_PERCENT,
    placesPerBuyer: settings.WAITLIST_PLACES_MAX,
  }
}

async function lockShelf(tx: Tx, requests: readonly StockRequest[]): Promise<Shelf> {
  const variantIds = distinct(requests.map((request) => request.variantId))
  const cartIds = distinct(requests.flatMap(cartsOf))
  const sources = distinct(requests.flatMap((request) => ('source' in request ? (request.source ?? []) : [])))
  const joining = distinct(requests.flatMap((request) => (request.type === 'join' ? request.cartId : [])))
  const [stock, rows] = await Promise.all([
    tx.run(lockStock(variantIds)),
    tx.run(readShelf(variantIds, cartIds, sources, joining)),
  ])
  const shelf = sortShelf(rows)
  const waited = stock.filter((row) => row.entries > 0)
  const entries =
    waited.length === 0
      ? []
      : await tx.run(
          readWaitlist(
            waited.map((row) => row.variantId),
            waited.map((row) => mostFreed(row, shelf.holds, requests)),
            cartIds,
          ),
        )
  // Of a product whose cap is newer than the look for its versions, only what was asked for is locked.
  const locked = new Set(stock.map((row) => row.variantId))
  return { ...shelf, holds: shelf.holds.filter((hold) => locked.has(hold.variantId)), stock, entries }
}

function sortShelf(rows: readonly ShelfRow[]): Omit<Shelf, 'stock' | 'entries'> {
  const holds: HoldRow[] = []
  const counts = {
    lines: new Map<string, number>(),
    sources: new Map<string, number>(),
    places: new Map<string, number>(),
  }
  let now: Date | null = null
  for (const row of rows) {
    if (row.what === 'hold') holds.push(row)
    else if (row.what === 'source') counts.sources.set(keyOf(row.variantId, row.source), row.quantity)
    else if (row.what === 'clock') now = row.now
    else counts[row.what].set(row.cartId, row.quantity)
  }
  if (!now) throw new Error('The database told no time.')
  return { now, holds, ...counts }
}

/** No more pieces than this can become free in the batch, besides those offered, and no more places be given up. */
function mostFreed(row: StockRow, holds: readonly HoldRow[], requests: readonly StockRequest[]): number {
  const ofRow = requests.filter((request) => request.variantId === row.variantId)
  const held = holds.filter((hold) => hold.variantId === row.variantId).reduce((sum, hold) => sum + hold.quantity, 0)
  const added = ofRow.reduce((sum, request) => sum + Math.max(0, addedBy(request)), 0)
  return row.available + held + added + ofRow.length
}

function addedBy(request: StockRequest): number {
  if (request.type === 'return') return request.quantity
  return request.type === 'stock' ? request.delta : 0
}

function writeChanges(tx: Tx, { stock, holds, removedHolds, entries, removedEntries }: Changes): void {
  if (removedHolds.length > 0) tx.send(deleteHolds(removedHolds))
  if (removedEntries.length > 0) tx.send(deleteEntries(removedEntries.map((entry) => entry.id)))
  if (entries.length > 0) tx.send(putEntries(entries))
  const versions = new Map<string, number>()
  if (holds.length + stock.length > 0)
    tx.send(writeBatch(holds, stock), (rows) => rows.forEach((row) => versions.set(row.variantId, row.version)))
  tx.afterCommit(() => {
    publishStock(stock.map((row) => stockState({ ...row, version: versions.get(row.variantId) ?? row.version })))
    for (const { buyerId, variantId } of [...entries, ...removedEntries]) {
      publishTo(`user:${buyerId}`, { type: 'place', variantId })
    }
  })
}

/** Whose they are is read after the commit: it happens seldom, and no batch waits for it. */
function tellLow(tx: Tx, low: readonly StockRow[]): void {
  if (low.length === 0) return
  tx.afterCommit(() => {
    db.run(listSellers(low.map((row) => row.variantId))).then(
      (sellers) => {
        for (const { variantId, productId, available } of low) {
          const seller = sellers.find((each) => each.variantId === variantId)
          if (seller) publishTo(`seller:${seller.sellerId}`, { type: 'low-stock', productId, variantId, available })
        }
      },
      (error: unknown) => log().warn({ err: error }, 'A seller could not be told of low stock'),
    )
  })
}

function cartsOf(request: StockRequest): string[] {
  if (request.type === 'move') return [request.cartId, request.toCartId]
  return 'cartId' in request ? [request.cartId] : []
}

function distinct(ids: readonly string[]): string[] {
  return [...new Set(ids)]
}
