import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  commissionDraftOf,
  commissionFaultsOf,
  commissionRulesOf,
  taxDraftOf,
  taxFaultsOf,
  taxRulesOf,
  type CommissionDraft,
} from './rule-draft.tsx'

const bps = fc.integer({ min: 0, max: 10_000 })
const cents = fc.bigInt({ min: 1n, max: 1_000_000_000n }).map(String)
const maybe = fc.option(cents, { nil: null })
const scope = fc.constantFrom(
  { category: 'books', seller: null },
  { category: null, seller: 'a-shop' },
  { category: null, seller: null },
)
const amounts = fc.record({
  feeBps: bps,
  fixedCents: fc.oneof(cents, fc.constant('0')),
  floorCents: maybe,
  capCents: maybe,
})
const commission = fc.tuple(scope, amounts).map(([of, rule]) => ({ ...of, ...rule }))
const tax = fc.record({
  country: fc.constantFrom('DE', 'AT'),
  category: fc.option(fc.constant('books'), { nil: null }),
  bps,
  isIncluded: fc.boolean(),
})

test('a rule that is shown and sent as it is says the same as before, to the basis point and the cent', () => {
  fc.assert(
    fc.property(fc.array(commission), fc.array(tax), (commissions, taxes) => {
      const drafts = commissions.map((rule) => commissionDraftOf(rule, ''))
      expect(commissionFaultsOf(drafts)).toEqual({})
      expect(commissionRulesOf(drafts)).toEqual(commissions)
      const taxDrafts = taxes.map((rule) => taxDraftOf(rule, ''))
      expect(taxFaultsOf(taxDrafts)).toEqual({})
      expect(taxRulesOf(taxDrafts)).toEqual(taxes)
    }),
  )
})

const draft: CommissionDraft = {
  key: '',
  scope: 'all',
  category: '',
  seller: '',
  fee: '5',
  fixed: '',
  floor: '',
  cap: '',
}

test.each([
  ['5', 500],
  [' 7,5 ', 750],
  ['7.55%', 755],
  ['100', 10_000],
  ['', null],
  ['100.01', null],
  ['5.555', null],
  ['-1', null],
])('a share of %s is so many basis points, or is refused: %s', (fee, expected) => {
  const faults = commissionFaultsOf([draft, { ...draft, fee }])
  expect(Object.keys(faults)).toEqual(expected === null ? ['rules.1.feeBps'] : [])
  if (expected !== null) expect(commissionRulesOf([{ ...draft, fee }])[0]?.feeBps).toBe(expected)
})

test('what cannot be read, and a shop or a country that is not named, are said at their fields', () => {
  expect(Object.keys(commissionFaultsOf([{ ...draft, scope: 'seller', cap: '1,2,3' }]))).toEqual([
    'rules.0.capCents',
    'rules.0.seller',
  ])
  expect(Object.keys(taxFaultsOf([{ key: '', country: '', category: '', rate: 'x', isIncluded: true }]))).toEqual([
    'rules.0.bps',
    'rules.0.country',
  ])
})
