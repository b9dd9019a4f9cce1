import { sql, type Tx } from '#lib/db'
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

const addJob = (name: string, payload: object, maxAttempts: number, line: string) => sql`
  select graphile_worker.add_job(${name}, payload => ${JSON.stringify(payload)}::json, max_attempts => ${maxAttempts},
                                 queue_name => ${line})`
