import { expect, test } from 'vitest'
import type { StockState } from '#lib/live/events'
import { stockWords } from './stock-words.tsx'

const NOW = Date.parse('2026-11-21T12:00:00Z')

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

test('a last piece in the own cart is not sold out', () => {
  const words = stockWords([state({ available: 0, onHand: 1 })], NOW, 1)
  expect(words).toMatchObject({ text: 'The last one is in your cart', tone: 'accent', isGone: false })
})

test('a piece that is set aside for the viewer is not sold out', () => {
  const gone = state({ available: 0, onHand: 2 })
  expect(stockWords([gone], NOW, 0, 1)).toMatchObject({ text: '1 is set aside for you', isGone: false })
  expect(stockWords([gone], NOW, 1, 2)).toMatchObject({ text: '2 are set aside for you', tone: 'accent' })
  expect(stockWords([state()], NOW, 0, 1)).toMatchObject({ text: 'Only 3 left' })
})

test('what is sold out for everyone is gone, whether or not it may come back', () => {
  expect(stockWords([state({ available: 0, onHand: 2 })], NOW, 0)).toMatchObject({ tone: 'bad', isGone: true })
  expect(stockWords([state({ available: 0, onHand: 0 })], NOW, 0)).toMatchObject({ text: 'Sold out', isGone: true })
  expect(stockWords([state({ onSale: false })], NOW, 0)).toMatchObject({ text: 'Not on sale', isGone: true })
})

test('what can still be had is not gone, however much of it one holds', () => {
  expect(stockWords([state()], NOW, 2)).toMatchObject({ text: 'Only 3 left', isGone: false })
})

test('a drop that has not opened is not gone', () => {
  const drop = state({ opensAt: '2026-11-21T12:00:01Z' })
  expect(stockWords([drop], NOW, 0)).toMatchObject({ text: 'Opens in', opensAt: drop.opensAt, isGone: false })
  expect(stockWords([drop], Infinity, 0).opensAt).toBeNull()
})
