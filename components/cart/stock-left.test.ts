import { expect, it } from 'vitest'
import type { StockState } from '#lib/live/events'
import { lapsedWords, leftWords } from './stock-left.tsx'

const stock = (over: Partial<StockState>): StockState => ({
  variantId: 'a',
  productId: 'p',
  available: 0,
  onHand: 0,
  waiting: 0,
  version: 1,
  onSale: true,
  opensAt: null,
  ...over,
})

it('a held line tells what else there is, and does not count its own pieces among those of others', () => {
  expect(leftWords(stock({ available: 4, onHand: 6 }), 2)).toBe('4 more in the shop')
  expect(leftWords(stock({ available: 0, onHand: 5 }), 2)).toBe('No more free · 3 in other carts, may come back')
  expect(leftWords(stock({ available: 0, onHand: 2 }), 2)).toBe('No more free')
})

it('a lapsed line tells whether it can be held again', () => {
  expect(lapsedWords(stock({ available: 1, onHand: 3 }))).toBe('1 left in the shop.')
  expect(lapsedWords(stock({ available: 0, onHand: 3 }))).toBe('3 in other carts, may come back.')
  expect(lapsedWords(stock({ available: 0, onHand: 0 }))).toBe('Sold out.')
})

it('pieces that are kept for who waits are not free', () => {
  expect(leftWords(stock({ available: 1, onHand: 2, waiting: 3 }), 1)).toBe('No more free')
  expect(lapsedWords(stock({ available: 1, onHand: 1, waiting: 3 }))).toBe('Sold out.')
})
