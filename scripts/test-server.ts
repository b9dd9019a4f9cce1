import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { migrate } from './migrate.ts'
import { urlOf } from './test-database.ts'

/** INTERIM until lib/embedded exists. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const url = process.env.TEST_DATABASE_URL ?? 'postgresql://postgres@127.0.0.1:5599/postgres'
  const template = `template_${process.pid}`
  const admin = new pg.Client({ connectionString: url })
  await admin.connect()
  await admin.query(`create database ${template}`)
  await migrate(urlOf(url, template))
  project.provide('testServer', { url, template })
  return async () => {
    await admin.query(`drop database ${template}`)
    await admin.end()
  }
}
