import { sql, transact } from '#lib/db'
import { duties } from '#lib/trader/tasks'
import type { Duty } from '#lib/trader/types'
import { watchStatements, type Failpoint } from '../../scripts/failpoint.ts'
import { startNode } from '../../server.ts'

/**
 * A node of a bazaar: all of a node but its pages. Started with fork, and ended with its parent. Its trader leaves a trace of
 * each moment at which it could write, and can be made to stand still between its clock check and its first statement.
 */

export type ToPeer = Failpoint | 'stop'

/** Where it answers; or that it stands still from this moment of the machine's clock on. */
export type FromPeer = { readonly url: string } | { readonly struckAt: number }

/** Where nobody writes for longer than this, nobody trades. */
const PROBE_MS = 20

const probe: Duty = {
  name: 'bazaar-probe',
  periodMs: PROBE_MS,
  batch: Infinity,
  run: async ({ epoch }) => {
    await transact((tx) => tx.run(sql`insert into bazaar_probe (epoch) values (${epoch})`))
    return 1
  },
}

if (process.send) await serve()

async function serve(): Promise<void> {
  // Ctrl-C reaches all processes of a terminal; when it is over the parent says so.
  process.on('SIGINT', () => undefined)
  process.on('disconnect', () => process.exit())
  const failAt = watchStatements({ application: 'souk-trader', strike: () => say({ struckAt: Date.now() }) })
  const node = await startNode({ dev: false, hasPages: false, duties: [probe, ...duties] })
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
