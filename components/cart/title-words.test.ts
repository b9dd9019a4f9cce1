import { expect, it } from 'vitest'
import { soonestOf, titleWords } from './title-words.tsx'

const NOW = Date.parse('2026-11-21T12:00:00Z')
const at = (seconds: number) => new Date(NOW + seconds * 1_000).toISOString()

it('counts the soonest hold down, and an offer before it', () => {
  expect(titleWords({ holdUntil: at(192), offerUntil: null }, NOW)).toBe('3:12 · Cart')
  expect(titleWords({ holdUntil: at(30), offerUntil: at(100) }, NOW)).toBe('Offer 1:40')
})

it('goes on with the hold when the offer is over, and says nothing when both are', () => {
  expect(titleWords({ holdUntil: at(30), offerUntil: at(0) }, NOW)).toBe('0:30 · Cart')
  expect(titleWords({ holdUntil: at(-1), offerUntil: null }, NOW)).toBe(null)
})

it('takes the soonest of several', () => {
  expect(soonestOf([at(9), at(3), at(5)])).toBe(at(3))
  expect(soonestOf([])).toBe(null)
})
