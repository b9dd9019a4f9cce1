import { fork, type ChildProcess } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { db, sql } from '#lib/db'
import { newId } from '#lib/ids'
import type { Answered, Ask, CommandName, Commands, FromEngine, ToEngine } from './test-engine.ts'
import { listImbalances } from './test-market.ts'

/** RACE=long runs the races with the figures of their long form. */
export const isLong = process.env.RACE === 'long'

/** How many, in everyday runs and in the long form. */
export function rounds(short: number, long: number): number {
  return isLong ? long : short
}

/** Of a test that runs for so long in its long form. */
export const raceTimeout = isLong ? 900_000 : 240_000

/** Replays a run's choices (not its timing): FC_SEED, as for all random tests. */
export const seed = Number(process.env.FC_SEED ?? randomInt(2 ** 31))

type Input<Name extends CommandName> = Parameters<Commands[Name]>[0]
type Output<Name extends CommandName> = Awaited<ReturnType<Commands[Name]>>

/** A node of its own process. */
export interface Engine {
  /** Does a command there. Rejects with an `EngineError` what the command threw. */
  ask<Name extends CommandName>(name: Name, input: Input<Name>, at?: number): Promise<Output<Name>>
  tell(message: 'gate' | 'go'): void
  /** Resolves when all that was sent before has arrived. */
  reach(): Promise<void>
  /** How long each command took there, in milliseconds. */
  readonly latencies: number[]
  stop(): Promise<void>
}

export class EngineError extends Error {
  readonly code: string | undefined
  readonly constraint: string | undefined
  constructor({ name, message, code, constraint }: NonNullable<Answered['error']>) {
    super(message)
    this.name = name
    this.code = code
    this.constraint = constraint
  }
}

/** Whether nothing was done because there was too much to do just then: what `isOverload` says, of an error that came from another process. */
export function isTooMuch(error: unknown): boolean {
  if (!(error instanceof EngineError)) return false
  return (
    error.name === 'Overloaded' ||
    ['55P03', '57014', '53300'].includes(error.code ?? '') ||
    ['timeout exceeded when trying to connect', 'Connection terminated due to connection timeout'].includes(
      error.message,
    )
  )
}

/** As a client that comes again when it is told that there is too much to do: what was refused so did nothing. */
export function patient(engine: Engine): Engine {
  return {
    ...engine,
    ask: async <Name extends CommandName>(name: Name, input: Input<Name>, at?: number): Promise<Output<Name>> => {
      for (let tries = 1; ; tries++) {
        try {
          return await engine.ask(name, input, at)
        } catch (error) {
          if (!isTooMuch(error) || tries === 20) throw error
        }
      }
    },
  }
}

/** Starts nodes on the test file's database and stops them after its last test. One node per entry of `settings`. */
export async function useEngines(settings: readonly Record<string, string>[] = [{}, {}, {}]): Promise<Engine[]> {
  const engines = await Promise.all(settings.map((each) => startEngine(each)))
  afterAll(async () => {
    await Promise.all(engines.map((engine) => engine.stop()))
  })
  return engines
}

async function startEngine(settings: Record<string, string>): Promise<Engine> {
  const child = fork(join(import.meta.dirname, 'test-engine.ts'), {
    env: { ...process.env, NODE_OPTIONS: '', ...settings },
    execArgv: [],
    serialization: 'advanced',
  })
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: unknown): void }>()
  const latencies: number[] = []
  let pongs: (() => void)[] = []
  child.on('message', (said: FromEngine) => {
    if (said === 'ready') return
    if (said === 'pong') return pongs.shift()?.()
    for (const { id, ms, value, error } of said) {
      latencies.push(ms)
      if (error) waiting.get(id)?.reject(new EngineError(error))
      else waiting.get(id)?.resolve(value)
      waiting.delete(id)
    }
  })
  child.on('exit', (code) => {
    for (const { reject } of waiting.values()) reject(new Error(`The node ended with ${code}.`))
    for (const resolve of pongs) resolve()
    pongs = []
  })
  await Promise.race([once(child, 'message'), failAtExit(child)])
  const send = (message: ToEngine) => void (child.connected && child.send(message))
  const push = makeOutbox(send)
  let last = 0
  return {
    latencies,
    ask: (name, input, at) =>
      new Promise((resolve, reject) => {
        if (!child.connected) return reject(new Error('The node has ended.'))
        waiting.set(++last, { resolve: resolve as (value: unknown) => void, reject })
        push({ id: last, do: name, with: input, at })
      }),
    tell: send,
    reach: async () => {
      // What was asked in this turn leaves at its end.
      await new Promise((resolve) => setImmediate(resolve))
      await new Promise<void>((resolve) => {
        pongs.push(resolve)
        send('ping')
      })
    },
    stop: () => stopChild(child),
  }
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) throw new Error(`A node ended before its time, with ${child.exitCode}.`)
  child.send('stop' satisfies ToEngine)
  await once(child, 'exit')
}

async function failAtExit(child: ChildProcess): Promise<never> {
  const [code] = (await once(child, 'exit')) as [number]
  throw new Error(`A node did not start: it ended with ${code}.`)
}

/** All that is asked in one turn of the event loop is one message. */
function makeOutbox(send: (asks: readonly Ask[]) => void): (ask: Ask) => void {
  let asks: Ask[] = []
  return (ask) => {
    if (asks.length === 0) {
      setImmediate(() => {
        send(asks)
        asks = []
      })
    }
    asks.push(ask)
  }
}

/** Sends each input to a node, in turn, and lets all go at one signal once every node has all of its own. */
export async function volley<Name extends CommandName>(
  engines: readonly Engine[],
  name: Name,
  inputs: readonly Input<Name>[],
): Promise<PromiseSettledResult<Output<Name>>[]> {
  for (const engine of engines) engine.tell('gate')
  const answers = Promise.allSettled(inputs.map((input, index) => nth(engines, index).ask(name, input)))
  await Promise.all(engines.map((engine) => engine.reach()))
  for (const engine of engines) engine.tell('go')
  return answers
}

/** The element at the index, counted round and round. */
export function nth<T>(list: readonly T[], index: number): T {
  const found = list[index % list.length]
  if (found === undefined) throw new Error('The list is empty.')
  return found
}

export interface Random {
  /** 0 … below - 1 */
  int(below: number): number
  chance(share: number): boolean
  pick<T>(list: readonly T[]): T
  shuffle<T>(list: readonly T[]): T[]
}

/** The same choices for the same seed and salt (mulberry32). */
export function makeRandom(salt = 0): Random {
  let state = (seed + salt * 0x9e3779b9) >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const int = (below: number) => Math.floor(next() * below)
  return {
    int,
    chance: (share) => next() < share,
    pick: (list) => nth(list, int(list.length)),
    shuffle: (list) =>
      list
        .map((each) => ({ each, at: next() }))
        .toSorted((a, b) => a.at - b.at)
        .map(({ each }) => each),
  }
}

export interface Buyer {
  readonly buyerId: string
  readonly cartId: string
}

/** Members with a cart each, in two statements. */
export async function makeBuyers(count: number): Promise<Buyer[]> {
  const buyers = Array.from({ length: count }, () => ({ buyerId: newId(), cartId: newId() }))
  const ids = buyers.map((buyer) => buyer.buyerId)
  await db.run(sql`
    insert into app_user (id, handle, email, name, password_hash)
    select id, 'm-' || id, id || '@example.org', 'm-' || id, 'none'
    from unnest(${ids}::uuid[]) as member (id)`)
  await db.run(sql`
    insert into cart (id, buyer_id)
    select * from unnest(${buyers.map((buyer) => buyer.cartId)}::uuid[], ${ids}::uuid[])`)
  return buyers
}

/** Carts nobody has signed in to. */
export async function makeAnonymousCarts(count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => newId())
  await db.run(sql`insert into cart (id) select * from unnest(${ids}::uuid[])`)
  return ids
}

/** Asks the auditor again and again until the work is done, and once after it. Every breach of every moment is returned. */
export async function auditDuring(work: Promise<unknown>): Promise<{ samples: number; breaches: unknown[] }> {
  const breaches: unknown[] = []
  let samples = 0
  let isDone = false
  const done = work.finally(() => (isDone = true))
  const look = async () => {
    breaches.push(...(await listImbalances()))
    samples++
  }
  const looking = (async () => {
    while (!isDone) {
      await look()
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  })()
  await Promise.all([done, looking])
  await look()
  return { samples, breaches }
}

/** The database's clock. */
export async function clock(): Promise<Date> {
  const [row] = await db.run(sql<{ now: Date }>`select clock_timestamp() as now`)
  if (!row) throw new Error('The database told no time.')
  return row.now
}

/** Asks until it holds; fails after thirty seconds. */
export async function until(holds: () => Promise<boolean> | boolean): Promise<void> {
  const end = performance.now() + 30_000
  while (!(await holds())) {
    if (performance.now() > end) throw new Error('It did not come to hold within thirty seconds.')
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
}

/** Until so many statements on the test's database wait for a lock. */
export function untilBlocked(count = 1): Promise<void> {
  return until(async () => {
    const rows = await db.run(sql`
      select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)
    return rows.length >= count
  })
}

/** Prints a figure of a race under its seed. */
export function report(name: string, figures: Readonly<Record<string, number | string>>): void {
  const parts = Object.entries(figures).map(([key, value]) => `${key} ${value}`)
  console.log(`${name}: ${parts.join(', ')} (FC_SEED=${seed})`)
}

/** The value that this share of the list does not exceed, to a tenth. */
export function quantile(list: readonly number[], share: number): number {
  const sorted = list.toSorted((left, right) => left - right)
  return Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 10) / 10
}
