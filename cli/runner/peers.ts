import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, type WriteStream } from 'node:fs'
import { Fault } from '#lib/embedded/fault'
import type { Failpoint } from '../../scripts/failpoint.ts'
import type { FromPeer, ToPeer } from './serve-peer.ts'

/** A node, as the one who started it sees it. */
export interface Peer {
  readonly number: number
  readonly pid: number
  readonly url: string
  /** Whether it can be asked: it runs, and does not stand still. */
  isUp(): boolean
  /** Kills it, at once. */
  kill(): void
  /** Has it stand still: at its next statement with `before` as a trader, or, after a while without one, anywhere. Resolves to when. */
  pause(before: string | null): Promise<number>
  goOn(): void
  stop(): Promise<void>
}

export interface Peers {
  list(): readonly Peer[]
  /** Another node. Refuses: one that ends before it answers, as a Fault with its last words. */
  add(): Promise<Peer>
  /** Stops all; those that do not end by themselves are killed. */
  stop(): Promise<void>
  /** At once: for a process that ends. */
  killAll(): void
}

/** How long a point is waited for that the trader may not come to. */
const FAILPOINT_MS = 1_000
/** How long a node may take to end. */
const STOP_MS = 8_000

/**
 * Nodes that share a database, each a process of that program (see `serve-peer`). `settings` is their environment; what they say
 * goes to `logFile`.
 */
export function openPeers(program: string, settings: Readonly<Record<string, string>>, logFile: string): Peers {
  const log = createWriteStream(logFile, { flags: 'a' })
  const children = new Set<ChildProcess>()
  const peers: Peer[] = []
  let count = 0

  async function add(): Promise<Peer> {
    const child = forkPeer(program, settings, log)
    children.add(child)
    const gone = once(child, 'exit').finally(() => children.delete(child))
    const url = await addressOf(child, gone, logFile)
    const peer = peerOf(child, { number: ++count, url, gone })
    peers.push(peer)
    return peer
  }

  return {
    list: () => peers,
    add,
    stop: async () => {
      await Promise.all(peers.map((peer) => peer.stop()))
      // One that was on its way when it was all over.
      for (const child of children) child.kill('SIGKILL')
      await new Promise((resolve) => log.end(resolve))
    },
    killAll: () => children.forEach((child) => child.kill('SIGKILL')),
  }
}

function forkPeer(program: string, settings: Readonly<Record<string, string>>, log: WriteStream): ChildProcess {
  const child = fork(program, {
    env: { ...process.env, NODE_OPTIONS: '', ...settings },
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  child.stdout?.pipe(log, { end: false })
  child.stderr?.pipe(log, { end: false })
  return child
}

async function addressOf(child: ChildProcess, gone: Promise<unknown[]>, logFile: string): Promise<string> {
  let words = ''
  child.stderr?.on('data', (chunk: Buffer) => (words = (words + chunk.toString()).slice(-2_000)))
  const heard = once(child, 'message').then(([said]) => said as FromPeer)
  const said = await Promise.race([heard, gone.then(() => null)])
  if (said && 'url' in said) return said.url
  throw new Fault(`A node did not start (${logFile}).\n${words.trim()}`)
}

function peerOf(
  child: ChildProcess,
  { number, url, gone }: { number: number; url: string; gone: Promise<unknown> },
): Peer {
  const pid = child.pid ?? 0
  let isPaused = false
  const isAlive = () => child.exitCode === null && child.signalCode === null
  const goOn = () => {
    isPaused = false
    child.kill('SIGCONT')
  }
  return {
    number,
    pid,
    url,
    isUp: () => isAlive() && !isPaused,
    kill: () => child.kill('SIGKILL'),
    goOn,
    pause: async (before) => {
      const struckAt =
        before === null ? null : await strikeAt(child, { before, signal: 'SIGSTOP', withinMs: FAILPOINT_MS })
      isPaused = true
      if (struckAt !== null) return struckAt
      child.kill('SIGSTOP')
      return Date.now()
    },
    stop: async () => {
      if (!isAlive()) return
      goOn()
      tell(child, 'stop')
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS)
      await gone
      clearTimeout(timer)
    },
  }
}

/** When it came to the point; null when it did not. */
async function strikeAt(child: ChildProcess, failpoint: Failpoint): Promise<number | null> {
  // A good while longer than that, so that it cannot still come to it.
  const impatient = AbortSignal.timeout(2 * FAILPOINT_MS)
  tell(child, failpoint)
  try {
    const [said] = (await once(child, 'message', { signal: impatient })) as [FromPeer]
    return 'struckAt' in said ? said.struckAt : null
  } catch {
    return null
  }
}

function tell(child: ChildProcess, message: ToPeer): void {
  // It may be gone already.
  if (child.connected) child.send(message, () => undefined)
}
