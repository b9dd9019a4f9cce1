import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { CrowdState } from './test-crowd-process.ts'

/** Many browsers in a process of their own, so that what they cost is not counted as the node's. */
export interface Crowd {
  state(): Promise<CrowdState>
  /** So many more, a few at a time. */
  open(count: number): Promise<void>
  /**
   * Breaks all connections at once, as a lost network does. Each comes back by itself, the first time within 0.75 s; resolves
   * when all have caught up.
   */
  storm(): Promise<void>
  stop(): Promise<void>
}

/** Starts a process for browsers that show the product. */
export function startCrowd(url: string, productId: string): Crowd {
  const child = fork(join(import.meta.dirname, 'test-crowd-process.ts'), [url, productId], {
    execArgv: [],
    env: { ...process.env, NODE_OPTIONS: '' },
  })
  const gone = once(child, 'exit')
  const ask = async (order: readonly [string, number?]) => {
    const answer = once(child, 'message')
    child.send(order)
    return ((await Promise.race([answer, gone])) as [CrowdState])[0]
  }
  return {
    state: () => ask(['state']),
    open: async (count) => void (await ask(['open', count])),
    storm: async () => void (await ask(['storm'])),
    stop: async () => {
      child.kill('SIGKILL')
      await gone
    },
  }
}
