import { duties } from '#lib/trader/tasks'
import type { Duty } from '#lib/trader/types'
import { watchStatements, type Failpoint } from '../../scripts/failpoint.ts'
import { startNode } from '../../server.ts'

export type ToPeer = Failpoint | 'stop'

/** Where it answers; or that it stands still from this moment of the machine's clock on. */
export type FromPeer = { readonly url: string } | { readonly struckAt: number }

/**
 * Is a node, all of it but its pages, in a process that was started with fork: it ends with its parent, and can be made to stand
 * still between its trader's look at the clock and its first statement. The duties are done beside the trader's own.
 */
export async function servePeer(more: readonly Duty[]): Promise<void> {
  // Ctrl-C reaches all processes of a terminal; when it is over the parent says so.
  process.on('SIGINT', () => undefined)
  process.on('disconnect', () => process.exit())
  const failAt = watchStatements({ application: 'souk-trader', strike: () => say({ struckAt: Date.now() }) })
  const node = await startNode({ dev: false, hasPages: false, duties: [...more, ...duties] })
  const stop = async () => {
    await node.stop()
    process.disconnect()
  }
  process.on('message', (said: ToPeer) => {
    if (said === 'stop') void stop()
    else failAt(said)
  })
  say({ url: node.url })
}

function say(message: FromPeer): void {
  process.send?.(message)
}
