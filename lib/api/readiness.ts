import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Pool } from 'pg'
import { newPool } from '#lib/db'
import { SECOND_MS } from '#lib/time'

export interface Readiness {
  /**
   * Answers `GET /livez` and `GET /readyz`, and says whether it did. While the node leaves it also asks whoever sends
   * anything to come with the next request over another connection.
   */
  answer(request: IncomingMessage, response: ServerResponse): boolean
  /** All that a node needs is there. */
  open(): void
  /**
   * From now on new work is to go elsewhere. Answers keep coming until the server is closed. Where others answer on the same
   * port, which is replaced process by process, the port stays ready.
   */
  leave(how: { readonly isReplaced: boolean }): void
  /** Closes the connection to the database. */
  end(): Promise<void>
}

const HEADERS = { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' }

type Status = 'starting' | 'ready' | 'stopping' | 'without-database'

/**
 * Whether a process lives, and whether a load balancer should send it work.
 * `/livez` asks nobody: a database that is away is no reason to kill a node. `/readyz` asks the database over a connection of
 * its own, so that a full pool is not taken for a missing server; at most once a second, however often it is asked.
 */
export function createReadiness(askDatabase = databaseCheck()): Readiness {
  let stage: Exclude<Status, 'without-database'> = 'starting'
  let isLeaving = false
  let known: { at: number; answers: Promise<boolean> } | null = null
  const hasDatabase = () => {
    if (!known || performance.now() - known.at > SECOND_MS) {
      known = { at: performance.now(), answers: askDatabase.check() }
    }
    return known.answers
  }
  const status = async (): Promise<Status> => {
    if (stage !== 'ready') return stage
    return (await hasDatabase()) ? stage : 'without-database'
  }
  return {
    answer: ({ method, url }, response) => {
      if (isLeaving) response.setHeader('Connection', 'close')
      if (method !== 'GET' && method !== 'HEAD') return false
      if (url === '/livez') response.writeHead(200, HEADERS).end('{"status":"alive"}')
      else if (url === '/readyz') {
        void status().then((said) =>
          response.writeHead(said === 'ready' ? 200 : 503, HEADERS).end(JSON.stringify({ status: said })),
        )
      } else return false
      return true
    },
    open: () => {
      if (stage === 'starting') stage = 'ready'
    },
    leave: ({ isReplaced }) => {
      isLeaving = true
      if (!isReplaced) stage = 'stopping'
    },
    end: () => askDatabase.end(),
  }
}

/** Whether the database answers `select 1` within a second. */
function databaseCheck() {
  let pool: Pool | undefined
  return {
    check: () => {
      pool ??= newPool({
        max: 1,
        connectionTimeoutMillis: SECOND_MS,
        statement_timeout: SECOND_MS,
        // The server's own timeout does not help where the server is not heard any more.
        query_timeout: SECOND_MS,
        application_name: 'souk readiness',
      })
      return pool.query('select 1').then(
        () => true,
        () => false,
      )
    },
    end: async () => pool?.end(),
  }
}
