import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Mover, SellerOrderStatus } from '#prisma/enums'
import { MOVES, moveOn, statusOf, type Action, type Milestones, type Part } from './states.ts'

const DAY = 86_400_000
const now = new Date('2026-11-21T12:00:00Z')
const ago = (days: number) => new Date(now.getTime() - days * DAY)

const STATUSES = [
  'placed',
  'paid',
  'shipped',
  'delivered',
  'settled',
  'cancelled',
  'refunded',
  'disputed',
] as const satisfies SellerOrderStatus[]
const MOVERS = ['seller', 'buyer', 'timer', 'market'] as const satisfies Mover[]
const ACTIONS = Object.keys(MOVES) as Action[]

const nothing: Milestones = {
  shippedAt: null,
  deliveredAt: null,
  disputedAt: null,
  cancelledAt: null,
  settledAt: null,
  isRefunded: false,
}

/** A seller order in each status, delivered three days ago where it was. */
const examples: Readonly<Record<SellerOrderStatus, Milestones>> = {
  placed: nothing,
  paid: nothing,
  shipped: { ...nothing, shippedAt: ago(9) },
  delivered: { ...nothing, shippedAt: ago(9), deliveredAt: ago(3) },
  settled: { ...nothing, shippedAt: ago(9), deliveredAt: ago(3), settledAt: ago(1) },
  cancelled: { ...nothing, cancelledAt: ago(1) },
  refunded: { ...nothing, shippedAt: ago(9), isRefunded: true },
  disputed: { ...nothing, shippedAt: ago(9), deliveredAt: ago(3), disputedAt: ago(2) },
}
const partIn = (status: SellerOrderStatus, over: Partial<Part> = {}): Part => ({
  ...examples[status],
  status,
  pendingRefunds: 0,
  ...over,
})

/** All that is allowed, written down once more: by whom, from where, to what. Everything else has to be refused. */
const ALLOWED: Readonly<Record<string, SellerOrderStatus>> = {
  'seller ship paid': 'shipped',
  'seller ship shipped': 'shipped',
  'seller cancel paid': 'cancelled',
  'buyer cancel paid': 'cancelled',
  'timer cancel paid': 'cancelled',
  'market cancel paid': 'cancelled',
  'buyer receive shipped': 'delivered',
  'timer receive shipped': 'delivered',
  'buyer dispute shipped': 'disputed',
  'buyer dispute delivered': 'disputed',
  'buyer close-dispute disputed': 'delivered',
  'market close-dispute disputed': 'delivered',
  'timer settle delivered': 'settled',
  ...Object.fromEntries(
    (['paid', 'shipped', 'delivered', 'settled', 'disputed', 'cancelled'] as const).flatMap((status) => [
      [`seller refund ${status}`, status],
      [`market refund ${status}`, status],
    ]),
  ),
}

const cases = ACTIONS.flatMap((action) =>
  MOVERS.flatMap((by) => STATUSES.map((status) => [by, action, status] as const)),
)

test.each(cases)('%s may %s what is %s, or not', (by, action, status) => {
  // A window of no time settles at once, one of a week lets a buyer complain.
  const disputeMs = action === 'settle' ? 0 : 7 * DAY
  const moved = moveOn(partIn(status), { action, by, now, disputeMs })
  const expected = ALLOWED[`${by} ${action} ${status}`]
  if (expected) expect(moved).toMatchObject({ ok: true, value: { status: expected } })
  else expect(moved).toEqual({ ok: false, refusal: { code: 'wrong-state', detail: { status } } })
})

test('every status but that of a draft is what its times say', () => {
  for (const status of STATUSES.slice(1)) expect(statusOf(examples[status])).toBe(status)
})

describe('the time to complain', () => {
  const at = (days: number, action: 'dispute' | 'settle', over: Partial<Part> = {}) =>
    moveOn(partIn('delivered', over), {
      action,
      by: action === 'settle' ? 'timer' : 'buyer',
      now: new Date(ago(3).getTime() + days * DAY),
      disputeMs: 7 * DAY,
    })

  test('ends the moment that the settlement may begin', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 20, noNaN: true }), (days) => {
        expect(at(days, 'dispute').ok).toBe(!at(days, 'settle').ok)
      }),
    )
    expect(at(7 - 1 / DAY, 'dispute').ok).toBe(true)
    expect(at(7, 'dispute')).toMatchObject({ ok: false, refusal: { code: 'dispute-over' } })
    expect(at(7, 'settle').ok).toBe(true)
  })

  test('is over, but nothing is settled while a refund is on its way', () =>
    expect(at(8, 'settle', { pendingRefunds: 1 }).ok).toBe(false))

  test('has not begun for what did not arrive: there it never ends', () => {
    const late = moveOn(partIn('shipped'), { action: 'dispute', by: 'buyer', now: ago(-900), disputeMs: 1 })
    expect(late.ok).toBe(true)
  })
})

test('a dispute that is closed leaves no trace: what never arrived is on its way again', () => {
  const opened = moveOn(partIn('shipped'), { action: 'dispute', by: 'buyer', now, disputeMs: DAY })
  const closed = opened.ok && moveOn(opened.value, { action: 'close-dispute', by: 'market', now, disputeMs: DAY })
  expect(closed).toEqual({ ok: true, value: partIn('shipped') })
})

test('a tracking number that is put right does not move the moment of shipping', () => {
  const again = moveOn(partIn('shipped'), { action: 'ship', by: 'seller', now, disputeMs: DAY })
  expect(again.ok && again.value.shippedAt).toEqual(ago(9))
})

test('whatever anybody does in whatever order, money is settled at most once and never of a cancelled or disputed order', () => {
  const moves = fc.array(
    fc.record({ action: fc.constantFrom(...ACTIONS), by: fc.constantFrom(...MOVERS), days: fc.nat({ max: 9 }) }),
    { maxLength: 30 },
  )
  fc.assert(
    fc.property(moves, (steps) => {
      let part = partIn('paid')
      let at = now.getTime()
      let settlements = 0
      for (const { action, by, days } of steps) {
        at += days * DAY
        const next = moveOn(part, { action, by, now: new Date(at), disputeMs: 7 * DAY })
        if (!next.ok) continue
        if (action === 'settle') {
          settlements++
          expect([part.disputedAt, part.cancelledAt]).toEqual([null, null])
        }
        part = next.value
        expect(part.status).toBe(statusOf(part))
        // What the table's CHECKs say, too.
        if (part.cancelledAt) expect(part.shippedAt).toBeNull()
        if (part.deliveredAt) expect(part.shippedAt).not.toBeNull()
        if (part.settledAt) expect([part.deliveredAt !== null, part.disputedAt]).toEqual([true, null])
      }
      expect(settlements).toBeLessThanOrEqual(1)
    }),
    { numRuns: 2_000 },
  )
})
