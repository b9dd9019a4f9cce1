import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { db, sql } from '#lib/db'
import { listTerms, type TermRow } from '#lib/trader/sql/lease'
import type { Failpoint } from './failpoint.ts'
import type { Sighting, ToTrader } from './test-trader.ts'

/** A candidate of its own process. */
export interface TestTrader {
  readonly pid: number
  /** Every moment at which it took itself for the trader. */
  readonly sightings: readonly Sighting[]
  failAt(failpoint: Failpoint): void
  stop(): Promise<void>
  kill(signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void
  /** Resolves when it stands still, or is gone. */
  halted(): Promise<void>
}

const running = new Set<ChildProcess>()

export async function startTestTrader(url: string): Promise<TestTrader> {
  const child = fork(join(import.meta.dirname, 'test-trader.ts'), {
    env: { ...process.env, NODE_OPTIONS: '', DATABASE_URL: url },
    execArgv: [],
    serialization: 'advanced',
  })
  running.add(child)
  const sightings: Sighting[] = []
  const gone = once(child, 'exit').finally(() => running.delete(child))
  child.on('message', (said: Sighting | 'ready') => said !== 'ready' && sightings.push(said))
  await Promise.race([
    once(child, 'message'),
    gone.then(([code]) => {
      throw new Error(`A candidate did not start: it ended with ${String(code)}.`)
    }),
  ])
  const pid = child.pid ?? 0
  return {
    pid,
    sightings,
    failAt: (failpoint) => child.send(failpoint satisfies ToTrader),
    stop: async () => {
      child.send('stop' satisfies ToTrader)
      await gone
    },
    kill: (signal) => process.kill(pid, signal),
    halted: async () => {
      while (child.exitCode === null && child.signalCode === null && (await stateOf(pid)) !== 'T') await pause(5)
    },
  }
}

/** None of them outlives its test, not even those that stand still. */
export function killTestTraders(): void {
  for (const child of running) child.kill('SIGKILL')
}

/** The letter that Linux has for what a process does; Z when there is none. */
async function stateOf(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  return /\) (\w)/.exec(stat)?.[1] ?? 'Z'
}

export async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms))
}

/** The latest term, once there is one later than that epoch. */
export async function termAfter(epoch: number, patienceMs = 20_000): Promise<TermRow> {
  const end = performance.now() + patienceMs
  for (;;) {
    const [term] = await db.run(listTerms(1))
    if (term && term.epoch > epoch) return term
    if (performance.now() > end) throw new Error(`Nobody was elected after ${epoch} within ${patienceMs} ms.`)
    await pause(5)
  }
}

/** Of candidates, the one whose term it is. */
export function traderOf(term: TermRow, candidates: readonly TestTrader[]): TestTrader {
  const found = candidates.find(({ pid }) => term.node.includes(`:${pid}:`))
  if (!found) throw new Error(`No candidate is ${term.node}.`)
  return found
}

/** The sightings of a turn at a moment when a later one had been sighted already. There must be none. */
export function listOverlaps(candidates: readonly TestTrader[]): readonly Sighting[] {
  const all = candidates.flatMap(({ sightings }) => sightings)
  const ordered = all.toSorted((left, right) => Number(left.at - right.at))
  let latest = 0
  return ordered.filter(({ epoch }) => {
    latest = Math.max(latest, epoch)
    return epoch < latest
  })
}

/** A table in which the traders' probes write their epochs. */
export async function makeProbe(): Promise<void> {
  await db.run(
    sql`create table trader_probe (epoch int not null, at timestamptz(3) not null default clock_timestamp())`,
  )
}

/** What turns wrote after the next had begun, and how often the fence kept one out. */
export async function countStale(): Promise<{ written: number; refused: number; probes: number }> {
  const [row] = await db.run(sql<{ written: number; refused: number; probes: number }>`
    select (select count(*)::int
            from trader_probe
            join trader_term as next on next.epoch = trader_probe.epoch + 1
            where at > next.began_at) as written,
           (select sum(refused)::int from trader_term) as refused,
           (select count(*)::int from trader_probe) as probes`)
  return row ?? { written: 0, refused: 0, probes: 0 }
}
