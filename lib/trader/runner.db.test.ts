import { afterEach, expect, test } from 'vitest'
import { db, sql } from '#lib/db'
import { hold } from '#lib/inventory/commands/hold'
import { sweepLate } from '#lib/inventory/tasks'
import { startTicks } from '#lib/jobs/ticks'
import { STARVED, watchPace } from '../../scripts/test-pace.ts'
import { until } from '../../scripts/test-race.ts'
import { useTestDatabase } from '../../scripts/test-database.ts'
import { makeCart, makeVariant } from '../../scripts/test-market.ts'
import { getTrader } from './queries.ts'
import { traderMetrics } from './queries/metrics.ts'
import { duties } from './tasks.ts'
import { startTrader, traderStatus } from './runner.ts'
import type { Duty } from './types.ts'

const pace = watchPace()
await useTestDatabase()

/** Longer than a trader lives without a renewal. */
const SATURATED_MS = Number(process.env.TRADER_RUNS ?? 0) >= 100 ? 60_000 : 6_500

let trader: { stop(): Promise<void> } | null = null
const start = (...duties: Duty[]) => (trader = startTrader(duties))
afterEach(async () => {
  await trader?.stop()
  trader = null
  await db.run(sql`delete from trader_duty`)
})

const duty = (name: string, run: Duty['run'], over: Partial<Duty> = {}): Duty => {
  return { name, periodMs: 5, batch: Infinity, run, ...over }
}

test('a duty that throws is counted and tried again later and later, and stops no other; what became of each can be read', async () => {
  const failedAt: number[] = []
  let worked = 0
  start(
    duty('failing', () => {
      failedAt.push(performance.now())
      return Promise.reject(new Error('planted'))
    }),
    duty('working', () => Promise.resolve(++worked && 2)),
  )
  await until(() => failedAt.length >= 3 && worked >= 50)
  const [first = 0, second = 0, third = 0] = failedAt
  expect(second - first).toBeGreaterThanOrEqual(490)
  expect(third - second).toBeGreaterThanOrEqual(990)
  await until(async () => ((await getTrader()).duties.find(({ name }) => name === 'failing')?.failing ?? 0) >= 3)
  const { duties, current } = await getTrader()
  expect(current).toMatchObject({ node: traderStatus()?.node, epoch: traderStatus()?.term?.epoch })
  const [failing, working] = duties
  expect(failing).toMatchObject({ name: 'failing', lastError: 'planted', succeededAt: null })
  expect(working).toMatchObject({ name: 'working', failing: 0, lastError: null, node: current?.node })
  expect(working?.done).toBe((working?.runs ?? 0n) * 2n)
})

test('a node tells its own part: whether it trades, in which turn, and what became of its duties', async () => {
  expect(traderMetrics()).toEqual([])
  start(
    duty('failing', () => Promise.reject(new Error('planted'))),
    duty('working', () => Promise.resolve(3), { periodMs: 60_000 }),
  )
  const read = (name: string, of?: string) =>
    traderMetrics()
      .find((metric) => metric.name === `souk_trader_${name}`)
      ?.values.find(({ labels }) => labels?.duty === of)?.value
  expect([read('lease_held'), read('epoch'), read('duty_runs_total', 'working')]).toEqual([0, 0, 0])
  await until(() => (read('duty_failures_total', 'failing') ?? 0) >= 2)
  expect([read('lease_held'), read('epoch')]).toEqual([1, (await getTrader()).current?.epoch])
  expect([read('duty_runs_total', 'working'), read('duty_done_total', 'working')]).toEqual([1, 3])
  expect([read('duty_failing', 'working'), read('duty_failing', 'failing')]).toEqual([0, 2])
  expect(read('duty_took_seconds', 'working')).toBeLessThan(10 * pace())
  traderStatus()?.term?.end()
  await until(() => read('lease_held') === 0)
  expect(read('epoch')).toBe(0)
})

test('while there is more to do a duty does not rest', async () => {
  let left = 30
  let runs = 0
  const run: Duty['run'] = ({ batch }) => {
    runs++
    const done = Math.min(batch, left)
    left -= done
    return Promise.resolve(done)
  }
  const begun = performance.now()
  start(duty('busy', run, { periodMs: 60_000, batch: 10 }))
  await until(() => runs === 4)
  expect(left).toBe(0)
  expect(performance.now() - begun).toBeLessThan(5_000 * pace())
})

test('a connection of the lease that is cut is made anew, and the turn goes on', async () => {
  start()
  await until(() => traderStatus()?.term != null)
  const epoch = traderStatus()?.term?.epoch
  const cut = () =>
    db.run(sql<{ pid: number }>`
    select pid, pg_terminate_backend(pid)
    from pg_stat_activity
    where datname = current_database() and application_name = 'souk-lease'`)
  const before = await leaseEnd()
  expect(await cut()).toHaveLength(1)
  await until(async () => (await leaseEnd()) > before)
  expect(traderStatus()?.term).toMatchObject({ epoch })
  expect((await getTrader()).terms).toHaveLength(epoch ?? 0)
})

async function leaseEnd(): Promise<number> {
  return (await getTrader()).current?.expiresAt.getTime() ?? 0
}

test(
  'while pages have taken every connection the trader works on, and nobody else is elected',
  async () => {
    let runs = 0
    start(duty('working', () => db.run(sql`select 1`).then(() => ++runs)))
    const saturate = async () => {
      await until(() => traderStatus()?.term != null)
      const [pace, term, before] = [watchPace(), traderStatus()?.term, runs]
      const end = performance.now() + SATURATED_MS
      const busy = Array.from({ length: 30 }, async () => {
        // Whoever waits too long for a connection gives up, and comes again.
        while (performance.now() < end) await db.run(sql`select pg_sleep(0.9)`).catch(() => undefined)
      })
      await Promise.all(busy)
      return { isSame: traderStatus()?.term === term, runs: runs - before, pace: pace() }
    }
    let seen = await saturate()
    // A machine that is given to others for seconds makes any trader step down, as it must: that says nothing of the pages.
    for (let more = 3; !seen.isSame && seen.pace > STARVED && more > 0; more--) seen = await saturate()
    expect(seen).toMatchObject({ isSame: true })
    expect(seen.runs).toBeGreaterThan(SATURATED_MS / 50 / seen.pace)
  },
  4 * SATURATED_MS + 60_000,
)

test('a trader that stops lets what is under way end', async () => {
  let isDone = false
  let begun = () => undefined as void
  const running = new Promise<void>((resolve) => (begun = resolve))
  await db.run(sql`create table ended (at timestamptz)`)
  start(
    duty('long', async () => {
      begun()
      await new Promise((resolve) => setTimeout(resolve, 200))
      await db.run(sql`insert into ended values (now())`)
      isDone = true
      return 1
    }),
  )
  await running
  await trader?.stop()
  trader = null
  expect(isDone).toBe(true)
  expect(await db.run(sql`select 1 from ended`)).toHaveLength(1)
  expect((await getTrader()).current).toBeNull()
})

test('each of the market’s duties is done in its turn, from the first moment on', async () => {
  start(...duties)
  const told = async () => {
    const rows = (await getTrader()).duties
    expect(rows.map(({ lastError }) => lastError)).toEqual(rows.map(() => null))
    return rows.filter(({ succeededAt }) => succeededAt !== null).length
  }
  await until(async () => (await told()) === duties.length)
  expect(new Set(duties.map(({ name }) => name)).size).toBe(duties.length)
})

/** A piece that is held for a moment. Resolves to the milliseconds after the end of the hold in which it was free again. */
async function timeToReturn(): Promise<number> {
  const { variantId } = await makeVariant({ quantity: 1 })
  expect(await hold({ cartId: await makeCart(), variantId, quantity: 1, ttlMs: 50 })).toMatchObject({ ok: true })
  const over = performance.now() + 50
  await until(async () => {
    const rows = await db.run(sql`select 1 from stock where variant_id = ${variantId} and available = 1`)
    return rows.length > 0
  })
  return performance.now() - over
}

test('a hold that is over is seen to be over within a second, also while nobody trades', async () => {
  const ticks = startTicks([sweepLate])
  const without = await timeToReturn()
  await ticks.stop()
  start(...duties)
  await until(() => traderStatus()?.term != null)
  const withOne = await timeToReturn()
  expect(Math.max(without, withOne)).toBeLessThanOrEqual(1_000 * pace())
  // What is due just now is left to the trader.
  expect(without).toBeGreaterThanOrEqual(390)
})
