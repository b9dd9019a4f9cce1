import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { EntryRow, HoldRow, Limits, SetRequest, StockRequest, StockRow } from '../types.ts'
import { heldBy, keyOf, type Changes, type Shelf } from './book.ts'
import { grant } from './grant.ts'
import { joinLines, timesOf } from './line.ts'

const NOW = new Date('2026-01-01T12:00:00Z')
const at = (ms: number) => new Date(NOW.getTime() + ms)
const limits: Limits = {
  capPerVariant: 10,
  linesPerCart: 3,
  holdLimitMs: 120_000,
  cooldownMs: 30_000,
  offerTtlMs: 20_000,
  cartsPerAddress: 2,
  anonymousPercent: 50,
  placesPerBuyer: 2,
}

function stock(over: Partial<StockRow> = {}): StockRow {
  const counts = { onHand: 10, available: 10, anonymous: 0, waiting: 0, entries: 0, nextPosition: 1, version: 1 }
  return { variantId: 'v0', productId: 'p', ...counts, onSale: true, opensAt: null, cap: null, ...over }
}

function line(over: Partial<HoldRow> = {}): HoldRow {
  const times = { expiresAt: at(30_000), firstHeldAt: at(-30_000), addedAt: at(-30_000) }
  const facts = { kind: 'cart', state: 'held', quantity: 1, bought: 0, anonymous: false, source: null } as const
  return { id: 'h0', cartId: 'c0', variantId: 'v0', ...facts, ...times, orderId: null, ...over }
}

function place(over: Partial<EntryRow> = {}): EntryRow {
  const ids = { id: 'e0', variantId: 'v0', cartId: 'w0', buyerId: 'b-w0' }
  return { ...ids, position: 1, wanted: 1, offered: 0, offeredUntil: null, joinedAt: at(-1), ...over }
}

function set(cartId: string, quantity: number, over: Partial<SetRequest> = {}): SetRequest {
  const variantId = over.variantId ?? 'v0'
  const asker = { cartId, anonymous: false, source: null }
  return { type: 'set', holdId: `new-${cartId}-${variantId}`, ...asker, variantId, quantity, ttlMs: 60_000, ...over }
}

function join(cartId: string, quantity: number, variantId = 'v0'): StockRequest {
  return { type: 'join', entryId: `e-${cartId}`, cartId, buyerId: `b-${cartId}`, variantId, quantity }
}

function shelf(over: Partial<Shelf> = {}): Shelf {
  const uses = {
    lines: new Map<string, number>(),
    sources: new Map<string, number>(),
    places: new Map<string, number>(),
  }
  return { now: NOW, stock: [stock()], holds: [], entries: [], ...uses, ...over }
}

function run(on: Partial<Shelf>, ...requests: StockRequest[]) {
  const { answers, changes } = grant(shelf(on), requests, limits)
  const codes = answers.map((answer) => (answer.ok ? 'ok' : answer.refusal.code))
  const [row] = changes.stock
  return { answers, codes, changes, row, holds: changes.holds, entries: changes.entries }
}

describe('holding', () => {
  test('grants in arrival order, and a refused request consumes nothing', () => {
    const { codes, row } = run({ stock: [stock({ onHand: 3, available: 3 })] }, set('a', 2), set('b', 2), set('c', 1))
    expect(codes).toEqual(['ok', 'not-enough', 'ok'])
    expect(row?.available).toBe(0)
  })

  test('says how many are left, how many others hold and how many wait', () => {
    const { answers } = run({ stock: [stock({ onHand: 5, available: 2 })] }, set('a', 4))
    const detail = { available: 2, inCarts: 3, waiting: 0 }
    expect(answers[0]).toMatchObject({ ok: false, refusal: { code: 'not-enough', detail } })
  })

  test('what is due is taken back before anything is refused', () => {
    const due = line({ cartId: 'old', expiresAt: NOW })
    const { codes, holds, changes } = run({ stock: [stock({ onHand: 1, available: 0 })], holds: [due] }, set('a', 1))
    expect(codes).toEqual(['ok'])
    expect(holds.map((hold) => hold.state)).toEqual(['lapsed', 'held'])
    expect(changes.stock).toEqual([])
  })

  test('a checkout hold is never due and cannot be changed from the cart', () => {
    const paying = line({ cartId: 'a', kind: 'checkout', orderId: 'o', expiresAt: at(-1) })
    const { codes, holds } = run({ stock: [stock({ available: 9 })], holds: [paying] }, set('a', 0), set('a', 3))
    expect(codes).toEqual(['being-paid', 'being-paid'])
    expect(holds).toEqual([])
  })

  test('a line taken out of the cart gives its pieces back, and only once', () => {
    const { row, holds } = run(
      { stock: [stock({ available: 8 })], holds: [line({ quantity: 2 })] },
      set('c0', 0),
      set('c0', 0),
    )
    expect(row?.available).toBe(10)
    expect(holds).toMatchObject([{ state: 'released', expiresAt: NOW }])
  })

  test('before a drop opens nobody can hold, and giving back is always allowed', () => {
    const closed = stock({ available: 9, opensAt: at(1) })
    expect(run({ stock: [closed] }, set('a', 1)).codes).toEqual(['not-open-yet'])
    expect(run({ stock: [{ ...closed, opensAt: NOW }] }, set('a', 1)).codes).toEqual(['ok'])
    const stopped = { stock: [{ ...closed, onSale: false, cap: 1 }], holds: [line({ quantity: 1 })] }
    expect(run(stopped, set('a', 1), set('c0', 0)).codes).toEqual(['not-on-sale', 'ok'])
  })

  test('one line asked for twice in one batch is counted once', () => {
    const { codes, row } = run({}, set('a', 4), set('a', 6), set('a', 0), set('a', 3))
    expect(codes).toEqual(['ok', 'ok', 'ok', 'ok'])
    expect(row?.available).toBe(7)
  })
})

describe('caps', () => {
  test("the market's cap and a full cart refuse, also what was granted in the same batch", () => {
    expect(run({ stock: [stock({ onHand: 50, available: 50 })] }, set('a', 11)).codes).toEqual(['over-cap'])
    expect(run({ lines: new Map([['a', 3]]) }, set('a', 1)).codes).toEqual(['cart-full'])
    const two = { stock: [stock(), stock({ variantId: 'v1', productId: 'p1' })], lines: new Map([['a', 2]]) }
    expect(run(two, set('a', 1), set('a', 1, { variantId: 'v1' })).codes).toEqual(['ok', 'cart-full'])
  })

  test("the seller's cap counts all versions of the product together, and what was bought", () => {
    const sizes = [stock({ cap: 2 }), stock({ variantId: 'v1', cap: 2 })]
    expect(run({ stock: sizes }, set('a', 2), set('a', 1, { variantId: 'v1' })).codes).toEqual(['ok', 'over-cap'])
    const bought = line({ cartId: 'a', state: 'released', bought: 1, expiresAt: at(-99_000), firstHeldAt: at(-99_000) })
    const { answers } = run({ stock: sizes, holds: [bought] }, set('a', 2), set('a', 1))
    expect(answers[0]).toMatchObject({ refusal: { code: 'over-cap', detail: { cap: 2, bought: 1 } } })
    expect(answers[1]?.ok).toBe(true)
    // Said of the product, as the cap is, and not of the version that was asked for.
    const other = run({ stock: sizes, holds: [{ ...bought, bought: 2 }] }, set('a', 1, { variantId: 'v1' }))
    expect(other.answers[0]).toMatchObject({ refusal: { code: 'over-cap', detail: { cap: 2, bought: 2 } } })
  })

  test('where pieces went is forgotten when they are not held any more', () => {
    const mine = line({ cartId: 'a', source: 'net' })
    const due = line({ id: 'h1', cartId: 'b', source: 'net', expiresAt: at(-1) })
    const { holds } = run({ stock: [stock({ available: 8 })], holds: [mine, due] }, set('a', 0))
    expect(holds.map(({ state, source }) => [state, source])).toEqual([
      ['lapsed', null],
      ['released', null],
    ])
  })

  test('one address may hold as much as a few buyers, however many carts it has', () => {
    const on = { stock: [stock({ onHand: 90, available: 90 })], sources: new Map([[keyOf('v0', 'net'), 15]]) }
    const { codes } = run(
      on,
      set('a', 5, { source: 'net' }),
      set('b', 1, { source: 'net' }),
      set('b', 1, { source: 'far' }),
    )
    expect(codes).toEqual(['ok', 'address-full', 'ok'])
  })

  test('carts nobody has signed in to may hold a share of the pieces, and always one', () => {
    const anonymous = { anonymous: true }
    const { codes, row } = run({}, set('a', 5, anonymous), set('b', 1, anonymous), set('c', 1), set('a', 4, anonymous))
    expect(codes).toEqual(['ok', 'sign-in-for-more', 'ok', 'ok'])
    expect(row).toMatchObject({ available: 5, anonymous: 4 })
    expect(run({ stock: [stock({ onHand: 1, available: 1 })] }, set('a', 1, anonymous)).codes).toEqual(['ok'])
  })

  test('nobody is sent to sign in for pieces that are gone', () => {
    const rush = run({}, set('a', 5), set('b', 5, { anonymous: true }), set('c', 1, { anonymous: true }))
    expect(rush.codes).toEqual(['ok', 'ok', 'sold-out'])
  })
})

describe('times', () => {
  const times = (over: Partial<HoldRow>, ttlMs = 60_000) => timesOf(line(over), ttlMs, NOW, limits)

  test('a line that is held keeps its time, whatever its quantity', () => {
    expect(times({})).toEqual({ expiresAt: at(30_000), firstHeldAt: at(-30_000) })
  })

  test('removing and adding again extends nothing', () => {
    const released = { state: 'released', expiresAt: at(-5), firstHeldAt: at(-20_000) } as const
    expect(times(released)).toEqual({ expiresAt: at(40_000), firstHeldAt: at(-20_000) })
  })

  test('a lapsed line can be held again, but not beyond the limit since it was first held', () => {
    const lapsed = { state: 'lapsed', expiresAt: at(-5), firstHeldAt: at(-70_000) } as const
    expect(times(lapsed)).toEqual({ expiresAt: at(50_000), firstHeldAt: at(-70_000) })
  })

  test('over the limit the buyer rests for a cooldown, and then begins anew', () => {
    const spent = { state: 'lapsed', expiresAt: at(-5), firstHeldAt: at(-120_000) } as const
    expect(times(spent)).toEqual({ againAt: at(29_995) })
    expect(times({ ...spent, expiresAt: at(-30_000) })).toEqual({ expiresAt: at(60_000), firstHeldAt: NOW })
  })
})

describe('the waitlist', () => {
  const soldOut = { onHand: 1, available: 0 }

  test('a freed piece is offered to the head before the next request is looked at', () => {
    const on = {
      stock: [stock({ ...soldOut, waiting: 2, entries: 2, nextPosition: 3 })],
      holds: [line({ cartId: 'a' })],
      entries: [place(), place({ id: 'e1', cartId: 'w1', position: 2 })],
    }
    const { codes, row, entries } = run(on, set('a', 0), set('b', 1))
    expect(codes).toEqual(['ok', 'sold-out'])
    expect(row).toMatchObject({ available: 0, waiting: 1, entries: 2 })
    expect(entries).toMatchObject([{ id: 'e0', offered: 1, wanted: 0, offeredUntil: at(20_000) }])
  })

  test('an offer is taken by setting the line; what is not claimed in time passes on', () => {
    const offered = place({ wanted: 0, offered: 1, offeredUntil: at(1) })
    const on = (entry: EntryRow) => ({
      stock: [stock({ ...soldOut, waiting: 1, entries: 2, nextPosition: 3 })],
      entries: [entry, place({ id: 'e1', cartId: 'w1', position: 2 })],
    })
    const taken = run(on(offered), set('w0', 1))
    expect(taken.codes).toEqual(['ok'])
    expect(taken.changes.removedEntries.map((entry) => entry.id)).toEqual(['e0'])
    expect(taken.row).toMatchObject({ available: 0, waiting: 1, entries: 1 })
    const late = run(on({ ...offered, offeredUntil: NOW }), set('w0', 1))
    expect(late.codes).toEqual(['sold-out'])
    expect(late.entries).toMatchObject([{ id: 'e1', offered: 1 }])
  })

  test('who wants more than is free is offered that part and keeps the place for the rest', () => {
    const on = {
      stock: [stock({ onHand: 3, available: 0, waiting: 2, entries: 2, nextPosition: 3 })],
      holds: [line({ cartId: 'a', quantity: 3 })],
      entries: [place({ wanted: 2 }), place({ id: 'e1', cartId: 'w1', position: 2 })],
    }
    const first = run(on, set('a', 2))
    expect(first.entries).toMatchObject([{ id: 'e0', offered: 1, wanted: 1 }])
    const second = run(on, set('a', 2), set('w0', 1), set('a', 0))
    expect(second.entries).toMatchObject([
      { id: 'e0', offered: 1, wanted: 0 },
      { id: 'e1', offered: 1, wanted: 0 },
    ])
  })

  test('one place a buyer: asking for fewer keeps it, for more goes to the end', () => {
    const on = {
      stock: [stock({ ...soldOut, waiting: 2, entries: 2, nextPosition: 7 })],
      entries: [place({ wanted: 2 }), place({ id: 'e1', cartId: 'w1', position: 2 })],
    }
    expect(run(on, join('w0', 1)).entries).toMatchObject([{ id: 'e0', position: 1, wanted: 1 }])
    const { entries, row } = run(on, join('w0', 3))
    expect(entries).toMatchObject([{ id: 'e0', position: 7, wanted: 3 }])
    expect(row).toMatchObject({ waiting: 2, entries: 2, nextPosition: 8 })
  })

  test('joining is refused where pieces are left, over the cap, and with too many places', () => {
    expect(run({}, join('a', 10)).codes).toEqual(['still-available'])
    expect(run({ stock: [stock(soldOut)] }, join('a', 11)).codes).toEqual(['over-cap'])
    expect(run({ stock: [stock(soldOut)], places: new Map([['a', 2]]) }, join('a', 1)).codes).toEqual([
      'too-many-places',
    ])
    // Wanting more than is there is a reason to wait, and what is there is offered.
    const { codes, entries } = run({ stock: [stock({ onHand: 2, available: 2 })] }, join('a', 3))
    expect(codes).toEqual(['ok'])
    expect(entries).toMatchObject([{ offered: 2, wanted: 1 }])
  })

  test('leaving gives the offer to the next', () => {
    const on = {
      stock: [stock({ ...soldOut, waiting: 1, entries: 2, nextPosition: 3 })],
      entries: [place({ wanted: 0, offered: 1, offeredUntil: at(9) }), place({ id: 'e1', cartId: 'w1', position: 2 })],
    }
    const { row, entries } = run(on, { type: 'leave', cartId: 'w0', variantId: 'v0' })
    expect(entries).toMatchObject([{ id: 'e1', offered: 1 }])
    expect(row).toMatchObject({ available: 0, waiting: 0, entries: 1 })
  })
})

describe('no sequence of requests', () => {
  const step = fc.tuple(fc.nat(9), fc.nat(3), fc.nat(1), fc.nat(6))
  const start = fc.record({ onHand: fc.nat(8), cap: fc.option(fc.integer({ min: 1, max: 4 })) })

  function requestOf([kind, cart, variant, quantity]: readonly [number, number, number, number]): StockRequest {
    const cartId = `c${cart}`
    const variantId = `v${variant}`
    // The last cart is anonymous, and two share a network.
    const asker = { variantId, anonymous: cart === 3, source: cart > 1 ? 'net' : null }
    if (kind === 4 && cart !== 3) return join(cartId, Math.max(1, quantity), variantId)
    if (kind === 5) return { type: 'leave', cartId, variantId }
    if (kind === 6) return { type: 'stock', variantId, delta: quantity - 3 || 1 }
    if (kind === 7) return { type: 'move', variantId, cartId: 'c3', toCartId: 'c0' }
    if (kind === 8) return { type: 'reclaim', variantId }
    return set(cartId, kind > 2 ? 0 : quantity, asker)
  }

  test('makes or loses a piece, passes the waitlist, or goes over a cap', () => {
    fc.assert(
      fc.property(
        fc.array(start, { minLength: 2, maxLength: 2 }),
        fc.array(fc.array(step, { maxLength: 12 }), { maxLength: 6 }),
        (starts, batches) => {
          const market = openMarket(
            starts.map(({ onHand, cap }, index) => stock({ variantId: `v${index}`, onHand, available: onHand, cap })),
          )
          for (const batch of batches) {
            market.run(batch.map(requestOf))
            market.check()
          }
        },
      ),
      { numRuns: 10_000 },
    )
  })
})

/** Tables in memory, read and written as a batch does; the clock goes on between batches. */
function openMarket(rows: readonly StockRow[]) {
  const tables = {
    stock: new Map(rows.map((row) => [row.variantId, row])),
    holds: new Map<string, HoldRow>(),
    entries: new Map<string, EntryRow>(),
  }
  let now = NOW
  const countBy = (keys: readonly (string | null)[]) => {
    const counts = new Map<string, number>()
    for (const key of keys) if (key !== null) counts.set(key, (counts.get(key) ?? 0) + 1)
    return counts
  }
  const write = (changes: Changes) => {
    for (const id of changes.removedHolds) tables.holds.delete(id)
    for (const row of changes.holds) tables.holds.set(row.id, row)
    for (const entry of changes.removedEntries) tables.entries.delete(entry.id)
    for (const row of changes.entries) tables.entries.set(row.id, row)
    for (const row of changes.stock) tables.stock.set(row.variantId, row)
  }
  const holds = () => [...tables.holds.values()]
  const entries = () => [...tables.entries.values()]
  return {
    run(requests: readonly StockRequest[]) {
      now = new Date(now.getTime() + 9_000)
      const pieces = holds().flatMap((hold) =>
        Array<string>(heldBy(hold)).fill(keyOf(hold.variantId, hold.source ?? '')),
      )
      const { changes } = grant(
        {
          now,
          stock: [...tables.stock.values()],
          holds: holds(),
          entries: entries(),
          lines: countBy(holds().map((hold) => (hold.state === 'released' ? null : hold.cartId))),
          sources: countBy(pieces),
          places: countBy(entries().map((entry) => entry.cartId)),
        },
        // Ids are drawn anew for each request.
        requests.map((each, index) => {
          if (each.type === 'set') return { ...each, holdId: `${now.getTime()} ${index}` }
          return each.type === 'join' ? { ...each, entryId: `${now.getTime()} ${index}` } : each
        }),
        { ...limits, capPerVariant: 5, anonymousPercent: 100 },
      )
      write(changes)
    },
    check() {
      for (const row of tables.stock.values()) {
        const own = holds().filter((hold) => hold.variantId === row.variantId)
        const line = entries().filter((entry) => entry.variantId === row.variantId)
        const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0)
        expect(row.available).toBeGreaterThanOrEqual(0)
        expect(row.available + sum(own.map(heldBy)) + sum(line.map((entry) => entry.offered))).toBe(row.onHand)
        expect(row.anonymous).toBe(sum(own.map((hold) => (hold.anonymous ? heldBy(hold) : 0))))
        expect(row.waiting).toBe(line.filter((entry) => entry.offeredUntil === null).length)
        expect(row.entries).toBe(line.length)
        // While somebody wants a piece, none is free; and whoever has an offer stands before all who have none.
        if (line.some((entry) => entry.wanted > 0)) expect(row.available).toBe(0)
        const [head = Infinity] = line
          .filter((entry) => entry.wanted > 0)
          .map((entry) => entry.position)
          .sort((a, b) => a - b)
        for (const entry of line) if (entry.offered > 0 && entry.wanted > 0) expect(entry.position).toBe(head)
        for (const hold of own) {
          expect(heldBy(hold)).toBeLessThanOrEqual(row.cap ?? 5)
          const longest = Math.max(limits.holdLimitMs, 60_000)
          if (hold.state === 'held')
            expect(hold.expiresAt.getTime() - hold.firstHeldAt.getTime()).toBeLessThanOrEqual(longest)
        }
      }
      for (const [, lines] of Map.groupBy(holds(), (hold) => hold.cartId)) {
        const keys = lines.map((hold) => hold.variantId)
        expect(new Set(keys).size).toBe(keys.length)
      }
    },
  }
}

describe('joining two lines of one variant', () => {
  const rested = at(-30_000)

  test('keeps every piece, and the earlier end counts', () => {
    const states = fc.constantFrom('held', 'lapsed', 'released')
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        states,
        states,
        (a, b, aState, bState) => {
          const first = line({ quantity: a, state: aState })
          const second = line({ quantity: b, state: bState, expiresAt: NOW, firstHeldAt: at(-90_000) })
          const joined = joinLines(first, second, rested)
          expect(heldBy(joined)).toBe(heldBy(first) + heldBy(second))
          expect(joined.quantity).toBeGreaterThan(0)
          if (aState === 'held' && bState === 'held') expect(joined.expiresAt).toEqual(NOW)
          expect(joined.state === 'released').toBe(aState === 'released' && bState === 'released')
        },
      ),
    )
  })

  test('what ended a moment ago is not begun anew by signing in; what ended long ago is forgotten', () => {
    const fresh = line({ firstHeldAt: at(-1) })
    const ended = line({ state: 'lapsed', expiresAt: at(-5), firstHeldAt: at(-99_000) })
    expect(joinLines(fresh, ended, rested).firstHeldAt).toEqual(at(-99_000))
    expect(joinLines(fresh, { ...ended, expiresAt: at(-40_000) }, rested).firstHeldAt).toEqual(at(-1))
  })
})
