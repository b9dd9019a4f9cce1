import { ok, refuse, type Result } from '#lib/result'
import type { InventoryCode } from '../errors.ts'
import type { Asker, HeldLine, HoldRow, Limits, SetRequest, StockRequest, StockRow } from '../types.ts'
import { boughtOf, entryOf, forgetLine, heldBy, keyOf, lineOf, ownedOf, putLine, takeOffer, type Book } from './book.ts'

/** What a request is answered: the line it left held, or null. */
export type Grant = Result<HeldLine | null, InventoryCode>

/**
 * Sets a cart's line to an absolute quantity; 0 takes it out of the cart.
 * Guarantees: more pieces come first out of the offer made to this buyer, which is how an offer is taken, then out of what is
 * free while nobody waits. Giving pieces back is always allowed, also when the sale was stopped or a cap lowered meanwhile.
 * Refuses: being-paid, not-on-sale, not-open-yet, over-cap, cart-full, cooling-down, sold-out, not-enough, address-full,
 * sign-in-for-more.
 */
export function setLine(book: Book, request: SetRequest): Grant {
  const { cartId, variantId, quantity } = request
  const line = lineOf(book, cartId, variantId)
  if (line?.kind === 'checkout') return refuse('being-paid')
  if (quantity === 0) {
    if (line && line.state !== 'released') putLine(book, releasedLine(line, book.now))
    return ok(null)
  }
  const more = quantity - heldBy(line)
  if (line && more <= 0) return putHeld(book, { ...line, quantity })
  const row = book.stock.get(variantId)
  if (!row) return refuse('unknown-variant')
  // A line that is held stays with the address it came from.
  const asker = line?.state === 'held' ? { ...request, source: line.source } : request
  const refusal =
    saleRefusal(row, book.now) ?? buyerCapRefusal(book, row, cartId, more) ?? roomRefusal(book, line, cartId)
  if (refusal) return refusal
  const times = timesOf(line, request.ttlMs, book.now, book.limits)
  if ('againAt' in times) return refuse('cooling-down', { againAt: times.againAt.toISOString() })
  return takePieces(book, row, { ...freshLine(asker, line, book.now), ...times, quantity })
}

/**
 * Moves a line into another cart, with its pieces; where that has the variant too the lines become one.
 * Guarantees: no line is dropped and nothing is extended. What would exceed a cap goes back on the shelf; a line of which
 * nothing may be held stays in the cart as lapsed.
 * Refuses: being-paid, when either line is: it stays where it is.
 */
export function moveLine(book: Book, { cartId, toCartId, variantId }: StockRequest & { type: 'move' }): Grant {
  const line = lineOf(book, cartId, variantId)
  if (!line) return ok(null)
  const twin = lineOf(book, toCartId, variantId)
  if (line.kind === 'checkout' || twin?.kind === 'checkout') return refuse('being-paid')
  putLine(book, { ...line, state: 'released' })
  forgetLine(book, line)
  const rested = new Date(book.now.getTime() - book.limits.cooldownMs)
  const joined = twin ? joinLines(line, twin, rested) : { ...line, cartId: toCartId }
  const held = heldBy(joined)
  const excess = Math.max(0, excessOf(book, variantId, toCartId, held - heldBy(twin)))
  const allowed = Math.max(0, held - excess)
  const next = { ...joined, anonymous: false }
  // What a fresh cart took may be held no longer than the buyer, who had some before, may have any.
  const endsAt = earliest([joined.expiresAt, new Date(joined.firstHeldAt.getTime() + book.limits.holdLimitMs)])
  if (held === 0) putLine(book, next)
  else if (allowed > 0 && endsAt > book.now) putLine(book, { ...next, quantity: allowed, expiresAt: endsAt })
  else putLine(book, { ...next, state: 'lapsed', expiresAt: book.now })
  return ok(null)
}

/**
 * Two lines of one variant become one. What is held of both is held together until the earlier end: merging extends
 * nothing, nor does it begin anew what ended after `restedBefore`. A line that is not held is a wish; what was bought stays
 * bought.
 */
export function joinLines(line: HoldRow, twin: HoldRow, restedBefore: Date): HoldRow {
  const both = [line, twin]
  const inState = (state: HoldRow['state']) => both.filter((each) => each.state === state)
  const [counted = both] = [inState('held'), inState('lapsed')].filter((each) => each.length > 0)
  const state = counted[0]?.state ?? 'released'
  const recent = both.filter((each) => each.state === 'held' || each.expiresAt > restedBefore)
  return {
    ...twin,
    state,
    bought: line.bought + twin.bought,
    quantity: counted.reduce((sum, each) => sum + each.quantity, 0),
    expiresAt: (state === 'held' ? earliest : latest)(counted.map((each) => each.expiresAt)),
    firstHeldAt: earliest((recent.length > 0 ? recent : counted).map((each) => each.firstHeldAt)),
  }
}

/**
 * Until when pieces taken now may be held, or when they may be held again.
 * A line that is held keeps its time: another quantity extends nothing. Without a rest of a cooldown, having the pieces goes
 * on: taking them out and putting them back extends nothing, and `holdLimitMs` after the first moment it is over.
 */
export function timesOf(
  line: Pick<HoldRow, 'state' | 'expiresAt' | 'firstHeldAt'> | undefined,
  ttlMs: number,
  now: Date,
  limits: Pick<Limits, 'holdLimitMs' | 'cooldownMs'>,
): Pick<HoldRow, 'expiresAt' | 'firstHeldAt'> | { againAt: Date } {
  if (line?.state === 'held') return { expiresAt: line.expiresAt, firstHeldAt: line.firstHeldAt }
  const at = now.getTime()
  const againAt = (line?.expiresAt.getTime() ?? -Infinity) + limits.cooldownMs
  if (!line || againAt <= at) return { expiresAt: new Date(at + ttlMs), firstHeldAt: now }
  const first = line.firstHeldAt.getTime()
  const expiresAt = first + ttlMs > at ? first + ttlMs : Math.min(at + ttlMs, first + limits.holdLimitMs)
  return expiresAt > at
    ? { expiresAt: new Date(expiresAt), firstHeldAt: line.firstHeldAt }
    : { againAt: new Date(againAt) }
}

/** The refusal of a sale that has not begun or is over; null when it goes on. */
export function saleRefusal(row: StockRow, now: Date): Grant | null {
  if (!row.onSale) return refuse('not-on-sale')
  if (row.opensAt && row.opensAt > now) return refuse('not-open-yet', { opensAt: row.opensAt.toISOString() })
  return null
}

/** The refusal of more pieces than a seller, or the market, lets one buyer have of this; null when they may be had. */
export function buyerCapRefusal(book: Book, row: StockRow, cartId: string, more: number): Grant | null {
  const excess = excessOf(book, row.variantId, cartId, more)
  if (excess <= 0) return null
  return refuse(
    'over-cap',
    row.cap === null
      ? { cap: book.limits.capPerVariant }
      : { cap: row.cap, bought: boughtOf(book, cartId, row.productId) },
  )
}

/** How many of `more` pieces are beyond what the buyer may have: of the product by its seller, of the variant by the market. */
function excessOf(book: Book, variantId: string, cartId: string, more: number): number {
  const row = book.stock.get(variantId)
  if (!row) return more
  if (row.cap !== null) return ownedOf(book, cartId, row.productId) + more - row.cap
  return heldBy(lineOf(book, cartId, variantId)) + more - book.limits.capPerVariant
}

/** Of what is there one network address, and all visitors together, may have a share. */
function shareRefusal(
  book: Book,
  row: StockRow,
  { source, anonymous }: Omit<Asker, 'cartId'>,
  more: number,
): Grant | null {
  if (source !== null) {
    const most = (row.cap ?? book.limits.capPerVariant) * book.limits.cartsPerAddress
    if ((book.counts.sources.get(keyOf(row.variantId, source)) ?? 0) + more > most)
      return refuse('address-full', { most })
  }
  if (anonymous) {
    const most = Math.max(1, Math.floor((row.onHand * book.limits.anonymousPercent) / 100))
    if (row.anonymous + more > most) return refuse('sign-in-for-more', { most })
  }
  return null
}

function roomRefusal(book: Book, line: HoldRow | undefined, cartId: string): Grant | null {
  const isNew = !line || line.state === 'released'
  const lines = book.counts.lines.get(cartId) ?? 0
  return isNew && lines >= book.limits.linesPerCart ? refuse('cart-full', { lines }) : null
}

function takePieces(book: Book, row: StockRow, next: HoldRow): Grant {
  const { cartId, variantId } = next
  const held = heldBy(lineOf(book, cartId, variantId))
  const more = next.quantity - held
  const entry = entryOf(book, cartId, variantId)
  const offered = Math.min(more, entry?.offered ?? 0)
  // Nobody passes the line: while somebody waits, free pieces are theirs.
  const free = row.waiting > 0 ? 0 : row.available
  if (more - offered > free) {
    // Pieces that others hold may come back; a buyer who knows that waits instead of leaving.
    const inCarts = row.onHand - row.available - held - offered
    const detail = { available: free + offered, held, inCarts, waiting: row.waiting }
    return refuse(free + offered + held === 0 ? 'sold-out' : 'not-enough', detail)
  }
  // Asked last: nobody is sent to sign in for pieces that are gone.
  const refusal = shareRefusal(book, row, next, more)
  if (refusal) return refusal
  if (entry && offered > 0) takeOffer(book, entry, offered)
  return putHeld(book, next, offered)
}

function putHeld(book: Book, next: HoldRow, offered = 0): Grant {
  putLine(book, next, offered)
  const line: HeldLine = {
    variantId: next.variantId,
    quantity: next.quantity,
    expiresAt: next.expiresAt,
    now: book.now,
  }
  return ok(line)
}

function freshLine(request: SetRequest, line: HoldRow | undefined, now: Date): HoldRow {
  return {
    id: line?.id ?? request.holdId,
    cartId: request.cartId,
    variantId: request.variantId,
    kind: 'cart',
    state: 'held',
    quantity: 0,
    expiresAt: now,
    firstHeldAt: now,
    addedAt: line && line.state !== 'released' ? line.addedAt : now,
    bought: line?.bought ?? 0,
    anonymous: request.anonymous,
    source: request.source,
    orderId: null,
  }
}

/** Out of the cart, but remembered: what was held keeps the moment it ended. */
function releasedLine(line: HoldRow, now: Date): HoldRow {
  return { ...line, state: 'released', expiresAt: line.state === 'held' ? now : line.expiresAt }
}

function earliest(times: readonly Date[]): Date {
  return new Date(Math.min(...times.map((time) => time.getTime())))
}

function latest(times: readonly Date[]): Date {
  return new Date(Math.max(...times.map((time) => time.getTime())))
}
