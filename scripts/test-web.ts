import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

/** A node of its own process that answers the API and the live channel. */
export interface WebNode {
  readonly url: string
  readonly pid: number
  /** As kill -9 does. */
  kill(): Promise<void>
  /** As SIGTERM does. Resolves to its exit code. */
  stop(): Promise<number | null>
  /** What it has of the machine's memory at this moment: also what its collector keeps for later. */
  rssBytes(): Promise<number>
  /** What of that is in use: objects, and bytes that wait to be sent. */
  usedBytes(): Promise<number>
}

/** Several of them in workers that share one port. */
export interface WebHost extends Omit<WebNode, 'rssBytes' | 'usedBytes'> {
  /** Replaces the workers by the signal. Resolves to whether all new ones got ready. */
  restart(): Promise<boolean>
  /** The workers' process ids. */
  workers(): Promise<readonly number[]>
}

/** Starts a node without pages and without duties on DATABASE_URL, on a free port. */
export async function startWebNode(settings: Readonly<Record<string, string>> = {}): Promise<WebNode> {
  const { child, ...node } = await launch('test-web-node.ts', settings)
  const weigh = () => ask<{ rssBytes: number; usedBytes: number }>(child, 'memory')
  return { ...node, rssBytes: async () => (await weigh()).rssBytes, usedBytes: async () => (await weigh()).usedBytes }
}

/** Starts a primary with so many workers as WEB_CONCURRENCY says, each a node like a `WebNode`. */
export async function startWebHost(settings: Readonly<Record<string, string>>): Promise<WebHost> {
  const { child, ...host } = await launch('test-web-workers.ts', settings)
  return {
    ...host,
    workers: async () => (await ask<{ workers: number[] }>(child, 'workers')).workers,
    restart: async () => {
      const answer = once(child, 'message')
      child.kill('SIGUSR2')
      const [{ restarted }] = (await answer) as [{ restarted: boolean }]
      return restarted
    },
  }
}

async function launch(program: string, settings: Readonly<Record<string, string>>) {
  const ours: Readonly<Record<string, string>> = { NODE_OPTIONS: '', PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'warn' }
  const child = fork(join(import.meta.dirname, program), {
    env: { ...process.env, ...ours, ...settings, NODE_ENV: 'production' },
    execArgv: ['--expose-gc'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  let said = ''
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const gone = once(child, 'exit') as Promise<[number | null]>
  const [url] = (await Promise.race([once(child, 'message'), gone])) as [unknown]
  if (typeof url !== 'string') throw new Error(`A node did not start: ${said}`)
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    return (await gone)[0]
  }
  return { child, url, pid: child.pid ?? 0, kill: async () => void (await end('SIGKILL')), stop: () => end('SIGTERM') }
}

async function ask<Answer>(child: ChildProcess, question: string): Promise<Answer> {
  const answer = once(child, 'message')
  child.send(question)
  return ((await answer) as [Answer])[0]
}
