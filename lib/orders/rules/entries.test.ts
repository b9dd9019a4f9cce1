import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { condense, nameOf, sumOf } from '#lib/ledger/rules'
import type { Entry } from '#lib/ledger/types'
import type { CommissionRule } from '../types.ts'
import { commissionOf, ruleFor, shareOf } from './commission.ts'
import {
  refundEntry,
  refundFailedEntry,
  refundPaidEntry,
  saleEntry,
  settlementEntry,
  type PartShare,
} from './entries.ts'
import { priceCart, totalOf } from './lines.ts'
import { applyRefund, leftOf, planRefund, type SoldLine } from './refund.ts'

/** Orders that are made up and taken apart: 5,000, or as many as MONEY_ORDERS says. */
const ORDERS = Number(process.env.MONEY_ORDERS ?? 5_000)

const rule = (over: Partial<CommissionRule> = {}): CommissionRule => ({
  position: 1,
  categorySlug: null,
  sellerId: null,
  feeBps: 1_000,
  fixedCents: 0n,
  floorCents: null,
  capCents: null,
  ...over,
})

describe('commission', () => {
  test('is the first rule’s that fits, in the operator’s order and not in the order of the list', () => {
    const rules = [
      rule({ position: 3, feeBps: 3 }),
      rule({ position: 1, feeBps: 1, sellerId: 's1' }),
      rule({ position: 2, feeBps: 2, categorySlug: 'art' }),
    ]
    const feeOf = (categorySlug: string, sellerId: string) => ruleFor(rules, { categorySlug, sellerId })?.feeBps
    expect([feeOf('art', 's1'), feeOf('art', 's2'), feeOf('toys', 's1'), feeOf('toys', 's2')]).toEqual([1, 2, 1, 3])
    expect(ruleFor(rules.slice(1), { categorySlug: 'toys', sellerId: 's2' })).toBeNull()
  })

  test.each([
    ['a tenth', rule(), 1_999n, 200n],
    ['half a cent, rounded up', rule({ feeBps: 50 }), 100n, 1n],
    ['less than half a cent, rounded down', rule({ feeBps: 49 }), 100n, 0n],
    ['a share and a fixed part', rule({ fixedCents: 30n }), 1_000n, 130n],
    ['at least the floor', rule({ floorCents: 150n }), 1_000n, 150n],
    ['at most the cap', rule({ capCents: 50n, fixedCents: 30n }), 1_000n, 50n],
    ['never more than the line', rule({ floorCents: 150n }), 100n, 100n],
    ['nothing where no rule fits', null, 1_000n, 0n],
  ] as const)('%s', (_, fee, total, cents) => expect(commissionOf(fee, total)).toBe(cents))

  test('of a line that is taken apart sums to what was frozen', () => {
    const cuts = fc.array(fc.bigInt({ min: 1n, max: 9n }), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 12n }), cuts, (amount, parts) => {
        const whole = parts.reduce((sum, part) => sum + part, 0n)
        const before = parts.map((_, index) => parts.slice(0, index).reduce((sum, part) => sum + part, 0n))
        const shares = parts.map((part, index) => shareOf(amount, before[index] ?? 0n, part, whole))
        expect(shares.reduce((sum, share) => sum + share, 0n)).toBe(amount)
        expect(shares.every((share) => share >= 0n)).toBe(true)
      }),
    )
  })
})

interface Step {
  readonly part: number
  readonly line: number
  readonly quantity: number
  readonly isPaid: boolean
}

const cents = fc.oneof(fc.bigInt({ min: 0n, max: 20n }), fc.bigInt({ min: 0n, max: 10n ** 11n }))
const lineArb = fc.record({
  priceCents: cents,
  quantity: fc.integer({ min: 1, max: 12 }),
  sellerId: fc.constantFrom('s0', 's1', 's2', 's3'),
  categorySlug: fc.constantFrom('art', 'books', 'toys'),
})
const ruleArb = fc.record({
  categorySlug: fc.constantFrom(null, 'art', 'books'),
  sellerId: fc.constantFrom(null, 's0', 's1'),
  feeBps: fc.integer({ min: 0, max: 10_000 }),
  fixedCents: fc.bigInt({ min: 0n, max: 99n }),
  floorCents: fc.option(fc.bigInt({ min: 0n, max: 300n })),
  capCents: fc.option(fc.bigInt({ min: 0n, max: 900n })),
})
const methodArb = fc.record({
  sellerId: fc.constantFrom('s0', 's1', 's2'),
  flatCents: fc.bigInt({ min: 0n, max: 2_000n }),
  perItemCents: fc.bigInt({ min: 0n, max: 300n }),
  freeOverCents: fc.option(cents),
})
const taxArb = fc.record({
  categorySlug: fc.constantFrom(null, 'art', 'books'),
  bps: fc.integer({ min: 0, max: 10_000 }),
  isIncluded: fc.boolean(),
})
const stepArb: fc.Arbitrary<Step> = fc.record({
  part: fc.nat(3),
  line: fc.nat(8),
  quantity: fc.integer({ min: 1, max: 12 }),
  isPaid: fc.boolean(),
})
const orderArb = fc.record({
  lines: fc.array(lineArb, { minLength: 1, maxLength: 12 }),
  rules: fc.array(ruleArb, { maxLength: 4 }),
  methods: fc.array(methodArb, { maxLength: 3 }),
  taxes: fc.uniqueArray(taxArb, { maxLength: 3, selector: (tax) => tax.categorySlug }),
  before: fc.array(stepArb, { maxLength: 6 }),
  after: fc.array(stepArb, { maxLength: 6 }),
})

/** A book that sums what is posted, and refuses what the database would. */
class Book {
  readonly sums = new Map<string, bigint>()
  readonly seen = new Set<string>()

  post(entry: Entry): void {
    expect(this.seen.has(`${entry.kind} ${entry.subjectId}`)).toBe(false)
    this.seen.add(`${entry.kind} ${entry.subjectId}`)
    const { postings } = condense(entry)
    expect(sumOf(postings)).toBe(0n)
    for (const { account, amountCents } of postings) {
      this.sums.set(nameOf(account), this.of(nameOf(account)) + amountCents)
    }
  }

  of(name: string): bigint {
    return this.sums.get(name) ?? 0n
  }
}

/** The parts of a made-up order, as a checkout prices them. */
function makeParts(order: typeof orderArb extends fc.Arbitrary<infer T> ? T : never) {
  const items = order.lines.map((line, index) => ({
    ...{ ...line, variantId: `v${index}`, productId: `p${index}`, sellerName: line.sellerId, title: 'A thing' },
    ...{ optionValues: [], pictureId: null, isPublished: true },
  }))
  const terms = {
    items: new Map(items.map((item) => [item.variantId, item])),
    commissions: order.rules.map((row, position) => ({ ...row, position })),
    methods: order.methods.map((row, id) => ({ ...row, id: `m${id}`, position: id, name: 'Post', countries: [] })),
    taxes: order.taxes.map((tax) => ({ ...tax, country: 'DE' })),
  }
  const cart = items.map(({ variantId, quantity }) => ({ variantId, quantity, state: 'held' as const }))
  const priced = priceCart(cart, terms, { country: 'DE', methodIds: [], ownSellerId: null })
  if (!priced.ok) throw new Error(priced.refusal.code)
  return priced.value.map(({ sellerId, lines, totalCents, commissionCents }) => ({
    ...{ sellerOrderId: `part ${sellerId}`, sellerId, totalCents, commissionCents, isSettled: false },
    lines: lines.map((line, index): SoldLine => {
      const gone = { refundedQuantity: 0, refundedCents: 0n, refundedCommissionCents: 0n, refundedTaxCents: 0n }
      return { ...line, id: `${sellerId}.${index}`, ...gone, returnedQuantity: 0 }
    }),
  }))
}

type Part = ReturnType<typeof makeParts>[number]

function partShare(part: Part, lines: PartShare['lines']): PartShare {
  return { sellerOrderId: part.sellerOrderId, sellerId: part.sellerId, currency: 'EUR', lines }
}

/** What of a line has not been given back. */
function restOf(line: SoldLine) {
  return {
    lineId: line.id,
    amountCents: line.totalCents - line.refundedCents,
    commissionCents: line.commissionCents - line.refundedCommissionCents,
    taxCents: line.taxCents - line.refundedTaxCents,
  }
}

/** Gives pieces back, if there are any left, or tries to and the provider refuses. Returns what the buyer got. */
function refund(book: Book, part: Part, step: Step, refundId: string): bigint {
  const line = part.lines[step.line % part.lines.length]
  const quantity = line ? Math.min(step.quantity, leftOf(line)) : 0
  if (!line || quantity === 0) return 0n
  const planned = planRefund(part.lines, { lines: [{ lineId: line.id, quantity }], isReturned: true })
  if (!planned.ok) throw new Error(planned.refusal.code)
  const lines = planned.value
  expect(lines.every((row) => row.variantId !== null || row.returnedQuantity === 0)).toBe(true)
  const entry = refundEntry(`e ${refundId}`, { ...partShare(part, lines), refundId, isSettled: part.isSettled })
  book.post(entry)
  const totalCents = lines[0]?.amountCents ?? 0n
  expect(book.of('refunding')).toBe(totalCents)
  if (!step.isPaid) {
    book.post(refundFailedEntry(`f ${refundId}`, entry))
    return 0n
  }
  book.post(refundPaidEntry(`p ${refundId}`, { refundId, currency: 'EUR', totalCents }))
  part.lines = applyRefund(part.lines, lines, 1)
  return totalCents
}

test(
  'orders of several sellers with commission, shipping and tax, refunded in pieces before and after their settlement, drift by no cent',
  () => {
    fc.assert(
      fc.property(orderArb, (order) => {
        const book = new Book()
        const parts = makeParts(order)
        const paid = totalOf(parts)
        book.post(
          saleEntry('sale', {
            id: 'order',
            currency: 'EUR',
            parts: parts.map((part) => ({ id: part.sellerOrderId, totalCents: totalOf(part.lines) })),
          }),
        )
        expect([book.of('cash'), book.of('escrow')]).toEqual([-paid, paid])
        const give = (steps: readonly Step[], when: string) =>
          steps.reduce((sum, step, index) => {
            const part = parts[step.part % parts.length]
            return part ? sum + refund(book, part, step, `${when} ${index}`) : sum
          }, 0n)
        const early = give(order.before, 'before')
        expect(book.of('escrow')).toBe(paid - early)
        for (const part of parts) {
          const left = part.lines.map(restOf)
          book.post(settlementEntry(`settled ${part.sellerId}`, partShare(part, left)))
          part.isSettled = true
        }
        expect(book.of('escrow')).toBe(0n)
        const late = give(order.after, 'after')

        expect(book.of('cash')).toBe(-(paid - early - late))
        expect([book.of('escrow'), book.of('refunding')]).toEqual([0n, 0n])
        const kept = { commission: 0n, tax: 0n, sellers: 0n }
        for (const part of parts) {
          const rest = part.lines.map(restOf)
          const sum = (of: 'amountCents' | 'commissionCents' | 'taxCents') =>
            rest.reduce((all, row) => all + row[of], 0n)
          const earned = sum('amountCents') - sum('commissionCents') - sum('taxCents')
          expect(earned).toBeGreaterThanOrEqual(0n)
          expect(book.of(`seller ${part.sellerId}`)).toBe(earned)
          kept.commission += sum('commissionCents')
          kept.tax += sum('taxCents')
          kept.sellers += earned
        }
        expect([book.of('commission'), book.of('tax')]).toEqual([kept.commission, kept.tax])
        expect(kept.sellers + kept.commission + kept.tax + early + late).toBe(paid)
      }),
      { numRuns: ORDERS },
    )
  },
  60_000 + ORDERS * 10,
)
