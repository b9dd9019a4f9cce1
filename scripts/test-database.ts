import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, inject } from 'vitest'
import { endPools } from '#lib/db'

declare module 'vitest' {
  interface ProvidedContext {
    testServer: { url: string; template: string }
  }
}

/**
 * Gives the test file that calls it a database of its own: a clone of the migrated template, and a DATA_DIR beside it.
 * Guarantees: both are gone after the file's last test. A connection the file leaves open fails it.
 * To be called at the top of the file, before anything asks for the pool.
 */
export async function useTestDatabase(): Promise<{ url: string }> {
  const { url: serverUrl, template } = inject('testServer')
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const dataDir = await mkdtemp(join(tmpdir(), 'souk-test-data-'))
  const admin = new pg.Client({ connectionString: serverUrl })
  await admin.connect()
  await cloneDatabase(admin, name, template)
  const url = urlOf(serverUrl, name)
  process.env.DATABASE_URL = url
  process.env.DATA_DIR = dataDir

  afterAll(async () => {
    await endPools()
    const left = await listConnections(admin, name)
    await admin.query(`drop database ${name} with (force)`)
    await admin.end()
    await rm(dataDir, { recursive: true, force: true })
    if (left.length > 0) throw new Error(`The test file left database connections open: ${left.join(', ')}.`)
  })
  return { url }
}

/** The same server's address for another database. */
export function urlOf(serverUrl: string, database: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${database}`
  return url.href
}

/** Concurrency: one at a time over the whole run; PostgreSQL refuses to copy a template that another copy is using. */
async function cloneDatabase(admin: pg.Client, name: string, template: string): Promise<void> {
  await admin.query(`select pg_advisory_lock(hashtext('souk test template'))`)
  try {
    await admin.query(`create database ${name} template ${template}`)
  } finally {
    await admin.query(`select pg_advisory_unlock(hashtext('souk test template'))`)
  }
}

/** What is still connected; a closed connection takes the server a moment to forget. */
async function listConnections(admin: pg.Client, name: string): Promise<string[]> {
  for (let attempt = 1; ; attempt++) {
    const { rows } = await admin.query<{ application: string }>(
      `select coalesce(nullif(application_name, ''), 'unnamed') as application from pg_stat_activity where datname = $1`,
      [name],
    )
    if (rows.length === 0 || attempt === 40) return rows.map((row) => row.application)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
