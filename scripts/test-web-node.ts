import { startNode } from '../server.ts'
import { addDrain, onStop, stopAll, stopOnSignals } from './start/stopping.ts'
import { env } from '#lib/env'

/** The process of a `WebNode`: tells where it answers, ends with its parent, and stops as a started node does. */

stopOnSignals()
process.on('disconnect', () => process.exit())
process.on('message', (asked) => {
  if (asked !== 'memory') return
  // What is left over from before is not what it needs now.
  globalThis.gc?.()
  const { rss, heapUsed, external } = process.memoryUsage()
  process.send?.({ rssBytes: rss, usedBytes: heapUsed + external })
})
addDrain(env().DRAIN_MS)
try {
  const node = await startNode({ dev: false, hasPages: false, duties: [] })
  onStop(() => node.stop())
  process.send?.(node.url)
} catch (error) {
  console.error(error)
  await stopAll(1)
}
