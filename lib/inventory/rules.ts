import { ok, refuse, type Result } from '#lib/result'
import type { InventoryCode } from './errors.ts'
import type { HeldLine, HoldRow, Limits, StockRequest, StockRow } from './types.ts'

export type HoldResult = Result<HeldLine | null, InventoryCode>

/** What was read under the locks of one batch. */
export interface Shelf {
  /** The database's clock, read after the locks were held. */
  readonly now: Date
  readonly stock: readonly StockRow[]
  /** Of these variants: the holds of the carts that ask, and every hold that is due. */
  readonly holds: readonly HoldRow[]
  readonly linesInCart: ReadonlyMap<string, number>
}

/** What a batch has to write. */
export interface Grants {
  /** One answer per request, in order. */
  readonly answers: readonly HoldResult[]
  /** The new `available` of each stock row that changed. */
  readonly available: ReadonlyMap<string, number>
  readonly put: readonly HoldRow[]
  readonly removed: readonly string[]
  readonly lapsed: readonly string[]
}

/**
 * Decides a batch: takes back what is due, then grants greedily in arrival order.
 * Invariant: for each variant `available + Σ held` stays what it was, and `available` never falls below 0.
 * A refused request consumes nothing, so the next one may still have what was left.
 */
export function grant(shelf: Shelf, requests: readonly StockRequest[], limits: Limits): Grants {
  const book = openBook(shelf)
  for (const hold of shelf.holds) {
    if (isDue(hold, shelf.now)) book.lapse(hold)
  }
  const answers = requests.map((request) =>
    request.type === 'reclaim' ? ok(null) : grantOne(book, shelf, request, limits),
  )
  return { answers, ...book.close() }
}

/** A hold is due when its time is over. A checkout's hold never is: its order finishes or releases it. */
export function isDue(hold: Pick<HoldRow, 'state' | 'kind' | 'expiresAt'>, now: Date): boolean {
  return hold.state === 'held' && hold.kind !== 'checkout' && hold.expiresAt <= now
}

/**
 * Two lines of one variant become one when carts merge.
 * Invariant: pieces held before = pieces held after + `freed`. A lapsed line is a wish and brings no pieces.
 */
export function joinLines(
  line: HoldRow,
  twin: HoldRow,
  cap: number,
): { joined: Pick<HoldRow, 'state' | 'quantity' | 'expiresAt' | 'firstHeldAt'>; freed: number } {
  const held = [line, twin].filter((each) => each.state === 'held')
  const pieces = (held.length > 0 ? held : [line, twin]).reduce((sum, each) => sum + each.quantity, 0)
  const quantity = Math.min(pieces, cap)
  // Of lines that are held, the earlier times count: merging extends nothing.
  const timed = held.length > 0 ? held : [twin]
  const expiresAt = new Date(Math.min(...timed.map((each) => each.expiresAt.getTime())))
  const firstHeldAt = new Date(Math.min(...timed.map((each) => each.firstHeldAt.getTime())))
  return {
    joined: { state: held.length > 0 ? 'held' : 'lapsed', quantity, expiresAt, firstHeldAt },
    freed: held.length > 0 ? pieces - quantity : 0,
  }
}

type SetRequest = Extract<StockRequest, { type: 'set' }>

function grantOne(book: Book, shelf: Shelf, request: SetRequest, limits: Limits): HoldResult {
  const row = book.row(request.variantId)
  if (!row) return refuse('unknown-variant')
  const line = book.line(request.cartId, request.variantId)
  if (line?.kind === 'checkout') return refuse('being-paid')
  if (request.quantity === 0) {
    if (line) book.remove(line)
    return ok(null)
  }
  const held = line?.state === 'held' ? line.quantity : 0
  const refusal = refusalOf(
    { row, held, isNew: !line, linesAdded: book.linesAdded(request.cartId), available: book.available(row.variantId) },
    shelf,
    request,
    limits,
  )
  return refusal ?? ok(book.hold(request, line, shelf.now))
}

interface Ask {
  row: StockRow
  /** Pieces this cart holds already. */
  held: number
  isNew: boolean
  /** Lines that this batch gave the cart already. */
  linesAdded: number
  available: number
}

function refusalOf(ask: Ask, shelf: Shelf, request: SetRequest, limits: Limits): HoldResult | null {
  const { row, held, available } = ask
  const more = request.quantity - held
  // Giving pieces back is always allowed, also when the sale was stopped or the cap lowered meanwhile.
  if (more <= 0) return null
  if (!row.onSale) return refuse('not-on-sale')
  if (row.opensAt && row.opensAt > shelf.now) return refuse('not-open-yet', { opensAt: row.opensAt.toISOString() })
  const cap = row.cap ?? limits.capPerVariant
  if (request.quantity > cap) return refuse('over-cap', { cap })
  const lines = (shelf.linesInCart.get(request.cartId) ?? 0) + ask.linesAdded
  if (ask.isNew && lines >= limits.linesPerCart) return refuse('cart-full', { lines })
  if (more <= available) return null
  // Pieces in other carts may come back; a buyer who knows that waits instead of leaving.
  const detail = { available, held, inCarts: row.onHand - available - held }
  return refuse(available === 0 && held === 0 ? 'sold-out' : 'not-enough', detail)
}

type Book = ReturnType<typeof openBook>

/** The batch's working copy of the shelf: every change of a line moves its pieces in the same step. */
function openBook(shelf: Shelf) {
  const rows = new Map(shelf.stock.map((row) => [row.variantId, row]))
  const available = new Map(shelf.stock.map((row) => [row.variantId, row.available]))
  const lines = new Map(shelf.holds.map((hold) => [lineKey(hold), hold]))
  const put = new Map<string, HoldRow>()
  const added = new Map<string, number>()
  const removed = new Set<string>()
  const lapsed = new Set<string>()

  const give = (variantId: string, pieces: number) => available.set(variantId, (available.get(variantId) ?? 0) + pieces)

  return {
    row: (variantId: string) => rows.get(variantId),
    available: (variantId: string) => available.get(variantId) ?? 0,
    line: (cartId: string, variantId: string) => lines.get(lineKey({ cartId, variantId })),
    linesAdded: (cartId: string) => added.get(cartId) ?? 0,
    lapse(line: HoldRow) {
      give(line.variantId, line.quantity)
      lines.set(lineKey(line), { ...line, state: 'lapsed' })
      lapsed.add(line.id)
    },
    remove(line: HoldRow) {
      give(line.variantId, heldBy(line))
      lines.delete(lineKey(line))
      put.delete(line.id)
      lapsed.delete(line.id)
      removed.add(line.id)
    },
    hold(request: SetRequest, line: HoldRow | undefined, now: Date): HeldLine {
      give(request.variantId, heldBy(line) - request.quantity)
      const next = heldRow(request, line, now)
      if (!line) added.set(request.cartId, (added.get(request.cartId) ?? 0) + 1)
      lines.set(lineKey(next), next)
      put.set(next.id, next)
      lapsed.delete(next.id)
      return { variantId: next.variantId, quantity: next.quantity, expiresAt: next.expiresAt, now }
    },
    close() {
      const changed = [...available].filter(([variantId, count]) => rows.get(variantId)?.available !== count)
      return { available: new Map(changed), put: [...put.values()], removed: [...removed], lapsed: [...lapsed] }
    },
  }
}

/** A line that is held keeps its time: changing the quantity extends nothing. */
function heldRow(request: SetRequest, line: HoldRow | undefined, now: Date): HoldRow {
  const fresh = { expiresAt: new Date(now.getTime() + request.ttlMs), firstHeldAt: now }
  const { expiresAt, firstHeldAt } = line?.state === 'held' ? line : fresh
  return {
    id: line?.id ?? request.holdId,
    cartId: request.cartId,
    variantId: request.variantId,
    kind: 'cart',
    state: 'held',
    quantity: request.quantity,
    expiresAt,
    firstHeldAt,
    addedAt: line?.addedAt ?? now,
  }
}

function heldBy(line: HoldRow | undefined): number {
  return line?.state === 'held' ? line.quantity : 0
}

function lineKey(line: { cartId: string; variantId: string }): string {
  return `${line.cartId} ${line.variantId}`
}
