import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ruleFor } from './commission.ts'
import { exampleOf, hiddenBy } from './terms.ts'

const name = fc.constantFrom('a', 'b', 'c')
const scope = fc.oneof(
  fc.record({ category: name, seller: fc.constant(null) }),
  fc.record({ category: fc.constant(null), seller: name }),
  fc.constant({ category: null, seller: null }),
)
const none = { feeBps: 0, fixedCents: 0n, floorCents: null, capCents: null }

test('a rule is said to be hidden exactly when no sale ever gets to it', () => {
  const sales = ['a', 'b', 'c', 'other'].flatMap((categorySlug) =>
    ['a', 'b', 'c', 'other'].map((sellerId) => ({ categorySlug, sellerId })),
  )
  fc.assert(
    fc.property(fc.array(scope, { maxLength: 5 }), (scopes) => {
      const rules = scopes.map(({ category, seller }, position) => ({
        ...{ position, categorySlug: category, sellerId: seller },
        ...none,
      }))
      const reached = new Set(sales.map((sale) => ruleFor(rules, sale)?.position))
      scopes.forEach((_, index) => expect(hiddenBy(scopes, index) === null).toBe(reached.has(index)))
    }),
  )
})

test('an example is what a checkout would make of it', () => {
  const sale = { priceCents: 10_000n, categorySlug: 'books', sellerId: 'a', country: 'DE' }
  const half = { position: 0, categorySlug: null, sellerId: null, ...none, feeBps: 500 }
  const books = { country: 'DE', categorySlug: 'books', bps: 700, isIncluded: true }
  const rest = { country: 'DE', categorySlug: null, bps: 1_900, isIncluded: false }
  expect(exampleOf(sale, { commissions: [half], taxes: [] })).toEqual(costs(10_000n, 500n, 0n))
  // 5 % of what is left of 100.00 without 6.54.
  expect(exampleOf(sale, { commissions: [half], taxes: [rest, books] })).toEqual(costs(10_000n, 467n, 654n))
  const other = { ...sale, categorySlug: 'home' }
  expect(exampleOf(other, { commissions: [half], taxes: [rest, books] })).toEqual(costs(11_900n, 500n, 1_900n))
  expect(exampleOf({ ...other, country: 'AT' }, { commissions: [half], taxes: [rest, books] })).toEqual(
    costs(10_000n, 500n, 0n),
  )
  expect(exampleOf(sale, { commissions: [{ ...half, sellerId: 'b' }], taxes: [] })).toEqual(costs(10_000n, 0n, 0n))
})

const costs = (totalCents: bigint, commissionCents: bigint, taxCents: bigint) => ({
  totalCents,
  commissionCents,
  taxCents,
})
