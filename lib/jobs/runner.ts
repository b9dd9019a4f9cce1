import { Logger, run, runMigrations, type Task as Handler } from 'graphile-worker'
import type { Pool, PoolConfig } from 'pg'
import { newPool } from '#lib/db'
import { log } from '#lib/log'
import type { Task } from './types.ts'

const AT_ONCE = 2

/**
 * Works through the queue on this node until stopped; any number of nodes share it.
 * Nothing with a deadline belongs here: a job of a node that was killed waits for minutes.
 */
export async function startJobs(tasks: readonly Task[]): Promise<{ stop(): Promise<void> }> {
  const pool = openPool({ max: AT_ONCE + 2 })
  const runner = await run({
    pgPool: pool,
    concurrency: AT_ONCE,
    noHandleSignals: true,
    logger: quietLogger(),
    taskList: Object.fromEntries(tasks.map((task) => [task.name, handlerOf(task)])),
  })
  return {
    stop: async () => {
      await runner.stop()
      await pool.end()
    },
  }
}

/** Makes the queue's own tables, which belong to the library: part of migrating a database. */
export async function installJobs(databaseUrl: string): Promise<void> {
  const pool = openPool({ connectionString: databaseUrl, max: 1 })
  try {
    await runMigrations({ pgPool: pool, logger: quietLogger() })
  } finally {
    await pool.end()
  }
}

/** The library wants connections that are lent out to be listened to as well: one that dies must not take the process with it. */
function openPool(config: PoolConfig): Pool {
  // Nobody waits for these at a screen, and a start on a busy machine shall not end for them.
  const pool = newPool({ ...config, statement_timeout: 0, query_timeout: 0 })
  pool.on('connect', (client) => void client.on('error', () => undefined))
  return pool
}

function handlerOf(task: Task): Handler {
  return (payload) => task.run(payload)
}

/** The library tells of every job; only what went wrong is worth a line. */
function quietLogger(): Logger {
  return new Logger(() => (level, message, meta) => {
    if (level === 'error' || level === 'warning') log().warn({ meta }, message)
  })
}
