import { sql, type Tx } from '#lib/db'
import type { Task } from './types.ts'

/** Puts work into the queue as part of the transaction: it is done if the transaction commits, and not otherwise. */
export async function enqueue(tx: Tx, task: Pick<Task, 'name' | 'maxAttempts'>, payload: object): Promise<void> {
  await tx.run(addJob(task.name, payload, task.maxAttempts))
}

const addJob = (name: string, payload: object, maxAttempts: number) => sql`
  select graphile_worker.add_job(${name}, payload => ${JSON.stringify(payload)}::json, max_attempts => ${maxAttempts})`
