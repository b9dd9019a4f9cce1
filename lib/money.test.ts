import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatMoney, parseAmount, writeAmount } from './money.ts'

test('amounts are read as people write them, and nothing else is', () => {
  expect(['12', '12.5', '12,50', ' 0.07 '].map(parseAmount)).toEqual([1200n, 1250n, 1250n, 7n])
  expect(['', '-1', '1.234', '1.', '1 000', '1e3', 'NaN', '12345678901'].map(parseAmount)).toEqual(Array(8).fill(null))
})

test('writing and reading an amount is the same amount', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 999_999_999_999n }), (cents) => {
      expect(parseAmount(writeAmount(cents))).toBe(cents)
    }),
  )
})

test('money is printed exactly, beyond what a float could hold', () => {
  expect(formatMoney(9_007_199_254_740_993n)).toBe('€90,071,992,547,409.93')
  expect(formatMoney(-5n)).toBe('-€0.05')
})
