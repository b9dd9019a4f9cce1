import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { newId } from '#lib/ids'
import { listImbalances, makeVariant } from '../../scripts/test-market.ts'
import { useTestDatabase } from '../../scripts/test-database.ts'
import {
  auditDuring,
  isTooMuch,
  makeBuyers,
  makeRandom,
  nth,
  quantile,
  raceTimeout,
  report,
  rounds,
  seed,
  useEngines,
  type Buyer,
  type Random,
} from '../../scripts/test-race.ts'
import { listStock } from './queries.ts'

await useTestDatabase()
process.env.HOLD_LIMIT_MS = '2000'
process.env.HOLD_COOLDOWN_MS = '50'
process.env.OFFER_TTL_MS = '150'
const engines = await useEngines()

const PIECES = 100
const stock = await makeVariant({ quantity: PIECES })
const { variantId, sellerId, userId } = stock

interface Tally {
  sold: number
  deposited: number
  busy: number
  granted: number
  refused: number
}

/** One buyer does one thing after the other, each on any node, until it is over. */
async function shop(buyer: Buyer, random: Random, until: number, pauseMs: number, tally: Tally): Promise<void> {
  while (performance.now() < until) {
    await sleep(random.int(pauseMs))
    try {
      await actOnce(buyer, random, tally)
    } catch (error) {
      if (!isTooMuch(error)) throw error
      tally.busy++
    }
  }
}

async function actOnce({ cartId, buyerId }: Buyer, random: Random, tally: Tally): Promise<void> {
  const engine = random.pick(engines)
  const roll = random.int(100)
  const count = (ok: boolean) => void (ok ? tally.granted++ : tally.refused++)
  const anonymous = random.chance(0.2)
  if (roll < 55) {
    const line = { cartId, variantId, quantity: 1 + random.int(3), ttlMs: 20 + random.int(1_500) }
    const held = await engine.ask('hold', { ...line, anonymous })
    count(held.ok)
    return held.ok && random.chance(0.3) ? buyOnce({ cartId, buyerId }, random, tally) : undefined
  }
  if (roll < 70) return count((await engine.ask('hold', { cartId, variantId, quantity: 0 })).ok)
  if (roll < 82)
    return count((await engine.ask('join', { cartId, buyerId, variantId, quantity: 1 + random.int(2) })).ok)
  if (roll < 86) return count((await engine.ask('leave', { cartId, variantId })).ok)
  return buyOnce({ cartId, buyerId }, random, tally)
}

async function buyOnce({ cartId, buyerId }: Buyer, random: Random, tally: Tally): Promise<void> {
  const orderId = newId()
  const begun = await random.pick(engines).ask('begin', { orderId, cartId, buyerId, deadlineMs: 10_000 })
  tally[begun.ok ? 'granted' : 'refused']++
  if (!begun.ok) return
  // Ends one way or the other, however much there is to do: the reaper would come again too.
  for (let tries = 0; tries < 20; tries++) {
    try {
      if (random.chance(0.3)) return await random.pick(engines).ask('end', orderId)
      const taken = await random.pick(engines).ask('take', [orderId])
      tally.sold += taken.reduce((sum, line) => sum + line.quantity, 0)
      return
    } catch (error) {
      if (!isTooMuch(error)) throw error
      tally.busy++
    }
  }
}

/** The seller fills up what was sold, and sometimes takes away more than that; every node sweeps. */
async function keepHouse(random: Random, until: number, tally: Tally): Promise<void> {
  while (performance.now() < until) {
    await sleep(random.int(80))
    const [state] = await listStock({ variantIds: [variantId] })
    const delta = PIECES - (state?.onHand ?? 0) - (random.chance(0.2) ? 5 : 0)
    const edit = { sellerId, actorId: userId, variantId, change: { delta }, note: '' }
    const edited = await random
      .pick(engines)
      .ask('adjustStock', edit)
      .catch((error: unknown) => {
        if (!isTooMuch(error)) throw error
        tally.busy++
      })
    if (edited?.ok) tally.deposited += delta
    await random
      .pick(engines)
      .ask('sweep', undefined)
      .catch((error: unknown) => {
        if (!isTooMuch(error)) throw error
        tally.busy++
      })
  }
}

test(
  'in a storm on 100 pieces, held, offered and free ones are all there are, at every moment looked at',
  { timeout: raceTimeout },
  async () => {
    const buyers = await makeBuyers(rounds(300, 5_000))
    const tally: Tally = { sold: 0, deposited: 0, busy: 0, granted: 0, refused: 0 }
    const seconds = rounds(6, 120)
    const begun = performance.now()
    const until = begun + seconds * 1_000
    const pauseMs = rounds(100, 2_000)
    const work = Promise.all([
      ...buyers.map((buyer, index) => shop(buyer, makeRandom(index), until, pauseMs, tally)),
      keepHouse(makeRandom(-1), until, tally),
      keepHouse(makeRandom(-2), until, tally),
    ])
    const { samples, breaches } = await auditDuring(work)
    const elapsed = (performance.now() - begun) / 1_000
    const latencies = engines.flatMap((engine) => engine.latencies)
    report('A2', {
      samples,
      violations: breaches.length,
      'ops/s': Math.round(latencies.length / elapsed),
      'p50 ms': quantile(latencies, 0.5),
      'p99 ms': quantile(latencies, 0.99),
      ...tally,
    })
    expect(breaches).toEqual([])
    expect(samples).toBeGreaterThan(seconds)
    expect(tally.sold, `FC_SEED=${seed}`).toBeGreaterThan(0)
    const [after] = await listStock({ variantIds: [variantId] })
    expect(after?.onHand).toBe(PIECES + tally.deposited - tally.sold)
    await comeToRest(buyers)
  },
)

/** Everyone gives back what they have: every piece is free again. */
async function comeToRest(buyers: readonly Buyer[]): Promise<void> {
  for (let at = 0; at < buyers.length; at += 500) {
    await Promise.all(
      buyers.slice(at, at + 500).flatMap(({ cartId }, index) => {
        const engine = nth(engines, index)
        return [engine.ask('leave', { cartId, variantId }), engine.ask('hold', { cartId, variantId, quantity: 0 })]
      }),
    )
  }
  const [state] = await listStock({ variantIds: [variantId] })
  expect(state?.available).toBe(state?.onHand)
  expect(await listImbalances()).toEqual([])
}
