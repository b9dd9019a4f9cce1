import { afterAll, beforeAll, expect, test } from 'vitest'
import { db, sql } from '#lib/db'
import { watchPace } from '../../scripts/test-pace.ts'
import { clock, quantile, report } from '../../scripts/test-race.ts'
import { useTestDatabase } from '../../scripts/test-database.ts'
import { expectCleanBooks, makePaidPart } from '../../scripts/test-orders.ts'
import {
  countStale,
  killTestTraders,
  listOverlaps,
  makeProbe,
  pause,
  startTestTrader,
  termAfter,
  traderOf,
  type TestTrader,
} from '../../scripts/test-traders.ts'
import { listStaleWrites } from './sql/payout.ts'

const pace = watchPace()
const { url } = await useTestDatabase()

/** How many traders stand still, and how many are killed. */
const RUNS = Number(process.env.TRADER_RUNS ?? 5)
const PAUSE_MS = 8_000
const TIMEOUT_MS = 120_000 + RUNS * 25_000

/** Where they stand still: before the fence, in a transaction that has passed it, and anywhere. */
const STOPS = ['begin', 'insert into trader_probe', 'begin', 'select'] as const
/** Where they die: before a balance is claimed, before the provider hears of it, before it is known to be paid. */
const DEATHS = ['insert into payout', 'insert into sandbox_transfer', 'set status = case', 'select'] as const

let candidates: TestTrader[] = []
const all: TestTrader[] = []

async function stand(): Promise<void> {
  const candidate = await startTestTrader(url)
  candidates.push(candidate)
  all.push(candidate)
}

beforeAll(async () => {
  await makeProbe()
  await Promise.all([stand(), stand(), stand()])
})
afterAll(killTestTraders)

/** Delivered long ago: so many sellers whose money is due. */
async function makeDue(count: number): Promise<void> {
  for (let made = 0; made < count; made += 10) {
    await Promise.all(Array.from({ length: Math.min(10, count - made) }, () => makePaidPart({ quantities: [1] })))
  }
  await db.run(sql`
    update seller_order
    set status = 'delivered', shipped_at = now() - interval '2 days', delivered_at = now() - interval '1 day'
    where status = 'paid'`)
}

/** What sellers were paid at the provider, against what their orders earned. */
async function readPaid() {
  const [row] = await db.run(sql<{
    earned: bigint
    transferred: bigint
    payouts: number
    transfers: number
    open: number
  }>`
    select (select coalesce(sum(amount_cents), 0)::bigint
            from posting
            join journal_entry as entry on entry.id = posting.entry_id and entry.kind = 'settlement'
            join account on account.id = posting.account_id and account.kind = 'seller') as earned,
           (select coalesce(sum(amount_cents), 0)::bigint from sandbox_transfer) as transferred,
           (select count(*)::int from payout) as payouts,
           (select count(*)::int from sandbox_transfer) as transfers,
           (select count(*)::int from payout where status = 'pending')
             + (select count(*)::int from seller_order where status = 'delivered')
             -- Settled, and the payout not yet begun.
             + (select count(*)::int
                from account_balance as balance
                join account on account.id = balance.account_id and account.kind = 'seller'
                where balance.balance_cents > 0) as open`)
  if (!row) throw new Error('Nothing was counted.')
  return row
}

test('a trader that is told to stop hands over within a second', { timeout: TIMEOUT_MS }, async () => {
  const took: number[] = []
  for (let run = 0; run < 3; run++) {
    const term = await termAfter(0)
    const from = await clock()
    const leaving = traderOf(term, candidates)
    candidates = candidates.filter((candidate) => candidate !== leaving)
    const [next] = await Promise.all([termAfter(term.epoch), leaving.stop()])
    took.push(next.beganAt.getTime() - from.getTime())
    await stand()
  }
  expect(Math.max(...took)).toBeLessThanOrEqual(1_000 * pace())
  const ends = await db.run(sql<{ why: string }>`select distinct why from trader_term where why is not null`)
  expect(ends).toEqual([{ why: 'released' }])
  expect(listOverlaps(all)).toEqual([])
  report('hand-over', { runs: took.length, max_ms: Math.max(...took) })
})

test(
  'whether traders stand still or die, in the middle of anything: one at a time, nothing late, every cent paid once',
  { timeout: TIMEOUT_MS },
  async () => {
    await makeDue(60 + RUNS * 40)
    const took: number[] = []
    /** From the moment of the fault, which the database's clock tells as well as it can be asked. */
    const strike = async (before: string, signal: 'SIGSTOP' | 'SIGKILL') => {
      const term = await termAfter(0)
      const struck = traderOf(term, candidates)
      struck.failAt({ before, signal })
      // A point that it does not come to any more is as good as any.
      await Promise.race([struck.halted(), pause(2_000).then(() => struck.kill(signal))])
      const from = await clock()
      const next = await termAfter(term.epoch)
      took.push(next.beganAt.getTime() - from.getTime())
      return struck
    }
    for (let run = 0; run < RUNS; run++) {
      const begun = performance.now()
      const paused = await strike(STOPS[run % STOPS.length] ?? 'begin', 'SIGSTOP')
      const killed = await strike(DEATHS[run % DEATHS.length] ?? 'begin', 'SIGKILL')
      candidates = candidates.filter((candidate) => candidate !== killed)
      await stand()
      await pause(Math.max(0, begun + PAUSE_MS - performance.now()))
      paused.kill('SIGCONT')
      // It has to find out, and stand again, before it can be struck again.
      await pause(500)
    }
    await expect.poll(() => readPaid(), { timeout: 60_000, interval: 100 }).toMatchObject({ open: 0 })
    await Promise.all(candidates.map((candidate) => candidate.stop()))
    const paid = await readPaid()
    const stale = await countStale()
    report('failover', {
      ...{ pauses: RUNS, kills: RUNS, takeover_p95_ms: quantile(took, 0.95), takeover_max_ms: Math.max(...took) },
      ...{ stale_writes: stale.written, stale_refused: stale.refused, probes: stale.probes },
      ...{ payouts: paid.payouts, transfers: paid.transfers },
    })
    expect(listOverlaps(all)).toEqual([])
    expect(stale).toMatchObject({ written: 0 })
    expect(stale.refused).toBeGreaterThan(0)
    expect(await db.run(listStaleWrites())).toEqual([])
    expect(paid.transferred).toBe(paid.earned)
    expect(paid.transfers).toBe(paid.payouts)
    await expectCleanBooks()
    expect(Math.max(...took)).toBeLessThanOrEqual(10_000 * pace())
    expect(quantile(took, 0.95)).toBeLessThanOrEqual(8_000 * pace())
  },
)
