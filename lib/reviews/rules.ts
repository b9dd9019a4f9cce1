import { ok, refuse, type Result } from '#lib/result'
import type { ReviewCode } from './errors.ts'
import type { Opinion, Received, Said, Thumb, Thumbs } from './types.ts'

/**
 * Whether a line's buyer may say how it was, who has not said so yet.
 * Guarantees: it has arrived, and at least a piece of it stays with the buyer. A complaint does not keep anybody from it.
 * Refuses: own-shop, not-received, given-back.
 */
export function mayReview(line: Received): Result<null, ReviewCode> {
  if (line.isOwnShop) return refuse('own-shop')
  if (line.cancelledAt || !line.deliveredAt) return refuse('not-received')
  return line.refundedQuantity < line.quantity ? ok(null) : refuse('given-back')
}

/**
 * Whether what was said may be said differently, or taken back: at any time, whatever became of the order since.
 * Refuses: review-hidden, or else whatever was hidden would be there again under another number.
 */
export function mayChange(said: Said): Result<null, ReviewCode> {
  return said.hiddenAt ? refuse('review-hidden') : ok(null)
}

export function isSame(one: Said, other: Opinion & { readonly text: string }): boolean {
  return one.item === other.item && one.seller === other.seller && one.text === other.text
}

/** What a rating gains and loses when a review becomes another one. Null: there is none. One that is hidden does not count. */
export function shiftOf(before: Said | null, after: Said | null, subject: keyof Opinion): Thumbs {
  const was = countedThumb(before, subject)
  const is = countedThumb(after, subject)
  const shift = (thumb: Thumb) => Number(is === thumb) - Number(was === thumb)
  return { up: shift('up'), down: shift('down') }
}

function countedThumb(said: Said | null, subject: keyof Opinion): Thumb | null {
  return said && !said.hiddenAt ? said[subject] : null
}

/** How many of a hundred are for it; null while nobody has said anything. Rounded down: a hundred is never said of less than all. */
export function percentUp({ up, down }: Thumbs): number | null {
  return up + down === 0 ? null : Math.floor((up * 100) / (up + down))
}

/** The name under a review, such as "Ada L.": of the last name only how it begins, so that who knows a buyer recognizes them and no stranger finds them. */
export function shortName(name: string): string {
  const [first = '', ...others] = name.trim().split(/\s+/)
  const last = others.at(-1)
  const [initial] = last ? new Intl.Segmenter().segment(last) : []
  return initial ? `${first} ${initial.segment}.` : first
}
