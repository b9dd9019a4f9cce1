import { expect, test } from 'vitest'
import { db, sql, transact } from '#lib/db'
import { useTestDatabase } from '../../scripts/test-database.ts'
import { enqueue, freeLostJobs } from './commands.ts'
import { startJobs } from './runner.ts'

await useTestDatabase()

/** As a node leaves them that is killed so long after it took a line's first job. */
async function dieWith(line: string, worker: string, minutesAgo: number): Promise<void> {
  await db.run(sql`
    update graphile_worker._private_jobs
    set locked_by = ${worker}, locked_at = now() - ${minutesAgo} * interval '1 minute', attempts = 1
    where id = (
      select min(job.id)
      from graphile_worker._private_jobs as job
      join graphile_worker._private_job_queues as queue on queue.id = job.job_queue_id
      where queue.queue_name = ${line})`)
  await db.run(sql`
    update graphile_worker._private_job_queues
    set locked_by = ${worker}, locked_at = now() - ${minutesAgo} * interval '1 minute'
    where queue_name = ${line}`)
}

test('what a node died with is done by another, and the rest of its line; what was just taken stays with who took it', async () => {
  const done: string[] = []
  const task = {
    name: 'tell',
    maxAttempts: 5,
    run: ({ word }: { word: string }) => Promise.resolve(void done.push(word)),
  }
  const ask = (word: string, line: string) => transact((tx) => enqueue(tx, task, { word }, line))
  for (const word of ['first', 'second']) await ask(word, 'of the dead')
  await ask('third', 'of the living')
  await dieWith('of the dead', 'dead', 6)
  await dieWith('of the living', 'living', 1)

  const jobs = await startJobs([task])
  await ask('fourth', 'of others')
  await expect.poll(() => done).toEqual(['fourth'])
  expect(await freeLostJobs()).toBe(1)
  expect(await freeLostJobs()).toBe(0)
  await expect.poll(() => done, { timeout: 10_000 }).toEqual(['fourth', 'first', 'second'])
  await jobs.stop()
})
