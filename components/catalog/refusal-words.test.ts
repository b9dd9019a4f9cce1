import { expect, test } from 'vitest'
import { inventoryErrors, type InventoryCode } from '#lib/inventory/errors'
import type { Detail } from '#lib/result'
import { refusalWords } from './refusal-words.tsx'

const words = (code: InventoryCode, detail: Detail = {}) => {
  const { message } = inventoryErrors[code]
  return refusalWords({ code, message, detail }).slice(message.length).trim()
}

test('what is gone says what may come back and who waits for it', () => {
  expect(words('sold-out', { available: 0, inCarts: 1, waiting: 0 })).toBe('1 is in another cart and may come back.')
  expect(words('sold-out', { available: 0, inCarts: 2, waiting: 1 })).toBe(
    '2 are in other carts and may come back. 1 buyer waits for it.',
  )
  expect(words('not-enough', { available: 2, inCarts: 5, waiting: 0 })).toBe('2 more are free.')
  expect(words('sold-out')).toBe('')
})

test('a cap says how much of it was bought already', () => {
  expect(words('over-cap', { cap: 5, bought: 3 })).toBe('The most is 5, and you have bought 3.')
  expect(words('over-cap', { cap: 5, bought: 0 })).toBe('The most is 5.')
  expect(words('over-cap', { cap: 20 })).toBe('The most is 20.')
})

test('a rest says until when, to the minute and never too early', () => {
  const againAt = new Date(Date.now() + 90_000)
  const [, said = ''] =
    /^That is at (\d\d:\d\d)\.$/.exec(words('cooling-down', { againAt: againAt.toISOString() })) ?? []
  const [hours = NaN, minutes = NaN] = said.split(':').map(Number)
  const meant = new Date(againAt)
  meant.setHours(hours, minutes, 0, 0)
  // Around midnight the time said belongs to the day after.
  const late = (meant.getTime() - againAt.getTime() + 86_400_000) % 86_400_000
  expect(late).toBeLessThanOrEqual(60_000)
})

test('every code of the engine has a sentence, with and without its figures', () => {
  expect(words('still-available', { available: 1 })).toBe('1 is free.')
  expect(words('too-many-places', { most: 50 })).toBe('The most is 50; your cart lists them.')
  for (const code of ['address-full', 'sign-in-for-more', 'cooling-down', 'being-paid'] as const)
    expect(words(code), code).toBe('')
})
