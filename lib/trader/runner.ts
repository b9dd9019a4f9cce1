import { hostname } from 'node:os'
import type pg from 'pg'
import { db, newPool } from '#lib/db'
import { newSecret } from '#lib/ids'
import { log } from '#lib/log'
import { once } from '#lib/once'
import { inTerm, StaleEpoch } from './fence.ts'
import { standForTrader } from './lease.ts'
import { newRecord, recordRun, restMs } from './rules.ts'
import { writeDuties } from './sql/duty.ts'
import type { Duty, DutyRecord, Term } from './types.ts'

/** How often the table is told what became of the duties. */
const TELL_MS = 2_000

/** What this node knows of itself: for metrics, which are a node's own. */
export interface TraderStatus {
  readonly node: string
  /** Its turn, while it has one. */
  term: Term | null
  readonly duties: ReadonlyMap<string, DutyRecord>
}

/** Null where the process has no trader. */
export function traderStatus(): TraderStatus | null {
  return slot().status
}

function slot(): { status: TraderStatus | null } {
  return once('trader.status', () => ({ status: null }))
}

/**
 * Makes this process a candidate; elected, it runs the duties, each in a loop of its own, from its first moment on.
 * Guarantees: a duty that throws is logged, counted and tried again, later each time, and stops no other; none of their
 * transactions is written after the turn. `stop` hands over within a second.
 */
export function startTrader(duties: readonly Duty[]): { stop(): Promise<void> } {
  // Its own connections: a rush on the market does not keep it waiting, and none of them waits long for a node that stands still.
  const pool = newPool({
    max: 5,
    application_name: 'souk-trader',
    connectionTimeoutMillis: 5_000,
    idle_in_transaction_session_timeout: 3_000,
  })
  const node = `${hostname()}:${process.pid}:${newSecret(4)}`
  const records = new Map<string, DutyRecord>(duties.map(({ name }) => [name, newRecord(name)]))
  const status: TraderStatus = { node, term: null, duties: records }
  slot().status = status
  const tell = tellDuty(node, records)
  /** What is under way of any turn. */
  let running: Promise<unknown> = Promise.resolve()

  const candidate = standForTrader({
    node,
    begin: (term) => {
      status.term = term
      const loops = [
        ...duties.map((duty) => runDuty(duty, { term, pool, records })),
        runDuty(tell, { term, pool, records: new Map() }),
      ]
      running = Promise.all([running, ...loops.map((loop) => loop.ended)])
      return {
        stop: async () => {
          if (status.term === term) status.term = null
          await Promise.all(loops.map((loop) => loop.stop()))
        },
      }
    },
  })
  return {
    stop: async () => {
      await candidate.stop()
      await running
      await pool.end()
      slot().status = null
    },
  }
}

/** What became of the duties goes to where every node can read it. */
function tellDuty(node: string, records: ReadonlyMap<string, DutyRecord>): Duty {
  const told = new Map<string, DutyRecord>()
  return {
    name: 'tell',
    periodMs: TELL_MS,
    batch: Infinity,
    run: async ({ epoch }) => {
      const changed = [...records.values()].filter((record) => record.ranAt && told.get(record.name) !== record)
      if (changed.length === 0) return 0
      const since = changed.map((record) => ({ record, told: told.get(record.name) ?? newRecord(record.name) }))
      await db.run(writeDuties(node, epoch, since))
      for (const record of changed) told.set(record.name, record)
      return changed.length
    },
  }
}

interface Course {
  readonly term: Term
  readonly pool: pg.Pool
  readonly records: Map<string, DutyRecord>
}

/** Runs one duty until it is stopped or the turn is over. */
function runDuty(duty: Duty, { term, pool, records }: Course): { stop(): Promise<void>; ended: Promise<void> } {
  let isStopped = false
  let woken = () => undefined as void

  async function run(): Promise<void> {
    let dueAt = performance.now()
    while (!isStopped && term.isOurs()) {
      const begunAt = performance.now()
      const outcome = await attempt(duty, term, pool)
      // The turn is over, which is no failure of the duty.
      if (outcome.error instanceof StaleEpoch) return
      if (outcome.error !== null && !isStopped) log().error({ err: outcome.error, duty: duty.name }, 'duty failed')
      const record = recordRun(records.get(duty.name) ?? newRecord(duty.name), {
        at: new Date(),
        lagMs: begunAt - dueAt,
        tookMs: performance.now() - begunAt,
        done: outcome.done,
        failure: outcome.error && outcome.error.message,
      })
      records.set(duty.name, record)
      const rest = restMs(duty, record, outcome.done)
      dueAt = performance.now() + rest
      if (!isStopped) await pause(rest)
    }
  }

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      woken = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  const ended = run()
  return {
    ended,
    stop: async () => {
      isStopped = true
      woken()
      await ended
    },
  }
}

async function attempt(duty: Duty, term: Term, pool: pg.Pool): Promise<{ done: number; error: Error | null }> {
  try {
    const { epoch } = term
    return { done: await inTerm(term, pool, () => duty.run({ epoch, batch: duty.batch })), error: null }
  } catch (error) {
    return { done: 0, error: error instanceof Error ? error : new Error(String(error)) }
  }
}
