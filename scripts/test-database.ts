import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll } from 'vitest'
export async function useTestDatabase(): Promise<void> {
  const admin = new pg.Client('postgresql://postgres@127.0.0.1:5599/postgres'); await admin.connect()
  const name = 't_' + randomUUID().replaceAll('-', '')
  await admin.query(`create database ${name} template tpl`)
  process.env.DATABASE_URL = `postgresql://postgres@127.0.0.1:5599/${name}`
  process.env.LOG_LEVEL='silent'
  afterAll(async () => { const { endPools } = await import('#lib/db'); await endPools(); await admin.query(`drop database ${name}`); await admin.end() })
}
