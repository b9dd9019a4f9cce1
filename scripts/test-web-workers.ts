import cluster from 'node:cluster'
import { join } from 'node:path'
import { env } from '#lib/env'
import { addDrain, onStop, stopAll, stopOnSignals } from './start/stopping.ts'
import { startWorkers } from './start/workers.ts'

/** The primary of a `WebHost`: does what the start does once all is prepared. */

stopOnSignals()
addDrain(env().DRAIN_MS)
process.on('disconnect', () => process.exit())
try {
  const workers = await startWorkers({
    count: env().WEB_CONCURRENCY,
    program: join(import.meta.dirname, 'test-web-worker.ts'),
    metricsPort: env().METRICS_PORT,
    onGivenUp: () => void stopAll(1),
  })
  onStop(() => workers.stop())
  process.on('SIGUSR2', () => void workers.restart().then((restarted) => process.send?.({ restarted })))
  process.on('message', (asked) => {
    if (asked === 'workers') process.send?.({ workers: listPids() })
  })
  process.send?.(workers.url)
} catch (error) {
  console.error(error)
  await stopAll(1)
}

function listPids(): number[] {
  return Object.values(cluster.workers ?? {}).flatMap((worker) => worker?.process.pid ?? [])
}
