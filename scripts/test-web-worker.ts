import { serveAsWorker } from './start/worker.ts'

/** A worker of `test-web-workers`: no pages and no duties. */

await serveAsWorker({ dev: false, hasPages: false, duties: [] })
