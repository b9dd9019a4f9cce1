import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { accessSync, constants } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect, createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

/** A Redis of its own process that keeps nothing on disk, on a free port of this machine. */
export interface TestRedis {
  readonly url: string
  readonly pid: number
  /** As kill -9 does. */
  kill(): Promise<void>
  /** Starts it again, empty, on the same port; one that still runs is killed first. */
  restart(): Promise<void>
  /** It stands still: connections stay open and nothing is answered, until `resume`. */
  pause(): void
  resume(): void
  stop(): Promise<void>
}

/**
 * Starts a Redis server; resolves once it answers. `stop` ends it and leaves nothing behind.
 * Refuses: a machine without Redis on which none can be installed, with a sentence that says what to do.
 */
export async function startRedis(): Promise<TestRedis> {
  const program = requireRedis()
  const folder = await mkdtemp(join(tmpdir(), 'souk-redis-'))
  const port = await freePort()
  const launch = () => startServer(program, folder, port)
  let server = await launch()
  // A test process that ends early takes its server with it.
  const killNow = () => server.kill('SIGKILL')
  process.once('exit', killNow)
  const kill = async () => {
    if (server.exitCode !== null || server.signalCode !== null) return
    const gone = once(server, 'exit')
    server.kill('SIGKILL')
    await gone
  }
  return {
    url: `redis://127.0.0.1:${port}`,
    get pid() {
      return server.pid ?? 0
    },
    kill,
    restart: async () => {
      await kill()
      server = await launch()
    },
    pause: () => void server.kill('SIGSTOP'),
    resume: () => void server.kill('SIGCONT'),
    stop: async () => {
      process.removeListener('exit', killNow)
      await kill()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Finds redis-server in PATH, or installs Debian's package when root. Throws a sentence. */
export function requireRedis(): string {
  const found = findRedis()
  if (found) return found
  if (process.getuid?.() === 0) {
    console.log('No redis-server on this machine; trying: apt-get install redis-server')
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    spawnSync('sh', ['-c', INSTALL], { stdio: ['ignore', 'inherit', 'inherit'], env, timeout: 300_000 })
    const installed = findRedis()
    if (installed) return installed
  }
  throw new Error(
    'The tests of several nodes need a redis-server: install it as root ("apt-get install redis-server", ' +
      '"brew install redis"), and have it in the PATH.',
  )
}

/** Debian starts what it installs, and on Redis's usual port; where `policy-rc.d` forbids, it does not. */
const INSTALL = `
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  trap 'rm -f "$policy"' EXIT
  printf '#!/bin/sh\\nexit 101\\n' > "$policy" && chmod +x "$policy"
fi
apt-get update && apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=120 redis-server`

function findRedis(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return folders.map((folder) => join(folder, 'redis-server')).find(isRunnable)
}

function isRunnable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

async function startServer(program: string, folder: string, port: number): Promise<ChildProcess> {
  const settings = ['--port', port, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder]
  const server = spawn(program, settings.map(String), { stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  server.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
  server.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  let isGone = false
  server.once('exit', () => (isGone = true)).once('error', () => (isGone = true))
  while (!(await answers(port))) {
    if (isGone) throw new Error(`The redis-server ended: ${said}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return server
}

/** Whether a Redis says PONG; one that loads its data or was not bound yet does not. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'))
    socket.setTimeout(1_000, () => socket.destroy())
    socket.once('data', (reply) => {
      resolve(reply.toString().startsWith('+PONG'))
      socket.destroy()
    })
    socket.once('error', () => resolve(false)).once('close', () => resolve(false))
  })
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}

if (import.meta.main) {
  try {
    console.log(requireRedis())
  } catch (error) {
    console.error((error as Error).message)
    process.exitCode = 1
  }
}
