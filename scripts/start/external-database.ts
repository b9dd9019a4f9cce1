import pg from 'pg'
import { Fault } from '#lib/embedded/fault'

const OLDEST = 15

/**
 * Refuses a DATABASE_URL that does not lead to a usable PostgreSQL, with one sentence that says what is wrong.
 * Guarantees: no sentence carries the password.
 */
export async function checkExternalDatabase(databaseUrl: string): Promise<void> {
  const url = parseDatabaseUrl(databaseUrl)
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ version: number }>(
      `select current_setting('server_version_num')::int / 10000 as version`,
    )
    const version = rows[0]?.version ?? 0
    if (version < OLDEST) throw new Fault(`DATABASE_URL leads to PostgreSQL ${version}; Souk needs ${OLDEST} or newer.`)
  } catch (error) {
    throw error instanceof Fault ? error : new Fault(explain(url, error))
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Refuses what is no address of a PostgreSQL database. */
export function parseDatabaseUrl(databaseUrl: string): URL {
  const url = URL.parse(databaseUrl)
  const isPostgres = url?.protocol === 'postgresql:' || url?.protocol === 'postgres:'
  if (!url || !isPostgres || url.pathname.length < 2) {
    throw new Fault(
      'DATABASE_URL is no PostgreSQL address: it looks like postgresql://user:password@host:5432/database.',
    )
  }
  return url
}

/** One sentence for what connecting threw. */
export function explain(url: URL, error: unknown): string {
  const { code = '', message } = error as { code?: string; message: string }
  const server = `${url.hostname || 'localhost'}:${url.port || '5432'}`
  const user = decodeURIComponent(url.username)
  const database = decodeURIComponent(url.pathname.slice(1))
  switch (code) {
    case 'ECONNREFUSED':
      return `No PostgreSQL answers at ${server}, where DATABASE_URL points: start it, or correct the address.`
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `The host ${url.hostname} in DATABASE_URL cannot be found.`
    case '28P01':
    case '28000':
      return `PostgreSQL at ${server} does not let ${user || 'this user'} in: the user or the password in DATABASE_URL is wrong.`
    case '3D000':
      return `PostgreSQL at ${server} has no database ${database}: create it, or correct DATABASE_URL.`
    case '53300':
      return `PostgreSQL at ${server} has no connection left.`
    default:
      break
  }
  if (/timeout|timed out/i.test(message) || code === 'ETIMEDOUT') {
    return `PostgreSQL at ${server}, where DATABASE_URL points, did not answer within 5 s.`
  }
  if (message.includes('password must be a string')) {
    return `PostgreSQL at ${server} asks for a password, and DATABASE_URL holds none.`
  }
  return `The database at ${server}, where DATABASE_URL points, cannot be used: ${cutPassword(url, message)}.`
}

function cutPassword(url: URL, message: string): string {
  const secrets = [url.password, decodeURIComponent(url.password)].filter((secret) => secret !== '')
  return secrets.reduce((text, secret) => text.replaceAll(secret, '…'), message)
}
