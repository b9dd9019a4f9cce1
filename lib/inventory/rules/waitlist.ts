import { ok, refuse } from '#lib/result'
import type { JoinRequest, LeaveRequest } from '../types.ts'
import { count, dropEntry, entryOf, lineOf, putEntry, type Book } from './book.ts'
import { buyerCapRefusal, saleRefusal, timesOf, type Grant } from './line.ts'

/**
 * Offers free pieces to those who wait, first come, first served: each place gets an offer of what it wants or of what is there.
 * A place with an offer that wants more keeps standing where it is until that offer's time is over.
 * Does nothing while the variant is not for sale.
 */
export function serveWaitlist(book: Book, variantId: string): void {
  const row = book.stock.get(variantId)
  if (!row || row.entries === 0 || row.available === 0 || saleRefusal(row, book.now)) return
  for (const entry of book.queues.get(variantId) ?? []) {
    const pieces = Math.min(book.stock.get(variantId)?.available ?? 0, entry.wanted)
    if (pieces === 0) continue
    putEntry(book, {
      ...entry,
      wanted: entry.wanted - pieces,
      offered: entry.offered + pieces,
      offeredUntil: entry.offeredUntil ?? new Date(book.now.getTime() + book.limits.offerTtlMs),
    })
  }
}

/**
 * Puts a buyer at the end of the waitlist. One place a variant: asking again for as many or fewer keeps it, for more goes to the
 * end; while an offer is open nothing changes.
 * Refuses: not-on-sale, not-open-yet, over-cap, still-available, cooling-down, too-many-places.
 */
export function joinWaitlist(book: Book, request: JoinRequest): Grant {
  const { cartId, variantId, buyerId, quantity } = request
  const row = book.stock.get(variantId)
  if (!row) return refuse('unknown-variant')
  const present = entryOf(book, cartId, variantId)
  if (present?.offeredUntil) return ok(null)
  const line = lineOf(book, cartId, variantId)
  const refusal = saleRefusal(row, book.now) ?? buyerCapRefusal(book, row, cartId, quantity)
  if (refusal) return refusal
  const times = timesOf(line, 1, book.now, book.limits)
  if ('againAt' in times) return refuse('cooling-down', { againAt: times.againAt.toISOString() })
  if (present && quantity <= present.wanted) {
    putEntry(book, { ...present, wanted: quantity })
    return ok(null)
  }
  if (row.waiting === 0 && row.available >= quantity) return refuse('still-available', { available: row.available })
  if (!present && (book.counts.places.get(cartId) ?? 0) >= book.limits.placesPerBuyer) {
    return refuse('too-many-places', { most: book.limits.placesPerBuyer })
  }
  const id = present?.id ?? request.entryId
  const place = { position: row.nextPosition, wanted: quantity, offered: 0, offeredUntil: null, joinedAt: book.now }
  putEntry(book, { id, variantId, cartId, buyerId, ...place })
  count(book, variantId, { nextPosition: 1 })
  return ok(null)
}

/** Gives the place up, and with it what was offered. Not waiting is no refusal. */
export function leaveWaitlist(book: Book, { cartId, variantId }: LeaveRequest): Grant {
  const entry = entryOf(book, cartId, variantId)
  if (entry) dropEntry(book, entry)
  return ok(null)
}
