import { db, sql, type Tx } from '#lib/db'
import { MINUTE_MS } from '#lib/time'
import type { Task } from './types.ts'

/**
 * Puts work into the queue as part of the transaction: it is done if the transaction commits, and not otherwise.
 * Work of one `line` is done one after the other, so that whoever asks for much keeps nobody else waiting.
 */
export async function enqueue(
  tx: Tx,
  task: Pick<Task, 'name' | 'maxAttempts'>,
  payload: object,
  line: string,
): Promise<void> {
  await tx.run(addJob(task.name, payload, task.maxAttempts, line))
}

/** No job takes this long: whoever took it died with it. */
const LOST_MS = 5 * MINUTE_MS

/**
 * Puts back what nodes took and died with, and with it the rest of its line. Returns how many. The library would wait four
 * hours. Safe where the node was only slow: a job may always be done twice.
 */
export async function freeLostJobs(): Promise<number> {
  const lost = await db.run(listTakers(LOST_MS))
  if (lost.length > 0) await db.run(unlock(lost.map(({ worker }) => worker)))
  return lost.length
}

/** Each works on one job at a time. */
const listTakers = (ms: number) => sql<{ worker: string }>`
  select locked_by as worker
  from graphile_worker.jobs
  where locked_at < now() - ${ms} * interval '1 millisecond'`

const unlock = (workers: readonly string[]) => sql`
  select graphile_worker.force_unlock_workers(${workers}::text[])`

const addJob = (name: string, payload: object, maxAttempts: number, line: string) => sql`
  select graphile_worker.add_job(${name}, payload => ${JSON.stringify(payload)}::json, max_attempts => ${maxAttempts},
                                 queue_name => ${line})`
