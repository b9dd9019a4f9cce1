import { ok, refuse } from '#lib/result'
import type { HoldRow, Limits, StockRequest } from '../types.ts'
import { changesOf, count, dropEntry, lineOf, openBook, putLine, type Book, type Changes, type Shelf } from './book.ts'
import { moveLine, setLine, type Grant } from './line.ts'
import { joinWaitlist, leaveWaitlist, serveWaitlist } from './waitlist.ts'

/**
 * Decides a batch: takes back what is due, offers what is free to those who wait, then answers each request in arrival order.
 * Invariant: for each variant `onHand = available + Σ held + Σ offered`, and `available` never falls below 0.
 * Guarantees: a refused request consumes nothing, so the next one may still have what was left; pieces that a request
 * frees are offered to the waitlist before the next request is looked at, so nobody passes it.
 */
export function grant(
  shelf: Shelf,
  requests: readonly StockRequest[],
  limits: Limits,
): { answers: readonly Grant[]; changes: Changes } {
  const book = openBook(shelf, limits)
  for (const hold of shelf.holds) {
    if (isDue(hold, shelf.now)) putLine(book, { ...hold, state: 'lapsed' })
  }
  for (const entry of shelf.entries) {
    if (entry.offeredUntil && entry.offeredUntil <= shelf.now) dropEntry(book, entry)
  }
  for (const row of shelf.stock) serveWaitlist(book, row.variantId)
  const answers = requests.map((request) => {
    const answer = book.stock.get(request.variantId) ? answerOne(book, request) : refuse('unknown-variant' as const)
    serveWaitlist(book, request.variantId)
    return answer
  })
  return { answers, changes: changesOf(book) }
}

/** A hold is due when its time is over. A checkout's hold never is: its order finishes or releases it. */
export function isDue(hold: Pick<HoldRow, 'state' | 'kind' | 'expiresAt'>, now: Date): boolean {
  return hold.state === 'held' && hold.kind !== 'checkout' && hold.expiresAt <= now
}

function answerOne(book: Book, request: StockRequest): Grant {
  switch (request.type) {
    case 'set':
      return setLine(book, request)
    case 'join':
      return joinWaitlist(book, request)
    case 'leave':
      return leaveWaitlist(book, request)
    case 'stock':
      return changeStock(book, request)
    case 'take':
      return takeForOrder(book, request)
    case 'return':
      return returnPieces(book, request)
    case 'move':
      return moveLine(book, request)
    case 'reclaim':
      return ok(null)
  }
}

function changeStock(book: Book, { variantId, delta }: StockRequest & { type: 'stock' }): Grant {
  const row = book.stock.get(variantId)
  if (!row) return refuse('unknown-variant')
  if (row.available + delta < 0) return refuse('below-held', { held: row.onHand - row.available })
  count(book, variantId, { onHand: delta, available: delta })
  return ok(null)
}

/**
 * The pieces are sold: the line remembers how many, for the seller's cap, and the buyer's time begins anew.
 * Taken already, there is nothing to take.
 */
function takeForOrder(book: Book, { variantId, cartId, orderId }: StockRequest & { type: 'take' }): Grant {
  const line = lineOf(book, cartId, variantId)
  if (line?.orderId !== orderId) return ok(null)
  const { quantity } = line
  const bought = line.bought + quantity
  const times = { expiresAt: book.now, firstHeldAt: book.now }
  putLine(book, { ...line, ...times, kind: 'cart', state: 'released', orderId: null, bought })
  count(book, variantId, { onHand: -quantity, available: -quantity })
  return ok({ variantId, quantity, expiresAt: book.now, now: book.now })
}

/** Sold pieces are on the shelf again, and count no more towards what their buyer may have. */
function returnPieces(book: Book, { variantId, cartId, quantity }: StockRequest & { type: 'return' }): Grant {
  const line = lineOf(book, cartId, variantId)
  if (line) putLine(book, { ...line, bought: Math.max(0, line.bought - quantity) })
  count(book, variantId, { onHand: quantity, available: quantity })
  return ok(null)
}
