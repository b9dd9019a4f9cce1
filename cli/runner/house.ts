import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import pg from 'pg'
import { endPools } from '#lib/db'
import { Fault } from '#lib/embedded/fault'
import { withLock } from '#lib/embedded/lock'
import { startEmbedded } from '#lib/embedded/membership'
import { migrate } from '../../scripts/migrate.ts'
import { keepSecret } from '../../scripts/start/checks.ts'

/** Where a bazaar or a simulation is: a data folder of its own, whose database runs. */
export interface House {
  readonly dataDir: string
  /** What its nodes have as their environment. */
  readonly settings: Readonly<Record<string, string>>
}

export interface HouseOptions {
  readonly peers: number
  /** The market's settings, beside those that lift its limits. */
  readonly settings: Readonly<Record<string, string>>
}

/** Everybody here comes from one address, and nobody is told to come less often. */
const LIFTED = {
  HOLD_CAP_PER_VARIANT: '100000',
  HOLD_CARTS_PER_ADDRESS: '100000',
  RATE_LIMIT_FACTOR: '1000000',
}

/** Set in the operator's shell or not: none of it is this market's. */
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
  options: HouseOptions & { isFresh: boolean },
  work: (house: House) => Promise<T>,
): Promise<T> {
  const dataDir = join(resolve(process.env.DATA_DIR ?? '.data'), 'bazaar')
  await mkdir(dataDir, { recursive: true })
  // The database may run as another user, who must get there.
  await chmod(dataDir, 0o755)
  const done = await withLock(join(dataDir, 'bazaar.lock'), () => open(dataDir, options, work), { waitMs: 0 })
  if (!done)
    throw new Fault(`A bazaar is under way in ${dataDir}: wait for its end, or set DATA_DIR to another folder.`)
  return done.value
}

/** The same in a tent: a folder for this once, with nothing in it, that is gone afterwards. Any number stand side by side. */
export async function inTent<T>(options: HouseOptions, work: (house: House) => Promise<T>): Promise<T> {
  const dataDir = await mkdtemp(join(tmpdir(), 'souk-'))
  await chmod(dataDir, 0o755)
  try {
    return await open(dataDir, { ...options, isFresh: false }, work)
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
}

async function open<T>(
  dataDir: string,
  { isFresh, peers, settings: wanted }: HouseOptions & { isFresh: boolean },
  work: (house: House) => Promise<T>,
): Promise<T> {
  const connections = { max_connections: `${60 + (peers + 2) * CONNECTIONS}` }
  const embedded = await startEmbedded({ dataDir, settings: connections })
  try {
    if (isFresh) await empty(embedded.url)
    const given = { DATABASE_URL: embedded.url, DATA_DIR: dataDir, SOUK_SECRET: await keepSecret(dataDir) }
    const settings = { ...NOT_OURS, ...LIFTED, ...wanted, ...given }
    Object.assign(process.env, settings)
    await migrate(embedded.url)
    const network = { HOST: '127.0.0.1', PORT: '0' }
    return await work({ dataDir, settings: { ...settings, ...network, NODE_ENV: 'production', LOG_LEVEL: 'info' } })
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
