import { percentUp } from '#lib/reviews/rules'
import type { Thumbs } from '#lib/reviews/types'

/** What a rating says in words, such as “95% positive · 43 reviews”. */
export function ratingWords(rating: Thumbs): string {
  const percent = percentUp(rating)
  if (percent === null) return 'No reviews yet'
  const count = rating.up + rating.down
  return `${percent}% positive · ${count} ${count === 1 ? 'review' : 'reviews'}`
}
