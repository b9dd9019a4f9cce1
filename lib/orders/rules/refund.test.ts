import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  applyRefund,
  isAllRefunded,
  leftOf,
  planRefund,
  totalOfRefund,
  type RefundLine,
  type SoldLine,
} from './refund.ts'

/** Seller orders that are made up and refunded: 5,000, or as many as MONEY_ORDERS says. */
const ORDERS = Number(process.env.MONEY_ORDERS ?? 5_000)

const line = (over: Partial<SoldLine> = {}): SoldLine => ({
  id: 'l1',
  variantId: 'v1',
  quantity: 3,
  totalCents: 1000n,
  commissionCents: 100n,
  taxCents: 0n,
  refundedQuantity: 0,
  refundedCents: 0n,
  refundedCommissionCents: 0n,
  refundedTaxCents: 0n,
  returnedQuantity: 0,
  ...over,
})

const sold = fc.array(
  fc.record({
    quantity: fc.integer({ min: 1, max: 40 }),
    unit: fc.bigInt({ min: 0n, max: 100_000n }),
    bps: fc.bigInt({ min: 0n, max: 10_000n }),
    taxBps: fc.bigInt({ min: 0n, max: 10_000n }),
  }),
  { minLength: 1, maxLength: 6 },
)
const steps = fc.array(
  fc.record({
    line: fc.nat({ max: 5 }),
    quantity: fc.integer({ min: 1, max: 45 }),
    isReturned: fc.boolean(),
    /** After how many further steps the provider answers, and what. */
    after: fc.nat({ max: 5 }),
    isPaid: fc.boolean(),
  }),
  { maxLength: 40 },
)

const linesOf = (rows: readonly { quantity: number; unit: bigint; bps: bigint; taxBps: bigint }[]) =>
  rows.map(({ quantity, unit, bps, taxBps }, index) => {
    const totalCents = unit * BigInt(quantity)
    const taxCents = (totalCents * taxBps) / 10_000n
    return line({
      id: `l${index}`,
      variantId: `v${index}`,
      quantity,
      totalCents,
      taxCents,
      commissionCents: ((totalCents - taxCents) * bps) / 10_000n,
    })
  })

function isInBounds(row: SoldLine): boolean {
  return (
    row.refundedQuantity >= 0 &&
    row.refundedQuantity <= row.quantity &&
    row.refundedCents >= 0n &&
    row.refundedCents <= row.totalCents &&
    row.refundedCommissionCents >= 0n &&
    row.refundedCommissionCents <= row.commissionCents &&
    row.refundedTaxCents >= 0n &&
    row.refundedTaxCents <= row.taxCents &&
    row.returnedQuantity >= 0 &&
    row.returnedQuantity <= row.quantity
  )
}

test(
  'however a seller order is refunded, by parts that overlap, fail and are tried again: drift 0 and never above what was paid',
  () => {
    fc.assert(
      fc.property(sold, steps, (rows, tries) => {
        let lines = linesOf(rows)
        let open: { readonly due: number; readonly isPaid: boolean; readonly plan: readonly RefundLine[] }[] = []
        let paidCents = 0n
        const answer = (isDue: (due: number) => boolean) => {
          for (const refund of open.filter(({ due }) => isDue(due))) {
            if (refund.isPaid) paidCents += totalOfRefund(refund.plan)
            else lines = applyRefund(lines, refund.plan, -1)
          }
          open = open.filter(({ due }) => !isDue(due))
        }
        tries.forEach(({ line: index, quantity, isReturned, after, isPaid }, step) => {
          answer((due) => due <= step)
          const target = lines[index % lines.length] ?? line()
          const planned = planRefund(lines, { lines: [{ lineId: target.id, quantity }], isReturned })
          expect(planned.ok).toBe(!isAllRefunded(lines) && quantity <= leftOf(target))
          if (!planned.ok) return
          lines = applyRefund(lines, planned.value, 1)
          expect(lines.every(isInBounds)).toBe(true)
          open.push({ due: step + after, isPaid, plan: planned.value })
        })
        answer(() => true)
        expect(lines.every(isInBounds)).toBe(true)
        const rest = planRefund(lines, { lines: null, isReturned: true })
        if (rest.ok) {
          lines = applyRefund(lines, rest.value, 1)
          paidCents += totalOfRefund(rest.value)
        }
        expect(isAllRefunded(lines)).toBe(true)
        expect(paidCents).toBe(lines.reduce((sum, row) => sum + row.totalCents, 0n))
        for (const row of lines) {
          expect(row.refundedCents).toBe(row.totalCents)
          expect(row.refundedCommissionCents).toBe(row.commissionCents)
          expect(row.refundedTaxCents).toBe(row.taxCents)
        }
      }),
      { numRuns: ORDERS },
    )
  },
  60_000 + ORDERS * 10,
)

describe('a wish', () => {
  test('for all that is left leaves out what is refunded already', () => {
    const lines = [
      line({ refundedQuantity: 3, refundedCents: 1000n }),
      line({ id: 'l2', refundedQuantity: 1, refundedCents: 333n }),
    ]
    const planned = planRefund(lines, { lines: null, isReturned: true })
    expect(planned).toMatchObject({
      ok: true,
      value: [{ lineId: 'l2', quantity: 2, returnedQuantity: 2, amountCents: 667n }],
    })
  })

  test.each([
    ['nothing-left', [line({ refundedQuantity: 3 })], null],
    ['unknown-line', [line()], [{ lineId: 'l9', quantity: 1 }]],
    ['more-than-left', [line({ refundedQuantity: 1 })], [{ lineId: 'l1', quantity: 3 }]],
    [
      'unknown-line',
      [line()],
      [
        { lineId: 'l1', quantity: 2 },
        { lineId: 'l1', quantity: 2 },
      ],
    ],
  ] as const)('is refused: %s', (code, lines, wanted) => {
    expect(planRefund(lines, { lines: wanted, isReturned: false })).toMatchObject({ ok: false, refusal: { code } })
  })

  test.each([
    ['comes back', line(), 2, 2],
    ['came back with a refund that failed', line({ returnedQuantity: 2 }), 2, 0],
    ['came back in part', line({ returnedQuantity: 1 }), 2, 1],
    ['went without coming back before', line({ refundedQuantity: 1, refundedCents: 333n }), 2, 2],
  ])('what %s is on the shelf once', (_, row, quantity, returnedQuantity) => {
    const planned = planRefund([row], { lines: [{ lineId: 'l1', quantity }], isReturned: true })
    expect(planned).toMatchObject({ ok: true, value: [{ returnedQuantity }] })
  })
})
