import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { db, sql, transact, type Statement } from '#lib/db'
import { newId } from '#lib/ids'
import { listImbalances, makeVariant } from '../../scripts/test-market.ts'
import { useTestDatabase } from '../../scripts/test-database.ts'
import { watchPace } from '../../scripts/test-pace.ts'
import {
  clock,
  isTooMuch,
  makeBuyers,
  makeRandom,
  nth,
  patient,
  raceTimeout,
  report,
  rounds,
  until,
  useEngines,
  type Buyer,
} from '../../scripts/test-race.ts'
import type { HeldLine } from './types.ts'

const pace = watchPace()
await useTestDatabase()
process.env.HOLD_COOLDOWN_MS = '1'
process.env.OFFER_TTL_MS = '150'
const nodes = await useEngines()
const engines = nodes.map(patient)
const [first, second, third] = [nth(engines, 0), nth(engines, 1), nth(engines, 2)]
/** Asked once: what waited too long is told so. */
const other = nth(nodes, 1)

async function holdFor({ cartId }: Buyer, variantId: string, ttlMs: number, quantity = 1): Promise<HeldLine> {
  const answer = await first.ask('hold', { cartId, variantId, quantity, ttlMs })
  if (!answer.ok || !answer.value) throw new Error('The piece was not held.')
  return answer.value
}

interface Fate {
  readonly kind: string
  readonly state: string
  readonly available: number
}

async function fateOf(cartId: string, variantId: string): Promise<Fate> {
  const [fate] = await db.run(sql<Fate>`
    select kind, hold.state, available
    from hold
    join stock on stock.variant_id = hold.variant_id
    where cart_id = ${cartId} and hold.variant_id = ${variantId}`)
  if (!fate) throw new Error('There is no such line.')
  return fate
}

/** Checkout, sweep and a rival meet at the moment the hold falls due. Says who won. */
async function meetAtExpiry(variantId: string, buyer: Buyer, rival: Buyer, checkoutMs: number, sweepMs: number) {
  const line = await holdFor(buyer, variantId, 60)
  const due = line.expiresAt.getTime()
  const orderId = newId()
  const [begun, , taken] = await Promise.all([
    second.ask('begin', { orderId, ...buyer, deadlineMs: 60_000 }, due + checkoutMs),
    third.ask('sweep', undefined, due + sweepMs),
    first.ask('hold', { cartId: rival.cartId, variantId, quantity: 1 }, due + sweepMs),
  ])
  await third.ask('sweep', undefined, due + 10)
  const fate = await fateOf(buyer.cartId, variantId)
  const isConverted = fate.kind === 'checkout' && fate.state === 'held'
  const isExpired = fate.state === 'lapsed' && fate.kind === 'cart'
  expect(begun.ok).toBe(isConverted)
  // A piece that was converted is neither free nor somebody else's; one that expired is exactly one of both.
  expect(fate.available + Number(taken.ok)).toBe(isExpired ? 1 : 0)
  if (isConverted) await first.ask('end', orderId)
  await first.ask('hold', { cartId: buyer.cartId, variantId, quantity: 0 })
  await first.ask('hold', { cartId: rival.cartId, variantId, quantity: 0 })
  return { isConverted, isExpired }
}

test(
  'a checkout at the moment its hold falls due either converts it or loses it to expiry: never both, never neither',
  { timeout: raceTimeout },
  async () => {
    const random = makeRandom(5)
    const pairs = await makeBuyers(20)
    const variants = await Promise.all(Array.from({ length: 10 }, () => makeVariant({ quantity: 1 })))
    const tally = { attempts: 0, converted: 0, expired: 0, both: 0, neither: 0 }
    for (let round = 0; round < rounds(10, 200); round++) {
      const met = variants.map(({ variantId }, index) => {
        // A checkout has a few statements to go before it reaches the line, hence the lead; one in ten comes in good time,
        // so that not everything expires on a slow machine.
        const checkoutMs = index === 0 ? -45 : random.int(21) - 15
        return meetAtExpiry(variantId, nth(pairs, 2 * index), nth(pairs, 2 * index + 1), checkoutMs, random.int(11) - 5)
      })
      for (const { isConverted, isExpired } of await Promise.all(met)) {
        tally.attempts++
        tally.converted += Number(isConverted)
        tally.expired += Number(isExpired)
        tally.both += Number(isConverted && isExpired)
        tally.neither += Number(!isConverted && !isExpired)
      }
    }
    report('A5', tally)
    expect(tally).toMatchObject({ both: 0, neither: 0 })
    expect(tally.converted).toBeGreaterThan(0)
    expect(tally.expired).toBeGreaterThan(0)
    expect(await listImbalances()).toEqual([])
  },
)

async function countWaiters(): Promise<number> {
  const [row] = await db.run(sql<{ waiters: number }>`
    select count(*)::int as waiters
    from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`)
  return row?.waiters ?? 0
}

/**
 * Keeps what the statement locks until `due` is over, with `work` waiting for it since before.
 * Null when the machine was too slow for that, which proves nothing.
 */
async function waitPast<T>(due: Date, lock: Statement<unknown>, work: () => Promise<T>) {
  let answer: Promise<T | null> = Promise.resolve(null)
  let isBefore = false
  const freedAt = await transact(async (tx) => {
    await tx.run(lock)
    answer = work().catch((error: unknown) => {
      if (isTooMuch(error)) return null
      throw error
    })
    await until(async () => (await countWaiters()) > 0 || (await clock()) > due)
    isBefore = (await countWaiters()) > 0 && (await clock()) < due
    await until(async () => (await clock()) > due)
    return clock()
  })
  const given = await answer
  return isBefore && given !== null ? { answer: given, freedAt } : null
}

/** As often as asked for, or as a slow machine lets. */
async function tryOften<T>(times: number, attempt: () => Promise<T | null>): Promise<T[]> {
  const seen: T[] = []
  for (let tries = 0; tries < times * 3 && seen.length < times; tries++) {
    const result = await attempt()
    if (result !== null) seen.push(result)
  }
  expect(seen.length).toBeGreaterThan(0)
  return seen
}

const stockLock = (variantId: string) => sql`select from stock where variant_id = ${variantId} for update`
const holdLock = (cartId: string) => sql`select from hold where cart_id = ${cartId} for update`

test('a rival who waited for the count while the hold fell due gets the piece', { timeout: raceTimeout }, async () => {
  const seen = await tryOften(rounds(5, 50), async () => {
    const [buyer, rival] = await makeBuyers(2)
    const { variantId } = await makeVariant({ quantity: 1 })
    const { expiresAt } = await holdFor(buyer as Buyer, variantId, 120)
    return waitPast(expiresAt, stockLock(variantId), () =>
      other.ask('hold', { cartId: (rival as Buyer).cartId, variantId, quantity: 1 }),
    )
  })
  expect(seen.filter(({ answer }) => !answer.ok)).toEqual([])
})

test('a checkout that waited for the line while it fell due converts nothing', { timeout: raceTimeout }, async () => {
  const seen = await tryOften(rounds(5, 50), async () => {
    const [buyer] = (await makeBuyers(1)) as [Buyer]
    const { variantId } = await makeVariant({ quantity: 1 })
    const { expiresAt } = await holdFor(buyer, variantId, 120)
    return waitPast(expiresAt, holdLock(buyer.cartId), () =>
      other.ask('begin', { orderId: newId(), ...buyer, deadlineMs: 60_000 }),
    )
  })
  expect(seen.filter(({ answer }) => answer.ok)).toEqual([])
})

test(
  'a buyer who waited for the own line while it fell due is never told a time that is over',
  { timeout: raceTimeout },
  async () => {
    const seen = await tryOften(rounds(5, 50), async () => {
      const [buyer] = (await makeBuyers(1)) as [Buyer]
      const { variantId } = await makeVariant({ quantity: 2 })
      const { expiresAt } = await holdFor(buyer, variantId, 120)
      return waitPast(expiresAt, holdLock(buyer.cartId), () =>
        other.ask('hold', { cartId: buyer.cartId, variantId, quantity: 2, ttlMs: 1_000 }),
      )
    })
    for (const { answer, freedAt } of seen) {
      if (!answer.ok || !answer.value) throw new Error('The pieces were there.')
      expect(answer.value.expiresAt.getTime()).toBeGreaterThan(freedAt.getTime())
    }
    expect(await listImbalances()).toEqual([])
  },
)

test(
  'with nobody sweeping, new buyers get what expired at once, and so does the next in line',
  { timeout: raceTimeout },
  async () => {
    const delays = await Promise.all(
      Array.from({ length: rounds(30, 200) }, async (_, index) => {
        const [holder, ...rivals] = (await makeBuyers(4)) as [Buyer, ...Buyer[]]
        const { variantId } = await makeVariant({ quantity: 3 })
        const { expiresAt } = await holdFor(holder, variantId, 400, 3)
        const asks = rivals.map(async ({ cartId }) => {
          for (const end = performance.now() + 10_000; performance.now() < end;) {
            const answer = await nth(engines, index).ask('hold', { cartId, variantId, quantity: 1 })
            if (answer.ok && answer.value) return answer.value.now.getTime() - expiresAt.getTime()
            await sleep(20)
          }
          return Infinity
        })
        return Promise.all(asks)
      }),
    )
    const worst = Math.max(...delays.flat())
    report('A7', { buyers: delays.flat().length, 'worst ms': worst })
    expect(Math.min(...delays.flat())).toBeGreaterThanOrEqual(0)
    expect(worst).toBeLessThanOrEqual(1_000 * pace())

    const [one, two, passer] = (await makeBuyers(3)) as [Buyer, Buyer, Buyer]
    const { variantId, sellerId, userId } = await makeVariant({ quantity: 0 })
    for (const buyer of [one, two]) await first.ask('join', { ...buyer, variantId, quantity: 1 })
    const edit = { sellerId, actorId: userId, variantId, change: { delta: 1 }, note: '' }
    await first.ask('adjustStock', edit)
    // The first lets the offer pass; whoever asks for the variant next, even in vain, makes it the second's.
    await until(async () => {
      await second.ask('hold', { cartId: passer.cartId, variantId, quantity: 1 })
      return (await second.ask('hold', { cartId: two.cartId, variantId, quantity: 1 })).ok
    })
    expect(await listImbalances()).toEqual([])
  },
)
