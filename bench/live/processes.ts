import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Order, Report } from './crowd.ts'

/** A server of its own process, and where it answers. */
export interface Served {
  readonly url: string
  ask<Answer>(question: string): Promise<Answer>
  tell(order: string): void
  end(): void
}

/** Runs one of this folder's programs that says its address first. */
export async function serve(program: string, args: readonly string[] = []): Promise<Served> {
  const child = start(program, args)
  const [url] = (await once(child, 'message')) as [string]
  return {
    url,
    ask: async <Answer>(question: string) => {
      const answer = once(child, 'message')
      child.send(question)
      return ((await answer) as [Answer])[0]
    },
    tell: (order) => void child.send(order),
    end: () => child.disconnect(),
  }
}

/** Subscribers, in as many processes as there are processors to spare for them. */
export interface Subscribers {
  open(url: string, productId: string | null, count: number): Promise<void>
  /** Frames received until now, and when that was. */
  count(): Promise<{ received: number; at: number }>
  /** Begins, or ends and returns, by subscriber: versions and when each came. */
  note(isOn: boolean): Promise<readonly (readonly number[])[]>
  close(): Promise<void>
  end(): void
}

export function startSubscribers(processes = 1): Subscribers {
  const children = Array.from({ length: processes }, () => start('crowd.ts', []))
  const askAll = (order: (index: number) => Order) =>
    Promise.all(
      children.map(async (child, index) => {
        const answer = once(child, 'message')
        child.send(order(index))
        return ((await answer) as [Report])[0]
      }),
    )
  return {
    open: async (url, productId, count) => {
      await askAll((index) => ({ do: 'open', url, productId, count: Math.floor((count + index) / processes) }))
    },
    count: async () => {
      const reports = await askAll(() => ({ do: 'count' }))
      const counts = reports.flatMap((report) => (report.did === 'count' ? report : []))
      return { received: counts.reduce((sum, { received }) => sum + received, 0), at: counts[0]?.at ?? 0 }
    },
    note: async (isOn) => {
      const reports = await askAll(() => ({ do: 'note', isOn }))
      return reports.flatMap((report) => (report.did === 'note' ? report.notes : []))
    },
    close: async () => void (await askAll(() => ({ do: 'close' }))),
    end: () => children.forEach((child) => child.disconnect()),
  }
}

function start(program: string, args: readonly string[]): ChildProcess {
  return fork(join(import.meta.dirname, program), args, {
    execArgv: ['--expose-gc'],
    env: {
      ...process.env,
      NODE_ENV: 'production',
      LOG_LEVEL: 'warn',
      HOST: '127.0.0.1',
      PORT: '0',
      // All of them come from one address.
      RATE_LIMIT_FACTOR: '1000',
      TRUSTED_PROXIES: '127.0.0.1',
    },
  })
}
