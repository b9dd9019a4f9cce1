import { startNode } from '../../server.ts'
import { once } from '#lib/once'

/*
 * A node that writes down when each version of a stock row was committed: the moment it is given to the outbox. Asked for
 * them, it says what it has and begins anew; asked for its memory, it tidies up first.
 */

class Commits extends Map<string, { readonly version: number }> {
  times: number[] = []
  override set(variantId: string, state: { readonly version: number }): this {
    this.times.push(state.version, performance.timeOrigin + performance.now())
    return super.set(variantId, state)
  }
}

const commits = new Commits()
// Before anything publishes: whoever comes first makes the outbox of the process.
once('live.outbox', () => ({ carriers: new Set(), states: commits, fresh: new Set(), timer: null, flushedAt: 0 }))

process.on('message', (question: 'commits' | 'memory') => {
  if (question === 'memory') {
    globalThis.gc?.()
    return void process.send?.({ rssBytes: process.memoryUsage.rss() })
  }
  const { times } = commits
  commits.times = []
  process.send?.({ times })
})
process.on('disconnect', () => process.exit())
const { url } = await startNode({ dev: false, hasPages: false, duties: [] })
process.send?.(url)
