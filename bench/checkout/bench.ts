import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { endPools } from '#lib/db'
import { startEmbedded } from '#lib/embedded/membership'
import { newSecret } from '#lib/ids'
import { auditStock } from '#lib/inventory/queries'
import { auditMoney } from '#lib/orders/queries'
import { migrate } from '../../scripts/migrate.ts'
import { startTestNode } from '../../scripts/test-node.ts'
import { measure, openConnection, type Client } from '../clients.ts'
import { makeCarts, makeMarket, PRICE_CENTS, type BenchCart } from '../market.ts'
import { bestOf, figuresOf, publish, type Row } from '../publish.ts'
import { countPaid, holdOne } from './market.ts'
import { openPlain } from './plain.ts'

const CLIENTS = [1, 10, 50, 100]
const MS = Number(process.env.BENCH_MS ?? 4_000)
/** A node that has just started runs its code uncompiled: it is measured as it runs after its first seconds. */
const WARM_UP_MS = 8_000
/** Most orders a second a run may need carts for. */
const CARTS_PER_SECOND = 2_000

/**
 * Orders a second: over HTTP from a cart that holds one hot line to the paid order, the sandbox provider answering at once; and
 * beside it the same orders in plain SQL. Every order is another buyer's.
 */
await main()

async function main(): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'souk-bench-'))
  await chmod(dataDir, 0o755)
  const embedded = await startEmbedded({ dataDir, settings: { max_connections: '300' } })
  Object.assign(process.env, { DATABASE_URL: embedded.url, DATA_DIR: dataDir, SOUK_SECRET: newSecret() + newSecret() })
  await migrate(embedded.url)
  const market = await makeMarket()
  const node = await startTestNode({ LOG_LEVEL: 'warn', TRUSTED_PROXIES: '127.0.0.1' })
  const goods = { variantId: market.hot, ...market, priceCents: PRICE_CENTS }
  const cartsFor = async (ms: number) => {
    const carts = await makeCarts(Math.ceil((CARTS_PER_SECOND * ms) / 1_000), () => true)
    await holdOne(carts, market.hot)
    return carts
  }
  const rows: Row[] = []
  try {
    await measure(50, WARM_UP_MS, httpClient(node.url, await cartsFor(WARM_UP_MS)))
    for (const clients of CLIENTS) {
      const next = nextOf(await cartsFor(MS))
      rows.push({ way: 'plain SQL', figures: await measure(clients, MS, () => openPlain(next, goods)) })
      rows.push({ way: 'HTTP', figures: await measure(clients, MS, httpClient(node.url, await cartsFor(MS))) })
    }
    const breaches = [...(await auditStock()).breaches, ...(await auditMoney()).breaches]
    const title = `Orders on ${cpus().length} cores, ${MS} ms a run; ${await countPaid()} paid, ${breaches.length} breaches.`
    const http = figuresOf(rows, 'HTTP').find(({ clients }) => clients === 50)
    const [ours, plain] = [http?.perSecond ?? 0, bestOf(rows, 'plain SQL')]
    await publish({
      name: 'checkout',
      title,
      caption: 'Orders: from a cart with one hot line to paid',
      unit: 'orders/s',
      clients: CLIENTS,
      rows,
      figures: {
        orders_http_per_s: ours,
        orders_sql_per_s: plain,
        ratio: Number((ours / plain).toFixed(2)),
        p99_ms: Number((http?.p99 ?? 0).toFixed(1)),
      },
    })
    process.exitCode = breaches.length > 0 ? 1 : 0
  } finally {
    await node.interrupt()
    await endPools()
    await embedded.leave()
    await rm(dataDir, { recursive: true, force: true })
  }
}

function nextOf(carts: readonly BenchCart[]): () => BenchCart | undefined {
  const waiting = carts.values()
  return () => waiting.next().value
}

function httpClient(url: string, carts: readonly BenchCart[]): () => Promise<Client> {
  const next = nextOf(carts)
  const { host, origin } = new URL(url)
  const address = { name: 'Ada', line1: 'Lane 1', line2: '', postalCode: '10115', city: 'Berlin', country: 'DE' }
  const card = { number: '4242424242424242', name: 'Ada', expiry: '01/40', cvc: '123' }
  const body = JSON.stringify({ address, card, expectedTotalCents: `${PRICE_CENTS}` })
  return async () => {
    const connection = await openConnection(url)
    return {
      close: connection.close,
      ask: async () => {
        const cart = next()
        if (!cart) return null
        const head = `POST /api/v1/orders HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${origin}\r\nX-Forwarded-For: ${cart.address}`
        const rest = `Cookie: ${cart.cookie}\r\nIdempotency-Key: ${cart.id}\r\nContent-Type: application/json`
        return (await connection.send(`${head}\r\n${rest}\r\nContent-Length: ${body.length}\r\n\r\n${body}`)) === 201
      },
    }
  }
}
