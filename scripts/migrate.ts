import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { installJobs } from '#lib/jobs/runner'
import { type Engine, type MigrationList, openEngine, type SchemaFiles } from './migrate/engine.ts'

const ROOT = join(import.meta.dirname, '..')
const SCHEMA_DIR = join(ROOT, 'prisma', 'schema')
const MIGRATIONS_DIR = join(ROOT, 'prisma', 'migrations')
/** Any number no other code locks; session locks are per database. */
const LOCK = 7_305_011
const LOCKFILE = 'migration_lock.toml'
const NO_FILTER = { externalTables: [], externalEnums: [] }

/**
 * Applies what is pending of prisma/migrations, in order, and returns the names; `_prisma_migrations` is Prisma's own.
 * The job queue's tables come with it; its library brings them up to date by itself.
 * Invariant: a migration and its row in `_prisma_migrations` are one transaction: killed half way, nothing of it stands.
 * Concurrency: under a session advisory lock; of two nodes starting at once the second waits and finds nothing to do.
 */
export async function migrate(databaseUrl: string): Promise<string[]> {
  const pool = oneConnection(databaseUrl)
  try {
    await pool.query('select pg_advisory_lock($1)', [LOCK])
    const list = await readMigrations()
    const applied = await listApplied(pool)
    const pending = list.migrationDirectories.filter(({ path }) => !applied.has(path))
    if (pending.length > 0) {
      const engine = await openEngine(pool, await readSchema())
      for (const { path } of pending) await applyOne(pool, engine, list, path)
    }
    await installJobs(databaseUrl)
    return pending.map(({ path }) => path)
  } finally {
    await pool.end()
  }
}

/**
 * Writes prisma/migrations/<time>_<name>/migration.sql, which turns what the migrations make into prisma/schema.
 * Returns the folder, or null when there is nothing to change. What the schema language cannot say is added by hand.
 * Concurrency: none; `shadowUrl` is a server where a scratch database may be created.
 */
export async function createMigration(name: string, shadowUrl: string): Promise<string | null> {
  const script = await drift(shadowUrl)
  if (script === null) return null
  const time = new Date().toISOString().replaceAll(/[-T:]/g, '').slice(0, 14)
  const folder = join(MIGRATIONS_DIR, `${time}_${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_')}`)
  await mkdir(folder)
  await writeFile(join(folder, 'migration.sql'), script)
  return folder
}

/** The SQL that leads from what the migrations make to prisma/schema; null when they agree. */
export async function drift(databaseUrl: string): Promise<string | null> {
  const pool = oneConnection(databaseUrl)
  try {
    const schema = await readSchema()
    const engine = await openEngine(pool, schema)
    const { stdout } = await engine.diff({
      from: { tag: 'migrations', ...(await readMigrations()) },
      to: { tag: 'schemaDatamodel', ...schema },
      script: true,
      exitCode: null,
      filters: NO_FILTER,
    })
    return stdout === null || stdout.includes('This is an empty migration') ? null : stdout
  } finally {
    await pool.end()
  }
}

/** The engine's statements share one connection, so that they can share one transaction, and the lock lives on it. */
function oneConnection(connectionString: string): pg.Pool {
  const pool = new pg.Pool({ connectionString, max: 1, idleTimeoutMillis: 0, connectionTimeoutMillis: 10_000 })
  pool.on('error', () => undefined)
  return pool
}

async function applyOne(pool: pg.Pool, engine: Engine, list: MigrationList, name: string): Promise<void> {
  const migrationDirectories = list.migrationDirectories.filter(({ path }) => path <= name)
  await pool.query('begin')
  try {
    await engine.applyMigrations({ migrationsList: { ...list, migrationDirectories }, filters: NO_FILTER })
    await pool.query('commit')
  } catch (error) {
    await pool.query('rollback')
    const reason = engine.scriptError ?? (error as Error)
    throw new Error(`The migration ${name} failed and was rolled back: ${reason.message}`, { cause: reason })
  }
}

async function listApplied(pool: pg.Pool): Promise<Set<string>> {
  const known = await pool.query<{ exists: boolean }>(
    `select to_regclass('_prisma_migrations') is not null as "exists"`,
  )
  if (!known.rows[0]?.exists) return new Set()
  const applied = await pool.query<{ name: string }>(
    `select migration_name as "name" from _prisma_migrations where finished_at is not null and rolled_back_at is null`,
  )
  return new Set(applied.rows.map(({ name }) => name))
}

async function readMigrations(): Promise<MigrationList> {
  const entries = await readdir(MIGRATIONS_DIR, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
  const migrationDirectories = names.sort().map(async (path) => ({
    path,
    migrationFile: {
      path: 'migration.sql',
      content: { tag: 'ok' as const, value: await readFile(join(MIGRATIONS_DIR, path, 'migration.sql'), 'utf8') },
    },
  }))
  return {
    baseDir: MIGRATIONS_DIR,
    lockfile: { path: LOCKFILE, content: await readFile(join(MIGRATIONS_DIR, LOCKFILE), 'utf8') },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(migrationDirectories),
  }
}

async function readSchema(): Promise<SchemaFiles> {
  const names = (await readdir(SCHEMA_DIR)).filter((name) => name.endsWith('.prisma')).sort()
  const files = names.map(async (name) => {
    const path = join(SCHEMA_DIR, name)
    return { path, content: await readFile(path, 'utf8') }
  })
  return { files: await Promise.all(files) }
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { create: { type: 'string' } } })
  const url = process.env.DATABASE_URL
  if (!url)
    throw new Error('Set DATABASE_URL: the server to migrate, or with --create one where scratch databases may live.')
  if (values.create !== undefined) {
    const folder = await createMigration(values.create, url)
    console.log(folder ? `wrote ${folder}/migration.sql` : 'the migrations already make prisma/schema')
    return
  }
  const applied = await migrate(url)
  console.log(applied.length > 0 ? `applied ${applied.join(', ')}` : 'nothing to apply')
}

if (import.meta.main) {
  await main().catch((error: unknown) => {
    console.error((error as Error).message)
    process.exitCode = 1
  })
  // The engine leaves a 10 s timer behind, its limit for taking a lock it has long had.
  process.exit()
}
