import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { PlainLine } from '../types.ts'
import { taxLines, taxOf, type Rate } from './tax.ts'

const german: Rate[] = [
  { categorySlug: null, bps: 1_900, isIncluded: true },
  { categorySlug: 'books', bps: 700, isIncluded: true },
]
const line = (unitPriceCents: bigint, categorySlug: string | null = 'home', quantity = 1) =>
  ({ kind: 'goods', unitPriceCents, quantity, categorySlug }) as PlainLine

describe('tax', () => {
  test.each([
    ['in a price', 11_900n, 1_900, true, 1_900n],
    ['in a price, rounded', 100n, 1_900, true, 16n],
    ['on top', 100n, 1_900, false, 19n],
    ['on top, half a cent up', 50n, 700, false, 4n],
    ['at no rate', 12_345n, 0, false, 0n],
  ])('%s', (_, price, bps, isIncluded, cents) => expect(taxOf(price, { bps, isIncluded })).toBe(cents))

  test('is off where there is no rule', () => {
    expect(taxLines([line(1_000n)], [])).toMatchObject([{ taxBps: 0, taxCents: 0n, totalCents: 1_000n }])
  })

  test('goes by the category’s own rule, and by the country’s for all else, sending too', () => {
    const taxed = taxLines([line(1_190n), line(1_070n, 'books'), line(595n, null)], german)
    expect(taxed.map((row) => [row.taxBps, row.taxCents])).toEqual([
      [1_900, 190n],
      [700, 70n],
      [1_900, 95n],
    ])
  })

  test('that comes on top raises the total, and tax that is in it does not', () => {
    const rules = [{ categorySlug: null, bps: 2_000, isIncluded: false }]
    expect(taxLines([line(1_000n, 'home', 3)], rules)).toMatchObject([{ taxCents: 600n, totalCents: 3_600n }])
    expect(taxLines([line(1_190n)], german)).toMatchObject([{ totalCents: 1_190n }])
  })

  test('of a rate is rounded once for all its lines, and they sum to it', () => {
    const lines = fc.array(fc.bigInt({ min: 0n, max: 10_000n }), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(lines, fc.integer({ min: 0, max: 10_000 }), fc.boolean(), (prices, bps, isIncluded) => {
        const rules = [{ categorySlug: null, bps, isIncluded }]
        const taxed = taxLines(
          prices.map((price) => line(price)),
          rules,
        )
        const sum = prices.reduce((all, price) => all + price, 0n)
        expect(taxed.reduce((all, row) => all + row.taxCents, 0n)).toBe(taxOf(sum, { bps, isIncluded }))
        expect(taxed.every((row) => row.taxCents >= 0n && row.taxCents <= row.totalCents)).toBe(true)
      }),
    )
  })
})
