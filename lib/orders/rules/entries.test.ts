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

interface Line {
  readonly unitPriceCents: bigint
  readonly quantity: number
  readonly feeBps: number
  readonly fixedCents: bigint
}

interface Step {
  readonly part: number
  readonly line: number
  readonly quantity: number
  readonly isPaid: boolean
}

const lineArb: fc.Arbitrary<Line> = fc.record({
  unitPriceCents: fc.oneof(fc.bigInt({ min: 0n, max: 20n }), fc.bigInt({ min: 0n, max: 10n ** 11n })),
  quantity: fc.integer({ min: 1, max: 12 }),
  feeBps: fc.integer({ min: 0, max: 10_000 }),
  fixedCents: fc.bigInt({ min: 0n, max: 99n }),
})
const stepArb: fc.Arbitrary<Step> = fc.record({
  part: fc.nat(3),
  line: fc.nat(4),
  quantity: fc.integer({ min: 1, max: 12 }),
  isPaid: fc.boolean(),
})
const orderArb = fc.record({
  parts: fc.array(fc.array(lineArb, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 4 }),
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

function makeParts(parts: readonly (readonly Line[])[]) {
  return parts.map((lines, index) => ({
    sellerOrderId: `part ${index}`,
    sellerId: `s${index}`,
    isSettled: false,
    lines: lines.map((line, number) => {
      const totalCents = line.unitPriceCents * BigInt(line.quantity)
      const commissionCents = commissionOf(rule(line), totalCents)
      return { ...line, lineId: `line ${index}.${number}`, totalCents, commissionCents, returned: 0 }
    }),
  }))
}

type Part = ReturnType<typeof makeParts>[number]

/** What of a line has not been given back, or what `quantity` more pieces of it come to. */
function shareOfLine(line: Part['lines'][number], before: number, quantity: number) {
  const share = (cents: bigint) => shareOf(cents, BigInt(before), BigInt(quantity), BigInt(line.quantity))
  return { lineId: line.lineId, amountCents: share(line.totalCents), commissionCents: share(line.commissionCents) }
}

function partShare(part: Part, lines: PartShare['lines']): PartShare {
  return { sellerOrderId: part.sellerOrderId, sellerId: part.sellerId, currency: 'EUR', lines }
}

/** Gives pieces back, if there are any left, or tries to and the provider refuses. Returns what the buyer got. */
function refund(book: Book, part: Part, step: Step, refundId: string): bigint {
  const line = part.lines[step.line % part.lines.length]
  const quantity = line ? Math.min(step.quantity, line.quantity - line.returned) : 0
  if (!line || quantity === 0) return 0n
  const lines = [shareOfLine(line, line.returned, quantity)]
  const entry = refundEntry(`e ${refundId}`, { ...partShare(part, lines), refundId, isSettled: part.isSettled })
  book.post(entry)
  const totalCents = lines[0]?.amountCents ?? 0n
  expect(book.of('refunding')).toBe(totalCents)
  if (!step.isPaid) {
    book.post(refundFailedEntry(`f ${refundId}`, entry))
    return 0n
  }
  book.post(refundPaidEntry(`p ${refundId}`, { refundId, currency: 'EUR', totalCents }))
  line.returned += quantity
  return totalCents
}

test(
  'orders of several sellers, refunded in pieces before and after their settlement, drift by no cent',
  () => {
    fc.assert(
      fc.property(orderArb, (order) => {
        const book = new Book()
        const parts = makeParts(order.parts)
        const totalOf = (part: Part) => part.lines.reduce((sum, line) => sum + line.totalCents, 0n)
        const paid = parts.reduce((sum, part) => sum + totalOf(part), 0n)
        book.post(
          saleEntry('sale', {
            id: 'order',
            currency: 'EUR',
            parts: parts.map((part) => ({ id: part.sellerOrderId, totalCents: totalOf(part) })),
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
          const left = part.lines.map((line) => shareOfLine(line, line.returned, line.quantity - line.returned))
          book.post(settlementEntry(`settled ${part.sellerId}`, partShare(part, left)))
          part.isSettled = true
        }
        expect(book.of('escrow')).toBe(0n)
        const late = give(order.after, 'after')

        expect(book.of('cash')).toBe(-(paid - early - late))
        expect([book.of('escrow'), book.of('refunding')]).toEqual([0n, 0n])
        let commission = 0n
        for (const part of parts) {
          const kept = part.lines.map((line) => shareOfLine(line, line.returned, line.quantity - line.returned))
          const fee = kept.reduce((sum, line) => sum + line.commissionCents, 0n)
          commission += fee
          expect(book.of(`seller ${part.sellerId}`)).toBe(kept.reduce((sum, line) => sum + line.amountCents, 0n) - fee)
        }
        expect(book.of('commission')).toBe(commission)
      }),
      { numRuns: ORDERS },
    )
  },
  60_000 + ORDERS * 10,
)
