import { chmod, mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import pg from 'pg'
import { db, endPools, sql } from '#lib/db'
import { Fault } from '#lib/embedded/fault'
import { withLock } from '#lib/embedded/lock'
import { startEmbedded } from '#lib/embedded/membership'
import { migrate } from '../../scripts/migrate.ts'
import { keepSecret } from '../../scripts/start/checks.ts'

/** Where a bazaar is: a data folder of its own, whose database runs. */
export interface House {
  readonly dataDir: string
  /** What its nodes have as their environment. */
  readonly settings: Readonly<Record<string, string>>
}

/** What takes days in a market takes a moment here, and nobody is told to come less often. */
const HASTE = {
  HOLD_TTL_MS: '6000',
  HOLD_LIMIT_MS: '60000',
  HOLD_COOLDOWN_MS: '500',
  HOLD_CAP_PER_VARIANT: '100000',
  HOLD_CARTS_PER_ADDRESS: '100000',
  CHECKOUT_TTL_MS: '20000',
  DISPUTE_WINDOW_MS: '1000',
  PAYOUT_MIN_CENTS: '1',
  PAYOUT_EVERY_MS: '1000',
  RATE_LIMIT_FACTOR: '1000000',
}

/** Set in the operator's shell or not: none of it is the bazaar's. */
const NOT_OURS = {
  PUBLIC_URL: '',
  TRUSTED_PROXIES: '',
  METRICS_PORT: '',
  STRIPE_SECRET_KEY: '',
  STRIPE_WEBHOOK_SECRET: '',
}

/** Connections of one node: pages, holds, the trader, its lease, jobs. */
const CONNECTIONS = 30

/**
 * Does the work in the house of bazaars, `bazaar` in the data folder, on its own embedded database.
 * Guarantees: what bazaars before left is there, or with `isFresh` nothing; the database is stopped at the end.
 * Concurrency: one at a time. Refuses: a second one, as a Fault.
 */
export async function inHouse<T>(
  { isFresh, peers }: { isFresh: boolean; peers: number },
  work: (house: House) => Promise<T>,
): Promise<T> {
  const dataDir = join(resolve(process.env.DATA_DIR ?? '.data'), 'bazaar')
  await mkdir(dataDir, { recursive: true })
  // The database may run as another user, who must get there.
  await chmod(dataDir, 0o755)
  const done = await withLock(join(dataDir, 'bazaar.lock'), () => open({ dataDir, isFresh, peers }, work), {
    waitMs: 0,
  })
  if (!done)
    throw new Fault(`A bazaar is under way in ${dataDir}: wait for its end, or set DATA_DIR to another folder.`)
  return done.value
}

async function open<T>(
  { dataDir, isFresh, peers }: { dataDir: string; isFresh: boolean; peers: number },
  work: (house: House) => Promise<T>,
): Promise<T> {
  const connections = { max_connections: `${60 + (peers + 2) * CONNECTIONS}` }
  const embedded = await startEmbedded({ dataDir, settings: connections })
  try {
    if (isFresh) await empty(embedded.url)
    const given = { DATABASE_URL: embedded.url, DATA_DIR: dataDir, SOUK_SECRET: await keepSecret(dataDir) }
    Object.assign(process.env, given, NOT_OURS, HASTE)
    await migrate(embedded.url)
    await prepareProbe()
    const network = { HOST: '127.0.0.1', PORT: '0' }
    return await work({
      dataDir,
      settings: { ...NOT_OURS, ...HASTE, ...given, ...network, NODE_ENV: 'production', LOG_LEVEL: 'info' },
    })
  } finally {
    await endPools().finally(() => embedded.leave())
  }
}

async function empty(url: string): Promise<void> {
  const server = new URL(url)
  const name = server.pathname.slice(1)
  server.pathname = '/postgres'
  const client = new pg.Client({ connectionString: server.href })
  await client.connect()
  try {
    await client.query(`drop database if exists ${client.escapeIdentifier(name)} with (force)`)
    await client.query(`create database ${client.escapeIdentifier(name)}`)
  } finally {
    await client.end()
  }
}

/** Where traders leave a trace of every moment at which they could write: a table that only bazaars have. */
async function prepareProbe(): Promise<void> {
  await db.run(sql`
    create table if not exists bazaar_probe (
      epoch int not null,
      at timestamptz(3) not null default clock_timestamp()
    )`)
  await db.run(sql`create index if not exists bazaar_probe_idx on bazaar_probe (epoch, at)`)
  await db.run(sql`truncate bazaar_probe`)
}
