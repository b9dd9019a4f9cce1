import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { db, endPools, sql } from '#lib/db'
import { startEmbedded } from '#lib/embedded/membership'
import { newSecret } from '#lib/ids'
import { auditStock } from '#lib/inventory/queries'
import { auditMoney } from '#lib/orders/queries'
import { migrate } from '../../scripts/migrate.ts'
import { startTestNode } from '../../scripts/test-node.ts'
import { buy } from './buyers.ts'
import { newCaller } from './caller.ts'
import { countCalls, newTally, type Tally } from './functions.ts'
import { makePeople, type Person } from './people.ts'
import { report, type Size } from './report.ts'
import { sell, type Counter } from './sellers.ts'

const SIZES = [1, 10, 100, 1_000]
const RUNS = Number(process.env.BENCH_RUNS ?? 3)
/** Five times as long as other measurements: people need a while to come to the end of what they do. */
const MS = 5 * Number(process.env.BENCH_MS ?? 6_000)
const CALLS = 1_000
/** A node that has just started runs its code uncompiled: it is measured as it runs after its first seconds. */
const WARM_UP_MS = 8_000

/**
 * The assignment's table: so many sellers and as many buyers at once, each calling one function after the other, 1,000 times or
 * for 30 seconds; the mean response time of each function, and the calls a second that the market answered. Several runs each.
 */
await main()

async function main(): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'souk-bench-'))
  await chmod(dataDir, 0o755)
  // PostgreSQL as it comes: 100 connections.
  const embedded = await startEmbedded({ dataDir })
  Object.assign(process.env, { DATABASE_URL: embedded.url, DATA_DIR: dataDir, SOUK_SECRET: newSecret() + newSecret() })
  await migrate(embedded.url)
  // People call as fast as they are answered, which no market lets one person do: only the limits per minute are lifted.
  const node = await startTestNode({ LOG_LEVEL: 'warn', TRUSTED_PROXIES: '127.0.0.1', RATE_LIMIT_FACTOR: '1000000' })
  try {
    await hold(node.url, 10, 'warm', WARM_UP_MS)
    const sizes: Size[] = []
    for (const people of SIZES) {
      const runs: { tally: Tally; perSecond: number }[] = []
      for (let run = 1; run <= RUNS; run++) {
        const done = await hold(node.url, people, `${people}x${run}`, MS)
        console.error(`${people} + ${people}, run ${run}: ${done.perSecond} calls/s, ${done.tally.errors} errors`)
        runs.push(done)
      }
      sizes.push({ people, runs })
    }
    const breaches = [...(await auditStock()).breaches, ...(await auditMoney()).breaches].length
    const title =
      `Each function's mean response time on ${cpus().length} cores, PostgreSQL with ${await connections()} connections; ` +
      `${RUNS} runs each, of ${CALLS} calls a client or ${MS} ms; ${breaches} breaches.`
    const isSound = await report({ title, sizes, breaches })
    process.exitCode = isSound ? 0 : 1
  } finally {
    await node.interrupt()
    await endPools()
    await embedded.leave()
    await rm(dataDir, { recursive: true, force: true })
  }
}

/** One run. */
async function hold(
  url: string,
  people: number,
  run: string,
  ms: number,
): Promise<{ tally: Tally; perSecond: number }> {
  const [sellers, buyers] = [await makePeople('seller', run, people), await makePeople('buyer', run, people)]
  const counters = new Map<string, Counter>(sellers.map(({ handle }) => [handle, { toShip: [], shipped: new Set() }]))
  const tally = newTally()
  const begun = performance.now()
  const callerOf = (_: Person, index: number) =>
    newCaller(url, {
      ...{ tally, calls: CALLS, end: begun + ms },
      address: `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`,
    })
  const counterOf = (handle: string) => counters.get(handle)
  await Promise.all([
    ...sellers.map((person, index) =>
      sell(callerOf(person, index), person, index, counters.get(person.handle) ?? { toShip: [], shipped: new Set() }),
    ),
    ...buyers.map((person, index) => buy(callerOf(person, people + index), person, index, { run, counterOf })),
  ])
  return { tally, perSecond: Math.round(countCalls(tally) / ((performance.now() - begun) / 1_000)) }
}

async function connections(): Promise<string> {
  const [row] = await db.run(sql<{ most: string }>`select current_setting('max_connections') as most`)
  return row?.most ?? ''
}
