import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatMoney, parseAmount, splitCents, writeAmount } from './money.ts'

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

describe('an amount that is split', () => {
  const isNear = (off: bigint, sum: bigint) => off > -sum && off < sum
  const weights = fc.array(fc.bigInt({ min: 0n, max: 10n ** 12n }), { minLength: 1, maxLength: 50 })

  test('sums to itself, and no part is a cent from its exact share', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 13n }), weights, (amount, shares) => {
        const parts = splitCents(amount, shares)
        const sum = shares.reduce((total, share) => total + share, 0n)
        expect(parts.reduce((total, part) => total + part, 0n)).toBe(amount)
        if (sum === 0n) expect(parts[0]).toBe(amount)
        else expect(parts.every((part, index) => isNear(part * sum - amount * (shares[index] ?? 0n), sum))).toBe(true)
      }),
    )
  })

  test('gives what is left over to the largest remainders, and of equal ones to the first', () => {
    expect(splitCents(10n, [1n, 1n, 1n])).toEqual([4n, 3n, 3n])
    expect(splitCents(10n, [5n, 3n, 1n])).toEqual([6n, 3n, 1n])
    expect(splitCents(3n, [0n, 2n, 2n])).toEqual([0n, 2n, 1n])
  })
})
