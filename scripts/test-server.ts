import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { startEmbedded } from '#lib/embedded/membership'
import { migrate } from './migrate.ts'
import { urlOf } from './test-database.ts'

interface Server {
  readonly url: string
  stop(): Promise<void>
}

/**
 * One PostgreSQL for the whole run, with one migrated database that each test file clones.
 * TEST_DATABASE_URL names a server to use instead, as a user that may create databases there.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startServer()
  const template = `souk_template_${process.pid}`
  try {
    await runOn(server.url, `create database ${template}`)
    await migrate(urlOf(server.url, template))
  } catch (error) {
    await server.stop()
    throw error
  }
  project.provide('testServer', { url: server.url, template })
  return async () => {
    await runOn(server.url, `drop database ${template} with (force)`)
    await server.stop()
  }
}

/** Nothing of it outlives the run, so nothing has to reach the disk. */
async function startServer(): Promise<Server> {
  const given = process.env.TEST_DATABASE_URL
  if (given) return { url: given, stop: () => Promise.resolve() }
  const dataDir = await mkdtemp(join(tmpdir(), 'souk-test-'))
  // Root's server runs as another user, who must get there.
  await chmod(dataDir, 0o755)
  const { url, leave } = await startEmbedded({
    dataDir,
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' },
  })
  return {
    url,
    stop: async () => {
      await leave()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

async function runOn(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(statement).finally(() => client.end())
}
