import cluster, { type Worker } from 'node:cluster'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { Fault } from '#lib/embedded/fault'
import { log } from '#lib/log'
import { MINUTE_MS, SECOND_MS } from '#lib/time'
import type { FromWorker, ToWorker } from './worker.ts'

/** A place among the workers: what stays when the process in it is another one. */
export interface Slot {
  isServed(): boolean
  /** A process that answers, and where; in its place only then. Rejects when it ends before. */
  launch(): Promise<string>
  /** A new process for the old one, which is told to leave once its successor answers. Rejects when that does not get ready. */
  replace(): Promise<void>
}

interface SlotOptions {
  readonly number: number
  readonly metricsPort: number | undefined
  /** Aborted when all stop: nothing is started any more. */
  readonly signal: AbortSignal
  /** Hears of each process that was to follow a dead one and did not get ready; it is tried again. */
  readonly onFailure: (error: Error, failures: number) => void
}

const BACK_OFF_MS = SECOND_MS
const LONGEST_BACK_OFF_MS = 30 * SECOND_MS
/** A worker that lived for so long was well. */
const WELL_AFTER_MS = MINUTE_MS

/** Keeps one process running: one that dies is followed by another. */
export function createSlot({ number, metricsPort, signal, onFailure }: SlotOptions): Slot {
  let current: Worker | null = null
  let isStarting = false
  let failures = 0

  const launch = async (): Promise<string> => {
    isStarting = true
    try {
      const worker = cluster.fork(metricsPort ? { METRICS_PORT: String(metricsPort + number) } : {})
      const url = await readiness(worker)
      current = worker
      const since = performance.now()
      worker.once('exit', (code: number, by: string | null) => {
        if (current !== worker || signal.aborted) return
        current = null
        if (performance.now() - since > WELL_AFTER_MS) failures = 0
        log().error({ worker: worker.process.pid, code, signal: by }, 'A worker ended; another one follows')
        void revive()
      })
      return url
    } finally {
      isStarting = false
    }
  }

  const revive = async (): Promise<void> => {
    while (!current && !isStarting && !signal.aborted) {
      isStarting = true
      const backOffMs = Math.min(LONGEST_BACK_OFF_MS, BACK_OFF_MS * 2 ** failures++)
      await wait(backOffMs, undefined, { signal }).catch(() => undefined)
      if (signal.aborted) return
      await launch().catch((error: Error) => {
        if (!signal.aborted) onFailure(error, failures)
      })
    }
  }

  return {
    launch,
    isServed: () => current !== null,
    replace: async () => {
      const old = current
      // One that just died has its successor under way.
      if (!old) return
      try {
        await launch()
      } catch (error) {
        void revive()
        throw error
      }
      await order(old, 'leave')
    },
  }
}

/** Tells a worker, and resolves when its process has ended. */
export async function order(worker: Worker, what: ToWorker): Promise<void> {
  if (worker.isDead()) return
  const gone = once(worker, 'exit')
  // One whose channel is closed is on its way out already.
  if (worker.isConnected()) worker.send(what, () => undefined)
  await gone
}

/** Where it answers. Rejects when it ends before, with the sentence it said. */
function readiness(worker: Worker): Promise<string> {
  return new Promise((resolve, reject) => {
    let fault: Fault | null = null
    worker.on('message', (message: Partial<FromWorker>) => {
      if ('url' in message && message.url) resolve(message.url)
      if ('fault' in message && message.fault) fault = new Fault(message.fault)
    })
    worker.once('exit', (code: number, signal: string | null) => {
      reject(fault ?? new Error(`it ended with ${signal ?? `code ${code}`} before it answered.`))
    })
  })
}
