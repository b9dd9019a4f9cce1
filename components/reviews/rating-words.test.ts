import { expect, test } from 'vitest'
import { ratingWords } from './rating-words.tsx'

test.each([
  [{ up: 0, down: 0 }, 'No reviews yet'],
  [{ up: 1, down: 0 }, '100% positive · 1 review'],
  [{ up: 0, down: 1 }, '0% positive · 1 review'],
  [{ up: 199, down: 1 }, '99% positive · 200 reviews'],
])('a rating of %o reads “%s”', (rating, words) => {
  expect(ratingWords(rating)).toBe(words)
})
