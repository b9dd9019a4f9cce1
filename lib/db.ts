import { AsyncLocalStorage } from 'node:async_hooks'
import { createHash } from 'node:crypto'
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { PrismaClient } from '#prisma/client'
import { env } from './env.ts'
import { once } from './once.ts'
import { ok, type Refusal, type Result } from './result.ts'

/** One SQL statement with its parameters. `Row` is what it returns, by the statement's own aliases. */
export interface Statement<Row> {
  readonly name: string
  readonly text: string
  readonly values: readonly unknown[]
  readonly row?: Row
}

/** What a statement can be run on: the pool, or a transaction. */
export interface Db {
  run<Row>(statement: Statement<Row>): Promise<Row[]>
}

/** An open transaction. A function that takes one never opens one. */
export interface Tx extends Db {
  /**
   * Sends a statement whose answer the work does not need: it travels with what comes next, be it COMMIT, and `hear` gets its
   * rows before the steps after the commit. Whatever it fails with fails the transaction.
   */
  send<Row>(statement: Statement<Row>, hear?: (rows: Row[]) => void): void
  /** Runs once the transaction has committed, and never when it was rolled back: the place to publish from. */
  afterCommit(work: () => void): void
}

/** `sql<Row>`select …``: values become parameters, never text. The same literal is prepared once per connection. */
export function sql<Row>(strings: TemplateStringsArray, ...values: readonly unknown[]): Statement<Row> {
  let known = statements.get(strings)
  if (!known) {
    const text = strings.reduce((left, right, index) => `${left}$${index}${right}`)
    known = { text, name: `souk_${createHash('sha1').update(text).digest('hex').slice(0, 20)}` }
    statements.set(strings, known)
  }
  return { ...known, values }
}

const statements = new WeakMap<TemplateStringsArray, { text: string; name: string }>()

/** The process's pool. bigint columns arrive as bigint. */
export function pool(): pg.Pool {
  return once('pool', () => newPool({ max: env().DATABASE_POOL_SIZE }))
}

/**
 * The hot statements' own few connections, so that a page that reads much never stands before a hold. They join few rows by their
 * keys: the other joins read a table from one end to the other, which a plan made while it was small takes for cheap.
 */
export function hotPool(): pg.Pool {
  const options = `${LOOKUPS} -c enable_hashjoin=off -c enable_mergejoin=off`
  return once('hot-pool', () => newPool({ max: 6, lock_timeout: 200, options }))
}

/**
 * The connections of searches, which strangers ask: few, so that they are in nobody's way, and none for longer than a second.
 * A search is planned for its own words, whatever it costs: how common they are decides which way is the short one. What is
 * searched lies in memory, so reading here and there is hardly dearer than reading in a row; what costs is each entry of an index
 * that is gone through, of words most of all.
 */
export function searchPool(): pg.Pool {
  const settings = {
    plan_cache_mode: 'force_custom_plan',
    random_page_cost: 1.1,
    cpu_index_tuple_cost: 0.1,
    jit: 'off',
    max_parallel_workers_per_gather: 0,
    client_min_messages: 'warning',
  }
  const options = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`)
  const limits = { max: 4, connectionTimeoutMillis: 2_000, statement_timeout: 1_000 }
  return once('search-pool', () => newPool({ ...limits, options: options.join(' ') }))
}

/**
 * Plans are made once, for looking rows up: planning a statement anew costs more than running it, and a plan made while a table
 * was small would read all of it when a rush has filled it. What has no index to go by is still read whole.
 */
const LOOKUPS = '-c plan_cache_mode=force_generic_plan -c enable_seqscan=off'

export function newPool(config: pg.PoolConfig): pg.Pool {
  const made = new pg.Pool({
    connectionString: process.env.DATABASE_URL,
    // As long as a request waits for its turn: a machine that stands still for a few seconds makes a page late, not an error.
    connectionTimeoutMillis: 10_000,
    statement_timeout: 10_000,
    // A server that is gone without a word ends no statement: longer than it may take itself, nobody waits for an answer.
    query_timeout: 20_000,
    keepAlive: true,
    lock_timeout: 2_000,
    idle_in_transaction_session_timeout: 10_000,
    application_name: 'souk',
    // A statement is sent without waiting for the answer to the one before.
    pipeline: true,
    options: LOOKUPS,
    ...config,
    types: { getTypeParser },
  })
  // An idle connection that dies (server restart) must not take the process with it; the pool opens a new one.
  made.on('error', () => undefined)
  // One that dies while it is lent out, between two statements, says so at the next of them.
  made.on('connect', (client) => void client.on('error', () => undefined))
  return made
}

// Counts are cast to int where they are asked for; what stays int8 is money.
const getTypeParser: typeof pg.types.getTypeParser = (oid: number, format?: 'text' | 'binary') =>
  (oid === pg.types.builtins.INT8 ? BigInt : pg.types.getTypeParser(oid, format)) as (text: string) => unknown

/** Prisma over the same pool: what pages read, shaped for a screen. Writes are statements (docs/decisions). */
export function prisma(): PrismaClient {
  return once('prisma', () => new PrismaClient({ adapter: new PrismaPg(pool()) }))
}

/** Statements outside a transaction, each on whichever connection is free. Under a guard each is a transaction. */
export const db: Db = {
  run: (statement) => (guards.getStore() ? transact((tx) => tx.run(statement)) : runOn(pool(), statement)),
}

/** What every transaction of some work has to pass, and the connections it has. */
export interface Guard {
  readonly pool: pg.Pool
  /** Asked before each transaction begins. A throw is the end of it. */
  check(): void
  /** The first thing in each transaction. A throw rolls it back before anything else was sent. */
  enter(tx: Db): Promise<void>
}

const guards = new AsyncLocalStorage<Guard>()

/** Does the work so that every transaction in it, and every statement outside one, passes the guard first. */
export function guarded<T>(guard: Guard, work: () => Promise<T>): Promise<T> {
  return guards.run(guard, work)
}

/** Does work that belongs to others too, or to a world outside, though it was asked for under a guard. */
export function unguarded<T>(work: () => T): T {
  return guards.exit(work)
}

/** Hot statements outside a transaction. */
export const hotDb: Db = { run: (statement) => runOn(hotPool(), statement) }

/** Searches, each planned for what it looks for. */
export const searchDb: Db = { run: (statement) => runOn(searchPool(), statement) }

async function runOn<Row>(target: pg.Pool | pg.PoolClient, statement: Statement<Row>): Promise<Row[]> {
  const result = await target.query({ ...statement, values: [...statement.values] })
  return result.rows as Row[]
}

/**
 * Runs the work in one transaction (READ COMMITTED).
 * Guarantees: commits when the work resolves to an ok result; a refusal or a throw rolls back.
 * A deadlock or serialization failure, which the server has rolled back already, is tried again up to 3 times.
 */
export async function transaction<T, Code extends string>(
  work: (tx: Tx) => Promise<Result<T, Code>>,
  on: pg.Pool = pool(),
): Promise<Result<T, Code>> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await attemptTransaction(work, on)
    } catch (error) {
      if (attempt > 3 || !isRetryable(error)) throw error
    }
  }
}

/** A transaction whose work cannot be refused. */
export async function transact<T>(work: (tx: Tx) => Promise<T>, on: pg.Pool = pool()): Promise<T> {
  const result = await transaction<T, never>(async (tx) => ok(await work(tx)), on)
  if (!result.ok) throw new Error(`refused: ${(result.refusal as Refusal<string>).code}`)
  return result.value
}

async function attemptTransaction<T, Code extends string>(
  work: (tx: Tx) => Promise<Result<T, Code>>,
  on: pg.Pool,
): Promise<Result<T, Code>> {
  const guard = guards.getStore()
  guard?.check()
  const client = await (guard?.pool ?? on).connect()
  const committed: (() => void)[] = []
  // BEGIN travels with the first statement. It can fail only with its connection, and then nothing of the rest arrives either.
  const sent: Promise<unknown>[] = [unheard(client.query('begin'))]
  let broken: Error | undefined
  try {
    await guard?.enter({ run: (statement) => runOn(client, statement) })
    const run = <Row>(statement: Statement<Row>) => runOn(client, statement)
    const send = <Row>(statement: Statement<Row>, hear?: (rows: Row[]) => void) =>
      void sent.push(unheard(run(statement).then((rows) => hear?.(rows))))
    const afterCommit = (step: () => void) => void committed.push(step)
    const result = await work({ run, send, afterCommit }).catch(async (error: unknown) => {
      // What failed first is the cause: every later statement only hears that the transaction is over.
      await Promise.all(sent)
      throw error
    })
    await (result.ok ? commit(client, sent) : client.query('rollback'))
    if (result.ok) for (const step of committed) step()
    return result
  } catch (error) {
    // When even the rollback fails the connection is gone: it is closed instead of going back to the pool.
    await client.query('rollback').catch((fault: Error) => (broken = fault))
    throw error
  } finally {
    client.release(broken)
  }
}

/** The connection was lost while COMMIT was on its way: the transaction may stand or not. */
export class CommitUnknown extends Error {
  override readonly name = 'CommitUnknown'
}

/** Sends COMMIT behind what was sent: the server makes a rollback of it when any of that failed. */
async function commit(client: pg.PoolClient, sent: readonly Promise<unknown>[]): Promise<void> {
  const committing = client.query('commit')
  const outcomes = await Promise.allSettled([...sent, committing])
  const failed = outcomes.find((outcome) => outcome.status === 'rejected')
  if (!failed) {
    if ((await committing).command === 'COMMIT') return
    throw new Error('A statement had failed, and the work went on as if it had not.')
  }
  const fault: unknown = failed.reason
  // 57P0x: the server was told to stop and may have done so on either side of the commit.
  if (isBeforeCommit(fault) && !sqlState(fault)?.startsWith('57P')) throw fault
  throw new CommitUnknown('The connection was lost at COMMIT.', { cause: fault })
}

/** The promise, which may fail before anybody waits for it without ending the process. */
function unheard<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined)
  return promise
}

/** Whether the database itself refused, so that nothing of the transaction stands. */
export function isBeforeCommit(error: unknown): boolean {
  return error instanceof pg.DatabaseError
}

/** SQLSTATE 40001 (serialization failure) or 40P01 (deadlock): nothing was written and trying again may work. */
export function isRetryable(error: unknown): boolean {
  return ['40001', '40P01'].includes(sqlState(error) ?? '')
}

/**
 * Whether there was too much to do just then, and nothing was done: a wait for a lock or a statement that took too long,
 * no connection left at the server or in the pool.
 */
export function isOverload(error: unknown): boolean {
  if (['55P03', '57014', '53300'].includes(sqlState(error) ?? '')) return true
  return error instanceof Error && NO_CONNECTION.has(error.message)
}

/** What the pool says when none became free in time, and when a new one could not be opened in time. It has no codes for them. */
const NO_CONNECTION: ReadonlySet<string> = new Set([
  'timeout exceeded when trying to connect',
  'Connection terminated due to connection timeout',
])

/** The five-character code PostgreSQL gave, if the error is one of its own. */
export function sqlState(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError ? error.code : undefined
}

/** The constraint that refused a write (23505 unique, 23503 foreign key, 23514 check), for turning it into a code. */
export function violatedConstraint(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError && error.code?.startsWith('23') ? error.constraint : undefined
}

/** Closes every pool of this process: the last thing a node does. */
export async function endPools(): Promise<void> {
  await prisma().$disconnect()
  await Promise.all([pool().end(), hotPool().end(), searchPool().end()])
}
