import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { expect, test } from 'vitest'
import { newPool } from '#lib/db'
import { newId } from '#lib/ids'
import { listImbalances, makeVariant } from '../../scripts/test-market.ts'
import { useTestDatabase } from '../../scripts/test-database.ts'
import {
  EngineError,
  makeAnonymousCarts,
  makeRandom,
  nth,
  raceTimeout,
  report,
  rounds,
  useEngines,
  volley,
  type Random,
} from '../../scripts/test-race.ts'
import { listStock } from './queries.ts'

const { url } = await useTestDatabase()
const engines = await useEngines()
const [engine] = engines as [(typeof engines)[number]]

test(
  'of 200 requests in a batch, one with a cart that does not exist fails alone',
  { timeout: raceTimeout },
  async () => {
    const random = makeRandom(9)
    const carts = await makeAnonymousCarts(200)
    for (let round = 0; round < rounds(5, 50); round++) {
      const { variantId } = await makeVariant({ quantity: 500 })
      const ghost = newId()
      const asks = random.shuffle([ghost, ...carts]).map((cartId) => ({ cartId, variantId, quantity: 1 }))
      const answers = await volley([engine], 'hold', asks)
      const failed = asks.filter((_, index) => {
        const answer = nth(answers, index)
        return answer.status === 'rejected' || !answer.value.ok
      })
      expect(failed.map((ask) => ask.cartId)).toEqual([ghost])
      const fault = answers.find((answer) => answer.status === 'rejected')
      expect(fault?.reason).toMatchObject({ constraint: 'hold_cart_id_fkey' })
      const [state] = await listStock({ variantIds: [variantId] })
      expect(state?.available).toBe(300)
    }
    expect(await listImbalances()).toEqual([])
  },
)

test('a full queue answers Overloaded at once, and does all it took in', { timeout: raceTimeout }, async () => {
  const carts = await makeAnonymousCarts(6_000)
  const { variantId } = await makeVariant({ quantity: 10_000 })
  const answers = await volley(
    [engine],
    'hold',
    carts.map((cartId) => ({ cartId, variantId, quantity: 1 })),
  )
  const overloaded = answers.filter((answer) => answer.status === 'rejected')
  for (const { reason } of overloaded) expect(reason).toMatchObject({ name: 'Overloaded' })
  // The queue holds 5,000; who then waited too long for a turn is refused as well.
  expect(overloaded.length).toBeGreaterThanOrEqual(1_000)
  const held = answers.filter((answer) => answer.status === 'fulfilled' && answer.value.ok).length
  expect(held).toBe(6_000 - overloaded.length)
  expect(held).toBeGreaterThan(0)
  const [state] = await listStock({ variantIds: [variantId] })
  expect(state?.available).toBe(10_000 - held)
})

/** What a buyer was told, against what may stand: after an answer that never came, the line is as before or as asked. */
interface Belief {
  readonly cartId: string
  readonly variantId: string
  possible: Set<number>
}

interface Tally {
  ok: number
  refused: number
  unknown: number
  wrong: number
}

/** What stands, read over connections that nobody cuts. */
async function heldNow(witness: pg.Pool, { cartId, variantId }: Belief): Promise<number> {
  const { rows } = await witness.query<{ quantity: number }>(
    `select coalesce(sum(quantity), 0)::int as quantity
     from hold
     where cart_id = $1 and variant_id = $2 and state = 'held'`,
    [cartId, variantId],
  )
  return rows[0]?.quantity ?? -1
}

/** Nobody else touches this line: each answer is held against the database before the next is asked for. */
async function insist(belief: Belief, random: Random, until: number, witness: pg.Pool, tally: Tally): Promise<void> {
  const { cartId, variantId } = belief
  while (performance.now() < until) {
    const quantity = random.int(4)
    try {
      const answer = await random.pick(engines).ask('hold', { cartId, variantId, quantity, ttlMs: 600_000 })
      if (answer.ok) belief.possible = new Set([quantity])
      tally[answer.ok ? 'ok' : 'refused']++
    } catch (error) {
      if (!(error instanceof EngineError)) throw error
      tally.unknown++
      belief.possible.add(quantity)
    }
    tally.wrong += Number(!belief.possible.has(await heldNow(witness, belief)))
    await sleep(random.int(10))
  }
}

/** Ends a connection of the nodes that is at work, again and again. */
async function cutConnections(until: number): Promise<number> {
  const killer = new pg.Client({ connectionString: url, application_name: 'killer' })
  await killer.connect()
  let cut = 0
  while (performance.now() < until) {
    const { rowCount } = await killer.query(`
      select pg_terminate_backend(pid)
      from pg_stat_activity
      where datname = current_database() and application_name = 'souk' and state <> 'idle'
      order by random()
      limit 1`)
    cut += rowCount ?? 0
    await sleep(5)
  }
  await killer.end()
  return cut
}

test(
  'connections cut in the middle of batches lose no answer that was given and give no piece twice',
  { timeout: raceTimeout },
  async () => {
    const variants = await Promise.all(Array.from({ length: 4 }, () => makeVariant({ quantity: 30 })))
    const carts = await makeAnonymousCarts(30)
    const beliefs: Belief[] = carts.flatMap((cartId) =>
      variants.map(({ variantId }) => ({ cartId, variantId, possible: new Set([0]) })),
    )
    const tally: Tally = { ok: 0, refused: 0, unknown: 0, wrong: 0 }
    const until = performance.now() + rounds(4_000, 60_000)
    const witness = newPool({ max: 4, application_name: 'witness' })
    const [cut] = await Promise.all([
      cutConnections(until),
      ...beliefs.map((belief, index) => insist(belief, makeRandom(900 + index), until, witness, tally)),
    ]).finally(() => witness.end())
    report('cut connections', { cut, ...tally })
    expect(tally.wrong).toBe(0)
    expect(cut).toBeGreaterThan(10)
    expect(tally.ok).toBeGreaterThan(100)
    expect(await listImbalances()).toEqual([])
  },
)
