import { createServer, type Server } from 'node:http'
import { Server as NetServer } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { createApp } from '#lib/api/app'
import { setApiHeaders, setPageHeaders } from '#lib/api/headers'
import { listenerOf } from '#lib/api/listener'
import { addressFrom, isOurOrigin } from '#lib/api/origin'
import { getPrincipal } from '#lib/api/principal'
import { createReadiness } from '#lib/api/readiness'
import { isSessionLive, liveAmong } from '#lib/auth/commands/sessions'
import { batchMetrics } from '#lib/batch'
import { userRoom } from '#lib/cart/rooms'
import { listPrices } from '#lib/catalog/queries'
import { fetchPictureTask, freshenPagesTick } from '#lib/catalog/tasks'
import { endPools } from '#lib/db'
import { Fault } from '#lib/embedded/fault'
import { env } from '#lib/env'
import { listStock } from '#lib/inventory/queries'
import { productRoom } from '#lib/inventory/rooms'
import { sweepLate } from '#lib/inventory/tasks'
import { startJobs } from '#lib/jobs/runner'
import { startTicks } from '#lib/jobs/ticks'
import { attachGateway } from '#lib/live/gateway'
import { serveMetrics, type MetricsServer } from '#lib/metrics'
import { settleMoney } from '#lib/orders/commands/settle-money'
import { sellerRoom } from '#lib/orders/rooms'
import { shopRoom } from '#lib/reviews/rooms'
import { answerKept } from '#lib/pages/answer'
import { traderMetrics } from '#lib/trader/queries/metrics'
import { startTrader } from '#lib/trader/runner'
import { duties as all } from '#lib/trader/tasks'
import type { Duty } from '#lib/trader/types'

export interface Node {
  readonly url: string
  /**
   * Says that it is not ready, waits for DRAIN_MS so that a load balancer sees it, then takes no more connections, lets
   * requests in flight finish, and closes sockets, jobs and pools. One that is replaced on its own port does so without a word.
   */
  stop(how?: { readonly isReplaced: boolean }): Promise<void>
}

export interface NodeOptions {
  readonly dev: boolean
  /** A node without pages has the API and the live channel, and needs no build. */
  readonly hasPages?: boolean
  /** What it does when it trades: by default all there is to do. */
  readonly duties?: readonly Duty[]
}

/** Starts a node: one HTTP server with the API, the pages and the live channel, on a database that is migrated. */
export async function startNode({ dev, hasPages = true, duties = all }: NodeOptions): Promise<Node> {
  const { HOST, PORT, PUBLIC_URL, METRICS_HOST, METRICS_PORT, DRAIN_MS } = env()
  // What a request leaves is made young, wherever it is made, and goes with the next small collection (docs/decisions/0031).
  setFlagsFromString('--no-allocation-site-pretenuring')
  await requireSameMoney()
  // Whoever sends slowly is cut: a connection is worth no more than a request.
  const server = createServer({ headersTimeout: 15_000, requestTimeout: 60_000, keepAliveTimeout: 10_000 })
  const pages = hasPages ? await openPages({ dev, hostname: HOST, port: PORT }) : null
  const api = listenerOf(createApp())
  const readiness = createReadiness()
  const live = attachGateway(server, {
    rooms: { product: productRoom, shop: shopRoom, seller: sellerRoom, user: userRoom },
    authenticate: async (cookie) => (await getPrincipal(cookie, null)).member,
    isLive: isSessionLive,
    liveAmong,
    isOurOrigin,
    addressFrom,
    readStock: (productIds) => listStock({ productIds }),
    readPrices: listPrices,
  })
  server.on('request', (request, response) => {
    if (readiness.answer(request, response)) return
    const path = request.url ?? '/'
    if (isApi(path)) {
      setApiHeaders(response)
      return void api(request, response)
    }
    // The one sign that PostgreSQL's text cannot hold; nobody's address has it. The API says so in its own form.
    if (path.includes('%00')) return void response.writeHead(400).end()
    if (!pages) return void response.writeHead(404).end()
    setPageHeaders(request, response, { dev })
    if (dev || !answerKept(request, response)) void pages.show(request, response)
  })
  if (dev && pages) forwardUpgrades(server, pages.server)

  const metrics = METRICS_PORT === undefined ? null : await openMetrics(METRICS_HOST, METRICS_PORT)
  const jobs = await startJobs([fetchPictureTask])
  await listen(server, PORT, HOST)
  const url = PUBLIC_URL ?? addressOf(server, HOST)
  process.env.NEXTAUTH_URL ??= url
  const ticks = startTicks(pages ? [sweepLate, freshenPagesTick] : [sweepLate])
  const trader = startTrader(duties)
  readiness.open()
  return {
    url,
    stop: async ({ isReplaced } = { isReplaced: false }) => {
      readiness.leave({ isReplaced })
      if (!isReplaced) await wait(DRAIN_MS)
      // The trader hands over while the rest ends: the others need not wait for that.
      await Promise.all([trader.stop(), ticks.stop(), jobs.stop(), live.close(), closeServer(server), metrics?.stop()])
      await pages?.close()
      await Promise.all([readiness.end(), endPools()])
    },
  }
}

const OTHER_MONEY = {
  'real-in-play':
    'STRIPE_SECRET_KEY is a live key, and the books of this database hold play money: set DATABASE_URL to a new database, ' +
    'or for the demo market a test key or none.',
  'play-in-real':
    'The books of this database hold real money, and STRIPE_SECRET_KEY is not a live key: set it, or DATABASE_URL to ' +
    'another database.',
} as const

async function requireSameMoney(): Promise<void> {
  const settled = await settleMoney()
  if (!settled.ok) throw new Fault(OTHER_MONEY[settled.refusal.code])
}

/** Loaded here, because it takes longest and not every node has it. */
async function openPages(where: { dev: boolean; hostname: string; port: number }) {
  const { default: next } = await import('next')
  // Next would put its own upgrade listener on the server it is given, and end sockets that are not its own.
  const server = createServer()
  const app = next({ ...where, httpServer: server })
  await app.prepare()
  return { server, show: app.getRequestHandler(), close: () => app.close() }
}

function openMetrics(host: string, port: number): Promise<MetricsServer> {
  return serveMetrics({ host, port }, [traderMetrics, batchMetrics]).catch((error: NodeJS.ErrnoException) => {
    throw new Fault(`METRICS_PORT=${port} on METRICS_HOST=${host} cannot be had (${error.code}): choose another.`)
  })
}

function isApi(path: string): boolean {
  return path.startsWith('/api/v1/') || path.startsWith('/media/')
}

/** Hot reload has a socket of its own, which belongs to Next; it listens on the server it was given. */
function forwardUpgrades(server: Server, pagesServer: Server): void {
  server.on('upgrade', (request, socket, head) => {
    if (!request.url?.startsWith('/socket.io')) pagesServer.emit('upgrade', request, socket, head)
  })
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.removeListener('error', reject)
      resolve()
    })
  })
}

function addressOf(server: Server, host: string): string {
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return `http://${host === '127.0.0.1' || host === '0.0.0.0' ? 'localhost' : host}:${port}`
}

/** How long a connection on which nothing is asked is kept, so that what is on its way over it is answered. */
const LAST_REQUEST_MS = 500
/** A request that takes longer than this is cut, so that Ctrl-C ends within its promise. */
const LONGEST_REQUEST_MS = 2_000

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    // An HTTP server's own `close` cuts idle connections first, also the one over which a request is just coming.
    NetServer.prototype.close.call(server, () => resolve())
    // What has arrived by then is read first, so that its connection is not idle any more.
    setTimeout(() => setImmediate(() => server.closeIdleConnections()), LAST_REQUEST_MS).unref()
    setTimeout(() => server.closeAllConnections(), LONGEST_REQUEST_MS).unref()
  })
}
