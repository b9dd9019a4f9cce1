import { expect, test } from 'vitest'
import type { StockState } from '#lib/live/events'
import { stockWords } from './stock-words.tsx'

const state = (change: Partial<StockState> = {}): StockState => ({
  variantId: 'v',
  productId: 'p',
  available: 3,
  onHand: 3,
  waiting: 0,
  version: 1,
  onSale: true,
  opensAt: null,
  ...change,
})

test('plenty is counted over all versions of a product', () => {
  expect(stockWords([state({ available: 4 }), state({ available: 5 })]).text).toBe('9 in stock')
})

test('few pieces are named as few, the last one as the last', () => {
  expect(stockWords([state()]).text).toBe('Only 3 left')
  expect(stockWords([state({ available: 1 })]).text).toBe('Last one')
})

test('a last piece in the own cart is not sold out', () => {
  const words = stockWords([state({ available: 0, onHand: 1 })], 1)
  expect(words).toMatchObject({ text: 'The last one is in your cart', isGone: false })
})

test('what others hold may come back and is named', () => {
  expect(stockWords([state({ available: 0, onHand: 2 })])).toMatchObject({ text: 'Sold out, 2 in carts', isGone: true })
})

test('nothing left at all is sold out', () => {
  expect(stockWords([state({ available: 0, onHand: 0 })])).toMatchObject({ text: 'Sold out', isGone: true })
})

test('pieces that are not on sale do not count', () => {
  expect(stockWords([state({ onSale: false, available: 8 })]).text).toBe('Not on sale')
  expect(stockWords([state({ onSale: false, available: 8 }), state({ available: 1 })]).text).toBe('Last one')
})
