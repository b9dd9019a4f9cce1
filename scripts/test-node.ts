import { spawn } from 'node:child_process'
import { once, type EventEmitter } from 'node:events'
import type { Readable } from 'node:stream'

/** A node as a person starts it: a process of its own. */
export interface TestNode {
  readonly url: string
  readonly pid: number
  /** As Ctrl-C does. Resolves when it is gone. */
  interrupt(): Promise<void>
  kill(): Promise<void>
}

/** Starts a node on a free port; resolves once it answers. Settings that are empty count as unset. */
export async function startTestNode(settings: Record<string, string>): Promise<TestNode> {
  const env: NodeJS.ProcessEnv = { ...process.env, NODE_ENV: 'production', PORT: '0', PUBLIC_URL: '', ...settings }
  const child = spawn(process.execPath, ['scripts/start.js'], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const url = await addressOf(child, child.stdout)
  const gone = once(child, 'exit')
  return {
    url,
    pid: child.pid ?? 0,
    interrupt: async () => {
      child.kill('SIGINT')
      await gone
    },
    kill: async () => {
      child.kill('SIGKILL')
      await gone
    },
  }
}

/** What the start prints once the first page can be asked for. */
function addressOf(child: EventEmitter, output: Readable): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    output.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      const url = /Souk is open at (\S+)/.exec(said)?.[1]
      if (url) resolve(url)
    })
    child.on('exit', (code: number) => reject(new Error(`The start ended with ${code}: ${said}`)))
  })
}
