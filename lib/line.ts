import pg from 'pg'
import type { Statement } from './db.ts'

export interface LineOptions {
  /** What the database calls the connection. */
  readonly name: string
  /** What it listens to from the moment it is open. */
  readonly channel: string
  readonly hear: (payload: string) => void
}

/** A connection of its own to the database, on which it also hears what others have to say. */
export interface Line {
  /** Runs one statement, on a new connection where there is none. A failure of any kind throws the connection away. */
  ask<Row>(statement: Statement<Row>): Promise<Row[]>
  close(): Promise<void>
}

/**
 * Opens with the first question. Nothing else of this process can stand before what is asked on it, and an answer that the
 * network swallows is not waited for longer than 1.5 s.
 */
export function openLine({ name, channel, hear }: LineOptions): Line {
  let current: { client: pg.Client; ready: Promise<void> } | null = null

  function open() {
    const client = new pg.Client({
      connectionString: process.env.DATABASE_URL,
      application_name: name,
      connectionTimeoutMillis: 1_000,
      keepAlive: true,
      lock_timeout: 1_000,
      statement_timeout: 1_400,
      // The network may swallow the answer, so that the server's own limit is not heard of.
      query_timeout: 1_500,
      pipeline: true,
    })
    client.on('error', () => drop(client))
    client.on('notification', ({ payload }) => hear(payload ?? ''))
    const ready = client.connect().then(async () => void (await client.query(`listen ${channel}`)))
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
