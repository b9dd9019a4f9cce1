import pg from 'pg'
import type { Report } from './progress.ts'

export interface DemoAccount {
  readonly login: string
  readonly password: string
  readonly what: string
}

const SEED_LOCK = 7_305_013
/** The state of the demo market is the database's own comment: it comes and goes with the data it speaks of. */
const SEEDING = 'demo market: being made'
const SEEDED = 'demo market: made'

/**
 * Fills an empty embedded database with the demo market, once, and returns its accounts; none where the data are one's own.
 * Guarantees: a market that was left half made is finished; the seed goes on with what is missing.
 * Concurrency: under an advisory lock; a second node waits until the first is done. No node serves before.
 */
export async function makeDemoMarket(databaseUrl: string, report: Report): Promise<readonly DemoAccount[]> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'souk seed' })
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [SEED_LOCK])
    const state = await readComment(client)
    const { seed, demoAccounts } = await import('../../prisma/seed.ts')
    if (state === SEEDED) return demoAccounts
    if (state !== SEEDING && (await hasUsers(client))) return []
    await writeComment(client, SEEDING)
    await seed((done, total, what) => report(`${done} of ${total}, ${what}`))
    await writeComment(client, SEEDED)
    return demoAccounts
  } finally {
    await client.end()
  }
}

/** Whether this database is the demo market's, made or half made. */
export async function isDemoMarket(databaseUrl: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'souk seed' })
  client.on('error', () => undefined)
  await client.connect()
  try {
    const state = await readComment(client)
    return state === SEEDING || state === SEEDED
  } finally {
    await client.end()
  }
}

async function hasUsers(client: pg.Client): Promise<boolean> {
  const { rowCount } = await client.query('select from app_user limit 1')
  return rowCount !== 0
}

async function readComment(client: pg.Client): Promise<string | null> {
  const { rows } = await client.query<{ comment: string | null }>(
    `select shobj_description(oid, 'pg_database') as comment from pg_database where datname = current_database()`,
  )
  return rows[0]?.comment ?? null
}

async function writeComment(client: pg.Client, comment: string): Promise<void> {
  const { rows } = await client.query<{ name: string }>('select quote_ident(current_database()) as name')
  await client.query(`comment on database ${rows[0]?.name} is ${client.escapeLiteral(comment)}`)
}
