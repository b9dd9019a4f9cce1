import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { open, readFile, rm, stat, truncate } from 'node:fs/promises'
import { createServer } from 'node:net'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { spawnOptions, USER } from './cluster.ts'
import { Fault } from './fault.ts'
import { isAlive, isServerOf, signal } from './pid.ts'
import type { Place } from './place.ts'

export interface Server {
  readonly pid: number
  readonly port: number
}

export interface StartOptions {
  readonly password: string
  readonly settings: Readonly<Record<string, string>>
  /** Tried first: where the server was before it died. */
  readonly preferredPort?: number | undefined
}

/** For two cores and a few nodes; what is not named is PostgreSQL's default, fsync and synchronous_commit on among it. */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: `${bufferMegabytes()}MB`,
  effective_cache_size: '1GB',
  max_wal_size: '1GB',
  checkpoint_timeout: '15min',
  wal_compression: 'on',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_line_prefix: '%m [%p] ',
  // A client that is gone is noticed within a statement, and its locks with it.
  client_connection_check_interval: '2s',
}

/** A quarter of the memory, of which a container may have less than its machine; not more than 512 MB, since the nodes live here too. */
function bufferMegabytes(): number {
  const memory = Math.min(totalmem(), process.constrainedMemory() || Infinity)
  return Math.max(128, Math.min(512, Math.floor(memory / 4 / 1024 ** 2)))
}

/**
 * The running server of this cluster, started if it does not run.
 * Guarantees: it answers when this resolves. A server that is starting or stopping is waited for.
 * Concurrency: the caller holds the lock on the data folder.
 */
export async function ensureServer(place: Place, options: StartOptions): Promise<Server> {
  for (let attempt = 1; ; attempt++) {
    const found = await findServer(place)
    if (found && (await waitUntilReady(place, found, options.password))) return found
    if (await findServer(place)) continue
    const port = attempt === 1 && options.preferredPort ? options.preferredPort : await freePort()
    if (await launch(place, { ...options, port })) continue
    // The port may have been taken in between, or backends of a killed server may still be on their way out.
    if (attempt >= 8) throw new Fault(`PostgreSQL does not start: ${await lastLogLine(place)} (${logPath(place)}).`)
    await sleep(attempt * 100)
  }
}

/**
 * Stops the server; open transactions roll back, what was committed stays.
 * Guarantees: resolves when it is gone; after `patienceMs` it is stopped at once and recovers at its next start.
 */
export async function stopServer(place: Place, server: Server, patienceMs: number): Promise<void> {
  signal(server.pid, 'SIGINT')
  const until = performance.now() + patienceMs
  while (isAlive(server.pid) && performance.now() < until) await sleep(20)
  if (!isAlive(server.pid)) return
  signal(server.pid, 'SIGQUIT')
  while (isAlive(server.pid) && performance.now() < until + 1_000) await sleep(20)
}

/** The address of one of the server's databases. */
export function urlFor(server: Server, password: string, database: string): string {
  return `postgresql://${USER}:${password}@127.0.0.1:${server.port}/${database}`
}

/** What `postmaster.pid` tells, if the process in it is this cluster's server. */
async function findServer(place: Place): Promise<Server | null> {
  const file = join(place.cluster, 'postmaster.pid')
  const [pid, folder, , port] = (await readFile(file, 'utf8').catch(() => '')).split('\n').map((line) => line.trim())
  if (!pid || !folder || !port) return null
  const isRunning = isAlive(Number(pid)) && (await isServerOf(place.cluster, Number(pid), folder))
  if (isRunning) return { pid: Number(pid), port: Number(port) }
  // PostgreSQL would refuse to start while anything has the number: a stranger, or a dead server nobody has buried yet.
  await rm(file, { force: true })
  return null
}

/** Whether it took connections before it went away. */
async function waitUntilReady(place: Place, server: Server, password: string): Promise<boolean> {
  for (;;) {
    const client = new pg.Client({
      connectionString: urlFor(server, password, 'postgres'),
      connectionTimeoutMillis: 2_000,
    })
    client.on('error', () => undefined)
    try {
      await client.connect()
      await client.end()
      return true
    } catch (error) {
      if ((error as { code?: string }).code === '28P01') {
        throw new Fault(
          `The password in ${join(place.dataDir, 'postgres.password')} is not the one of ${place.cluster}.`,
        )
      }
    }
    const now = await findServer(place)
    if (now?.pid !== server.pid) return false
    await sleep(50)
  }
}

/** In a session of its own, so that Ctrl-C in this terminal and the end of this process do not reach it. */
async function launch(place: Place, { settings, port }: StartOptions & { port: number }): Promise<boolean> {
  const log = await openLog(place)
  const flags = Object.entries({ ...SETTINGS, ...settings }).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const postgres = spawn(join(place.root, 'bin', 'postgres'), ['-D', place.cluster, '-p', String(port), ...flags], {
    ...spawnOptions(place),
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
  })
  // Before anything is waited for: a server that refuses is gone in a moment.
  const ended = once(postgres, 'exit').then(() => 'ended' as const)
  await log.close()
  postgres.unref()
  for (;;) {
    const server = await findServer(place)
    if (server && server.pid === postgres.pid) return true
    if ((await Promise.race([ended, sleep(20)])) === 'ended') return false
  }
}

async function openLog(place: Place) {
  const size = await stat(logPath(place)).then(
    (found) => found.size,
    () => 0,
  )
  if (size > 10_000_000) await truncate(logPath(place))
  return open(logPath(place), 'a', 0o600)
}

async function lastLogLine(place: Place): Promise<string> {
  const lines = (await readFile(logPath(place), 'utf8').catch(() => '')).trim().split('\n')
  return lines.findLast((line) => /FATAL|PANIC/.test(line)) ?? lines.at(-1) ?? 'it left no word'
}

function logPath({ dataDir }: Place): string {
  return join(dataDir, 'postgres.log')
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  return typeof address === 'object' && address ? address.port : 0
}
