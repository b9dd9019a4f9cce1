import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { grant, joinLines, type Shelf } from './rules.ts'
import type { HoldRow, StockRequest, StockRow } from './types.ts'

const NOW = new Date('2026-01-01T12:00:00Z')
const LATER = new Date(NOW.getTime() + 60_000)
const BEFORE = new Date(NOW.getTime() - 1)
const LONG_AGO = new Date(NOW.getTime() - 3_600_000)
const limits = { capPerVariant: 10, linesPerCart: 3 }

function stock(over: Partial<StockRow> = {}): StockRow {
  return {
    variantId: 'v0',
    productId: 'p',
    onHand: 10,
    available: 10,
    waiting: 0,
    onSale: true,
    opensAt: null,
    cap: null,
    version: 1,
    ...over,
  }
}

function line(over: Partial<HoldRow> = {}): HoldRow {
  return {
    id: 'h0',
    cartId: 'c0',
    variantId: 'v0',
    kind: 'cart',
    state: 'held',
    quantity: 1,
    expiresAt: LATER,
    firstHeldAt: BEFORE,
    addedAt: BEFORE,
    ...over,
  }
}

function set(cartId: string, quantity: number, variantId = 'v0'): StockRequest {
  return { type: 'set', holdId: `new-${cartId}-${variantId}`, cartId, variantId, quantity, ttlMs: 60_000 }
}

function shelf(over: Partial<Shelf> = {}): Shelf {
  return { now: NOW, stock: [stock()], holds: [], linesInCart: new Map(), ...over }
}

function codes(grants: ReturnType<typeof grant>): string[] {
  return grants.answers.map((answer) => (answer.ok ? 'ok' : answer.refusal.code))
}

describe('grant', () => {
  test('grants in arrival order, and a refused request consumes nothing', () => {
    const only = shelf({ stock: [stock({ onHand: 3, available: 3 })] })
    const grants = grant(only, [set('a', 2), set('b', 2), set('c', 1)], limits)
    expect(codes(grants)).toEqual(['ok', 'not-enough', 'ok'])
    expect(grants.available.get('v0')).toBe(0)
  })

  test('says how many are left and how many are in other carts', () => {
    const row = stock({ onHand: 5, available: 2 })
    const [answer] = grant(shelf({ stock: [row] }), [set('a', 4)], limits).answers
    expect(answer).toMatchObject({ ok: false, refusal: { code: 'not-enough', detail: { available: 2, inCarts: 3 } } })
  })

  test('what is due is taken back before anything is refused', () => {
    const due = line({ cartId: 'old', expiresAt: NOW })
    const grants = grant(shelf({ stock: [stock({ onHand: 1, available: 0 })], holds: [due] }), [set('a', 1)], limits)
    expect(codes(grants)).toEqual(['ok'])
    expect(grants.lapsed).toEqual(['h0'])
    expect(grants.available.has('v0')).toBe(false)
  })

  test('a checkout hold is never due and cannot be changed from the cart', () => {
    const paying = line({ cartId: 'a', kind: 'checkout', expiresAt: BEFORE })
    const grants = grant(
      shelf({ stock: [stock({ available: 9 })], holds: [paying] }),
      [set('a', 0), set('a', 3)],
      limits,
    )
    expect(codes(grants)).toEqual(['being-paid', 'being-paid'])
    expect(grants.lapsed).toEqual([])
  })

  test('changing the quantity extends nothing', () => {
    const held = line({ cartId: 'a' })
    const [answer] = grant(shelf({ stock: [stock({ available: 9 })], holds: [held] }), [set('a', 5)], limits).answers
    expect(answer).toMatchObject({ ok: true, value: { quantity: 5, expiresAt: LATER } })
  })

  test('a lapsed line that is held again gets a fresh time', () => {
    const lapsed = line({ cartId: 'a', state: 'lapsed', expiresAt: BEFORE })
    const grants = grant(shelf({ holds: [lapsed] }), [set('a', 1)], limits)
    expect(grants.put[0]).toMatchObject({ id: 'h0', state: 'held', firstHeldAt: NOW })
    expect(grants.available.get('v0')).toBe(9)
  })

  test('before a drop opens nobody can hold, and giving back is always allowed', () => {
    const closed = stock({ available: 9, opensAt: LATER, onSale: false, cap: 1 })
    expect(codes(grant(shelf({ stock: [{ ...closed, onSale: true }] }), [set('a', 1)], limits))).toEqual([
      'not-open-yet',
    ])
    const back = grant(shelf({ stock: [closed], holds: [line({ cartId: 'a', quantity: 1 })] }), [set('a', 0)], limits)
    expect(codes(back)).toEqual(['ok'])
    expect(back.available.get('v0')).toBe(10)
  })

  test("the seller's cap, the market's cap and a full cart refuse", () => {
    expect(codes(grant(shelf({ stock: [stock({ cap: 2 })] }), [set('a', 3)], limits))).toEqual(['over-cap'])
    expect(codes(grant(shelf({ stock: [stock({ onHand: 50, available: 50 })] }), [set('a', 11)], limits))).toEqual([
      'over-cap',
    ])
    expect(codes(grant(shelf({ linesInCart: new Map([['a', 3]]) }), [set('a', 1)], limits))).toEqual(['cart-full'])
    // Those granted in the same batch count too.
    const two = shelf({ stock: [stock(), stock({ variantId: 'v1' })], linesInCart: new Map([['a', 2]]) })
    expect(codes(grant(two, [set('a', 1), set('a', 1, 'v1')], limits))).toEqual(['ok', 'cart-full'])
  })

  test('one line asked for twice in one batch is counted once, and removing and adding again in one batch works', () => {
    const grants = grant(shelf(), [set('a', 4), set('a', 6), set('a', 0), set('a', 3)], limits)
    expect(codes(grants)).toEqual(['ok', 'ok', 'ok', 'ok'])
    expect(grants.available.get('v0')).toBe(7)
  })

  test('no sequence of requests makes or loses a piece', () => {
    const request = fc.oneof(
      { weight: 9, arbitrary: fc.tuple(fc.nat(3), fc.nat(2), fc.nat(12)) },
      { weight: 1, arbitrary: fc.tuple(fc.constant(-1), fc.nat(2), fc.constant(0)) },
    )
    const count = fc.record({ available: fc.nat(12), due: fc.boolean(), held: fc.nat(4), kind: fc.nat(2) })
    fc.assert(
      fc.property(
        fc.array(count, { minLength: 3, maxLength: 3 }),
        fc.array(request, { maxLength: 30 }),
        (counts, asked) => {
          const holds = counts.flatMap(({ held, due, kind }, index) =>
            held === 0
              ? []
              : [
                  line({
                    id: `h${index}`,
                    cartId: `c${index}`,
                    variantId: `v${index}`,
                    quantity: held,
                    kind: kind === 2 ? 'checkout' : 'cart',
                    state: kind === 1 ? 'lapsed' : 'held',
                    expiresAt: due ? BEFORE : LATER,
                  }),
                ],
          )
          const heldAtFirst = (variantId: string) =>
            holds
              .filter((hold) => hold.variantId === variantId && hold.state === 'held')
              .reduce((n, h) => n + h.quantity, 0)
          const rows = counts.map(({ available }, index) =>
            stock({ variantId: `v${index}`, available, onHand: available + heldAtFirst(`v${index}`) }),
          )
          const requests = asked.map(([cart, variant, quantity]): StockRequest =>
            cart < 0 ? { type: 'reclaim', variantId: `v${variant}` } : set(`c${cart}`, quantity, `v${variant}`),
          )
          const grants = grant(shelf({ stock: rows, holds }), requests, { capPerVariant: 8, linesPerCart: 50 })

          const after = new Map(holds.map((hold) => [hold.id, hold]))
          for (const id of grants.removed) after.delete(id)
          for (const id of grants.lapsed) after.set(id, { ...line(), ...after.get(id), id, state: 'lapsed' })
          for (const hold of grants.put) after.set(hold.id, hold)
          for (const row of rows) {
            const available = grants.available.get(row.variantId) ?? row.available
            const held = [...after.values()].filter((hold) => hold.variantId === row.variantId && hold.state === 'held')
            expect(available).toBeGreaterThanOrEqual(0)
            expect(available + held.reduce((n, hold) => n + hold.quantity, 0)).toBe(row.onHand)
          }
        },
      ),
      { numRuns: 10_000 },
    )
  })
})

describe('joinLines', () => {
  test('keeps every piece: held before = held after + freed, and the earlier end counts', () => {
    fc.assert(
      fc.property(
        fc.nat(9),
        fc.nat(9),
        fc.boolean(),
        fc.boolean(),
        fc.integer({ min: 1, max: 12 }),
        (a, b, aHeld, bHeld, cap) => {
          const first = line({ quantity: a + 1, state: aHeld ? 'held' : 'lapsed', expiresAt: LATER })
          const second = line({
            quantity: b + 1,
            state: bHeld ? 'held' : 'lapsed',
            expiresAt: NOW,
            firstHeldAt: LONG_AGO,
          })
          const before = (aHeld ? a + 1 : 0) + (bHeld ? b + 1 : 0)
          const { joined, freed } = joinLines(first, second, cap)
          expect((joined.state === 'held' ? joined.quantity : 0) + freed).toBe(before)
          expect(joined.quantity).toBeGreaterThan(0)
          expect(joined.quantity).toBeLessThanOrEqual(cap)
          if (aHeld && bHeld) expect(joined.expiresAt).toEqual(NOW)
          // A line that lapsed long ago must not make the held one look as old.
          if (aHeld && !bHeld) expect(joined.firstHeldAt).toEqual(first.firstHeldAt)
        },
      ),
    )
  })
})
