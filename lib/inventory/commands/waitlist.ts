import { newId } from '#lib/ids'
import type { Grant } from '../rules/line.ts'
import { askStock } from './hold.ts'

/**
 * Puts a buyer on the waitlist of a variant for so many pieces; who is there for as many or more keeps the place.
 * Guarantees: places are in the order in which requests got the stock row; what is free goes to the first of them at once.
 * Concurrency: goes through the stock batcher; safe to repeat.
 * Refuses: still-available, not-on-sale, not-open-yet, over-cap, cooling-down, too-many-places, unknown-variant.
 */
export function join(wish: { cartId: string; buyerId: string; variantId: string; quantity: number }): Promise<Grant> {
  return askStock({ type: 'join', entryId: newId(), ...wish })
}

/** Gives up the place, and what was offered goes to the next. Safe to repeat. Refuses: unknown-variant. */
export function leave(place: { cartId: string; variantId: string }): Promise<Grant> {
  return askStock({ type: 'leave', ...place })
}
