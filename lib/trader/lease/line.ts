import pg from 'pg'
import type { Statement } from '#lib/db'
import { CHANNEL } from '../sql/lease.ts'

/**
 * The lease's own connection: opened when it is needed, and thrown away with the first failure. `hear` is called when somebody
 * gives the lease back.
 */
export function openLine(hear: () => void) {
  let current: { client: pg.Client; ready: Promise<void> } | null = null

  function open() {
    const client = new pg.Client({
      connectionString: process.env.DATABASE_URL,
      application_name: 'souk-lease',
      connectionTimeoutMillis: 1_000,
      keepAlive: true,
      lock_timeout: 1_000,
      statement_timeout: 1_400,
      // The network may swallow the answer, so that the server's own limit is not heard of.
      query_timeout: 1_500,
    })
    client.on('error', () => drop(client))
    client.on('notification', hear)
    const ready = client.connect().then(async () => void (await client.query(`listen ${CHANNEL}`)))
    return { client, ready }
  }

  function drop(client: pg.Client): void {
    if (current?.client === client) current = null
    // Not waited for: a dead network never says good-bye.
    void client.end().catch(() => undefined)
  }

  return {
    async ask<Row>(statement: Statement<Row>): Promise<Row[]> {
      const { client, ready } = (current ??= open())
      try {
        await ready
        return (await client.query({ text: statement.text, values: [...statement.values] })).rows as Row[]
      } catch (error) {
        drop(client)
        throw error
      }
    },
    async close(): Promise<void> {
      await current?.ready.catch(() => undefined)
      await current?.client.end().catch(() => undefined)
    },
  }
}
