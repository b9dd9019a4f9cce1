import { expect, test } from 'vitest'
import { offerWords, placeWords, waitingWords } from './place-words.tsx'

const until = '2026-11-21T12:02:00Z'

test('a place says how many stand before it', () => {
  expect(placeWords({ ahead: 0, wanted: 1 })).toBe('You are next')
  expect(placeWords({ ahead: 1, wanted: 1 })).toBe('1 buyer waits before you')
  expect(placeWords({ ahead: 2, wanted: 1 })).toBe('2 buyers wait before you')
  expect(placeWords({ ahead: null, wanted: 3 })).toBe('You wait for 3 more for a moment')
})

test('an offer says how many pieces, and whether they come on top', () => {
  expect(offerWords({ held: 0, offer: { quantity: 1, until } })).toBe('1 piece is set aside for you')
  expect(offerWords({ held: 2, offer: { quantity: 3, until } }, 'Bell')).toBe(
    '3 more pieces of Bell are set aside for you',
  )
})

test('the line says how many wait', () => {
  expect([0, 1, 2].map(waitingWords)).toEqual(['Nobody waits yet', '1 buyer waits', '2 buyers wait'])
})
