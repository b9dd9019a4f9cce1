import { type Node, type NodeOptions, startNode } from '../../server.ts'
import { Fault } from '#lib/embedded/fault'
import { env } from '#lib/env'
import { portFault } from './checks.ts'
import { addDrain, isStopping, onStop, stopAll } from './stopping.ts'

/** What the primary tells a worker: to stop with all the others, or to leave while others go on. */
export type ToWorker = 'stop' | 'leave'

/** Where it answers, or the sentence for what stands in its way. */
export type FromWorker = { readonly url: string } | { readonly fault: string }

/**
 * Runs a node in this process, one of several that share the port, until the primary says otherwise.
 * Guarantees: told to leave it takes no more connections from that moment on and says nothing of it on /readyz, which speaks
 * for the port: the others are there.
 */
export async function serveAsWorker(options: NodeOptions): Promise<void> {
  // Ctrl-C reaches all processes of a terminal; what it means for a worker the primary says.
  for (const name of ['SIGINT', 'SIGHUP', 'SIGUSR2'] as const) process.on(name, () => undefined)
  let node: Node | null = null
  const end = (order: ToWorker) => {
    if (isStopping()) return
    if (order === 'stop') addDrain(env().DRAIN_MS)
    onStop(async () => node?.stop({ isReplaced: order === 'leave' }))
    void stopAll(0, { isQuiet: true })
  }
  process.on('message', (order) => {
    if (order === 'stop' || order === 'leave') end(order)
  })
  // Sent to this one alone, whose place the primary fills again. A primary that died takes its workers with it: so Node does.
  process.on('SIGTERM', () => end('leave'))
  try {
    node = await startNode(options)
    tell({ url: node.url })
  } catch (error) {
    if (isStopping()) return
    const { HOST, PORT } = env()
    const fault = error instanceof Fault ? error : portFault(HOST, PORT, error)
    if (!fault) throw error
    tell({ fault: fault.message }, () => process.exit(1))
  }
}

function tell(message: FromWorker, then?: () => void): void {
  process.send?.(message, () => then?.())
}

if (import.meta.main) await serveAsWorker({ dev: false })
