import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { db, endPools, sql } from '#lib/db'
import { startEmbedded } from '#lib/embedded/membership'
import { migrate } from '../../scripts/migrate.ts'
import { watchPace } from '../../scripts/test-pace.ts'
import { report, until } from '../../scripts/test-race.ts'
import { expectCleanBooks, makePaidPart } from '../../scripts/test-orders.ts'
import { countStale, killTestTraders, listOverlaps, makeProbe, startTestTrader } from '../../scripts/test-traders.ts'
import { listStaleWrites } from './sql/payout.ts'

const pace = watchPace()
// A server of its own, which it may kill, and whose commits reach the disk.
const dataDir = await mkdtemp(join(tmpdir(), 'souk-restart-'))
await chmod(dataDir, 0o755)
const embedded = await startEmbedded({ dataDir })
Object.assign(process.env, { DATABASE_URL: embedded.url, DATA_DIR: dataDir })
await migrate(embedded.url)

afterAll(async () => {
  killTestTraders()
  await endPools()
  await embedded.leave()
  await rm(dataDir, { recursive: true, force: true })
})

const SELLERS = 30

const countPayouts = async () => {
  const [row] = await db.run(sql<{ payouts: number; paid: number; transferred: bigint }>`
    select (select count(*)::int from payout) as payouts,
           (select count(*)::int from payout where status = 'paid') as paid,
           (select coalesce(sum(amount_cents), 0)::bigint from sandbox_transfer) as transferred`)
  return row ?? { payouts: 0, paid: 0, transferred: 0n }
}

/** 0 while the server does not answer. */
const latestProbe = async () => {
  const asked = db.run(sql<{ at: Date | null }>`select max(at) as at from trader_probe`)
  return (await asked.catch(() => []))[0]?.at?.getTime() ?? 0
}

/** So many more sellers whose money is due. */
async function makeDue(count: number): Promise<void> {
  await Promise.all(Array.from({ length: count }, () => makePaidPart({ quantities: [1] })))
  await db.run(sql`
    update seller_order
    set status = 'delivered', shipped_at = now() - interval '2 days', delivered_at = now() - interval '1 day'
    where status = 'paid'`)
}

test('a database that is stopped at once and started again loses nothing, and the same nodes trade on', async () => {
  const patiently = { timeout: 30_000, interval: 20 }
  await makeProbe()
  for (let made = 0; made < SELLERS; made += 15) await makeDue(15)
  const candidates = [await startTestTrader(embedded.url), await startTestTrader(embedded.url)]
  await until(async () => (await countPayouts()).paid > 0)
  const [server] = await db.run(sql<{ pid: number }>`
      select split_part(pg_read_file('postmaster.pid'), chr(10), 1)::int as pid`)
  const before = await countPayouts()
  const stoppedAt = Date.now()
  process.kill(server?.pid ?? 0, 'SIGQUIT')
  // What was on its way to the disk when it stopped is not meant.
  await expect.poll(async () => (await latestProbe()) > stoppedAt + 100, patiently).toBe(true)
  const tookMs = (await latestProbe()) - stoppedAt
  // Longer than anybody trades without a renewal.
  await expect.poll(async () => (await latestProbe()) > stoppedAt + 8_000, patiently).toBe(true)

  await makeDue(10)
  const all = SELLERS + 10
  await expect.poll(async () => (await countPayouts()).paid, patiently).toBe(all)
  await Promise.all(candidates.map((candidate) => candidate.stop()))
  // 9.99 less 5 %, half a cent rounded up for the market.
  expect(await countPayouts()).toEqual({ payouts: all, paid: all, transferred: BigInt(all) * 949n })
  expect(await db.run(listStaleWrites())).toEqual([])
  expect(await countStale()).toMatchObject({ written: 0 })
  expect(listOverlaps(candidates)).toEqual([])
  await expectCleanBooks()
  report('restart', { recovery_ms: tookMs, paid_before: before.paid, paid: all })
  expect(tookMs).toBeLessThanOrEqual(15_000 * pace())
})
