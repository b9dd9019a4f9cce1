import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { db, sql } from '#lib/db'
import { listImbalances, makeVariant } from '../../scripts/test-market.ts'
import { useTestDatabase } from '../../scripts/test-database.ts'
import {
  makeAnonymousCarts,
  makeBuyers,
  makeRandom,
  patient,
  raceTimeout,
  report,
  rounds,
  useEngines,
  type Buyer,
  type Random,
} from '../../scripts/test-race.ts'

const TTL = 300
const COOLDOWN = 200
const CAP = 5
const CARTS_PER_ADDRESS = 3

await useTestDatabase()
process.env.HOLD_TTL_MS = `${TTL}`
process.env.HOLD_LIMIT_MS = `${2 * TTL}`
process.env.HOLD_COOLDOWN_MS = `${COOLDOWN}`
process.env.HOLD_CAP_PER_VARIANT = `${CAP}`
process.env.HOLD_CARTS_PER_ADDRESS = `${CARTS_PER_ADDRESS}`
process.env.HOLD_ANONYMOUS_PERCENT = '50'
const engines = (await useEngines()).map(patient)

interface Sample {
  readonly at: Date
  /** Pieces kept from others, and of them those whose time is not over. */
  readonly pieces: number
  readonly live: number
}

/** What one cart has, looked at as often as it goes until the work is done. */
async function watch(cartId: string, variantId: string, work: Promise<unknown>): Promise<Sample[]> {
  const samples: Sample[] = []
  let isDone = false
  const done = work.finally(() => (isDone = true))
  while (!isDone) {
    samples.push(
      ...(await db.run(sql<Sample>`
        select clock_timestamp() as at, coalesce(sum(quantity), 0)::int as pieces,
               coalesce(sum(quantity) filter (where expires_at > clock_timestamp()), 0)::int as live
        from hold
        where cart_id = ${cartId} and variant_id = ${variantId} and state = 'held'`)),
    )
    await sleep(2)
  }
  await done
  return samples
}

/** How long pieces were had without a rest of a cooldown, each time. */
function stretchesOf(samples: readonly Sample[]): number[] {
  const stretches: { from: number; to: number }[] = []
  for (const { at } of samples.filter((sample) => sample.live > 0)) {
    const last = stretches.at(-1)
    if (last && at.getTime() - last.to < COOLDOWN) last.to = at.getTime()
    else stretches.push({ from: at.getTime(), to: at.getTime() })
  }
  return stretches.map(({ from, to }) => to - from)
}

/** Everything a buyer can do to keep pieces. */
async function hoard(
  { cartId, buyerId }: Buyer,
  variantId: string,
  random: Random,
  until: number,
  asksToMerge: boolean,
) {
  const refused = new Map<string, number>()
  while (performance.now() < until) {
    await sleep(random.int(30))
    const engine = random.pick(engines)
    if (asksToMerge && random.chance(0.3)) {
      // Signed out, a fresh cart takes some; signed in, they come along.
      const [anonymousCartId = ''] = await makeAnonymousCarts(1)
      await engine.ask('hold', { cartId: anonymousCartId, variantId, quantity: 1 + random.int(CAP), anonymous: true })
      await sleep(random.int(TTL))
      await random.pick(engines).ask('merge', { anonymousCartId, buyerId })
      continue
    }
    const quantity = random.chance(0.2) ? 0 : 1 + random.int(CAP + 3)
    const answer = await engine.ask('hold', { cartId, variantId, quantity })
    if (!answer.ok) refused.set(answer.refusal.code, (refused.get(answer.refusal.code) ?? 0) + 1)
  }
  return refused
}

async function hoardWith(options: { asksToMerge: boolean; salt: number }) {
  const { variantId } = await makeVariant({ quantity: 60 })
  const [bot] = (await makeBuyers(1)) as [Buyer]
  const until = performance.now() + rounds(3_000, 60_000)
  const hands = Array.from({ length: 4 }, (_, index) =>
    hoard(bot, variantId, makeRandom(options.salt + index), until, options.asksToMerge),
  )
  const samples = await watch(bot.cartId, variantId, Promise.all(hands))
  const refused = await Promise.all(hands)
  const stretches = stretchesOf(samples)
  return {
    most: Math.max(...samples.map((sample) => sample.pieces)),
    longest: Math.max(...stretches),
    stretches: stretches.length,
    samples: samples.length,
    cooling: refused.reduce((sum, each) => sum + (each.get('cooling-down') ?? 0), 0),
  }
}

test(
  'a buyer who adds, removes and adds again has no more than the cap and no longer than twice a hold, then rests',
  { timeout: raceTimeout },
  async () => {
    const seen = await hoardWith({ asksToMerge: false, salt: 400 })
    report('A10 one account', seen)
    expect(seen.most).toBe(CAP)
    expect(seen.longest).toBeLessThanOrEqual(2 * TTL)
    expect(seen.stretches).toBeGreaterThan(1)
    expect(seen.cooling).toBeGreaterThan(0)
    expect(await listImbalances()).toEqual([])
  },
)

test(
  'signing out and in again with what a fresh cart took extends neither the quantity nor the time',
  { timeout: raceTimeout },
  async () => {
    const seen = await hoardWith({ asksToMerge: true, salt: 500 })
    report('A10 signing in and out', seen)
    expect(seen.most).toBeLessThanOrEqual(CAP)
    expect(seen.longest).toBeLessThanOrEqual(2 * TTL)
    expect(await listImbalances()).toEqual([])
  },
)

interface Shares {
  readonly bySource: number
  readonly anonymous: number
  readonly held: number
}

async function sharesOf(variantId: string): Promise<Shares> {
  const [shares] = await db.run(sql<Shares>`
    select coalesce(max(pieces), 0)::int as "bySource", coalesce(sum(anonymous), 0)::int as anonymous,
           coalesce(sum(pieces), 0)::int as held
    from (
      select sum(quantity) as pieces, coalesce(sum(quantity) filter (where anonymous), 0) as anonymous
      from hold
      where variant_id = ${variantId} and state = 'held'
      group by source
    ) as address`)
  if (!shares) throw new Error('A sum is always a row.')
  return shares
}

test(
  'carts nobody signed in to get no more than their share, and those of one address no more than its own',
  { timeout: raceTimeout },
  async () => {
    const { variantId } = await makeVariant({ quantity: 100 })
    const carts = await makeAnonymousCarts(120)
    const members = await makeBuyers(12)
    const until = performance.now() + rounds(2_000, 60_000)
    // One address with many carts, and many with few.
    const sourceOf = (index: number) => (index % 2 === 0 ? 'crowd' : `address-${index % 16}`)
    const loop = async (asker: { cartId: string; anonymous: boolean; source: string }, random: Random) => {
      while (performance.now() < until) {
        await sleep(random.int(150))
        const quantity = random.chance(0.3) ? 0 : 1 + random.int(CAP)
        await random.pick(engines).ask('hold', { ...asker, variantId, quantity })
      }
    }
    const work = Promise.all([
      ...carts.map((cartId, index) =>
        loop({ cartId, anonymous: true, source: sourceOf(index) }, makeRandom(600 + index)),
      ),
      ...members.map(({ cartId }, index) =>
        loop({ cartId, anonymous: false, source: sourceOf(index) }, makeRandom(800 + index)),
      ),
    ]).then(() => true)
    const most = { bySource: 0, anonymous: 0, held: 0 }
    let samples = 0
    while (!(await Promise.race([work, sleep(5).then(() => false)]))) {
      const shares = await sharesOf(variantId)
      for (const name of ['bySource', 'anonymous', 'held'] as const) most[name] = Math.max(most[name], shares[name])
      samples++
    }
    report('A10 crowds', { ...most, samples })
    expect(most.bySource).toBe(CAP * CARTS_PER_ADDRESS)
    expect(most.anonymous).toBe(50)
    expect(most.held).toBeGreaterThan(50)
    expect(await listImbalances()).toEqual([])
  },
)
