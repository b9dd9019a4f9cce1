import cluster from 'node:cluster'
import { setupPrimary } from '@socket.io/cluster-adapter'
import { Fault } from '#lib/embedded/fault'
import { log } from '#lib/log'
import { createSlot, order, type Slot } from './worker-slot.ts'

export interface Workers {
  readonly url: string
  /**
   * Puts a new process in the place of each, one after the other: no old one is told to leave before its successor answers.
   * Resolves to false when a new one did not get ready: then the old ones that are left go on.
   */
  restart(): Promise<boolean>
  /** Stops all of them. */
  stop(): Promise<void>
}

export interface WorkersOptions {
  readonly count: number
  /** The module that each worker runs: it calls `serveAsWorker`. */
  readonly program: string
  readonly metricsPort?: number | undefined
  /** Hears that no worker serves and that none can be started. */
  readonly onGivenUp: (fault: Fault) => void
}

/** Deaths in a row while no worker serves, after which it is no use. */
const GIVE_UP_AFTER = 5

/**
 * Starts nodes in processes of their own that share this one's port, and keeps them running.
 * Guarantees: one that dies is followed by another, after 1 s and then twice as long each time up to 30 s; they end with this
 * process, however that ends. What stands in the way of the first ones is thrown at once.
 */
export async function startWorkers({ count, program, metricsPort, onGivenUp }: WorkersOptions): Promise<Workers> {
  // Each takes its connections from the port itself. Handed out in turn by this process, one that was on its way to a worker that
  // was killed would stay open for ever and be answered by nobody.
  cluster.schedulingPolicy = cluster.SCHED_NONE
  // What sockets tell each other may be binary.
  cluster.setupPrimary({ exec: program, args: [], execArgv: [], serialization: 'advanced' })
  setupPrimary()
  process.once('exit', killAll)
  const stopping = new AbortController()
  const slots: Slot[] = Array.from({ length: count }, (_, number) =>
    createSlot({
      number,
      metricsPort,
      signal: stopping.signal,
      onFailure: (error, failures) => {
        log().error({ err: error, failures }, 'A worker did not get ready')
        if (failures < GIVE_UP_AFTER || slots.some((slot) => slot.isServed())) return
        onGivenUp(new Fault(`No worker can be started: ${error.message}`))
      },
    }),
  )
  let restarting: Promise<boolean> | null = null
  const urls = await Promise.all(slots.map((slot) => slot.launch()))
  return {
    url: urls[0] ?? '',
    restart: () => (restarting ??= replaceAll(slots, stopping.signal).finally(() => (restarting = null))),
    stop: async () => {
      stopping.abort()
      await Promise.all(listWorkers().map((worker) => order(worker, 'stop')))
    },
  }
}

async function replaceAll(slots: readonly Slot[], signal: AbortSignal): Promise<boolean> {
  for (const slot of slots) {
    if (signal.aborted) return false
    try {
      await slot.replace()
    } catch (error) {
      if (!signal.aborted) log().error({ err: error }, 'A new worker did not get ready, so the old ones go on')
      return false
    }
  }
  log().info({ workers: slots.length }, 'All workers were replaced')
  return true
}

function killAll(): void {
  for (const worker of listWorkers()) worker.process.kill('SIGKILL')
}

function listWorkers() {
  return Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined)
}
