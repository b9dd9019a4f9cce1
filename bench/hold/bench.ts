import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { db, endPools, sql } from '#lib/db'
import { startEmbedded } from '#lib/embedded/membership'
import { newId, newSecret } from '#lib/ids'
import { auditStock } from '#lib/inventory/queries'
import { migrate } from '../../scripts/migrate.ts'
import { startTestNode } from '../../scripts/test-node.ts'
import { measure, openConnection, type Figures } from '../clients.ts'
import { makeCarts, makeMarket, type BenchCart } from '../market.ts'
import { bestOf, figuresOf, publish, type Row } from '../publish.ts'

const CLIENTS = [1, 10, 50, 200]
/** Long enough that the first wave, all clients at the same moment, is well below a hundredth of what is counted. */
const MS = Number(process.env.BENCH_MS ?? 10_000)
/** Workers of the market: one, as it is started, or as many as are asked for. */
const WORKERS = process.env.WEB_CONCURRENCY ?? '1'
/** A node that has just started runs its code uncompiled: it is measured as it runs after its first seconds. */
const WARM_UP_MS = 8_000
/** Half of the buyers are signed in. */
const everyOther = (index: number) => index % 2 === 0
/** Most holds a second a run may need carts for. */
const CARTS_PER_SECOND = 10_000

/**
 * Holds a second: over HTTP on one hot version and over 10,000 of them, and beside it the plain way, one transaction a
 * hold straight on the same tables. Each hold is on a cart of its own, made beforehand, half of them signed in.
 */
await main()

async function main(): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'souk-bench-'))
  await chmod(dataDir, 0o755)
  const embedded = await startEmbedded({ dataDir, settings: { max_connections: '300' } })
  Object.assign(process.env, { DATABASE_URL: embedded.url, DATA_DIR: dataDir, SOUK_SECRET: newSecret() + newSecret() })
  await migrate(embedded.url)
  const { hot, spread } = await makeMarket()
  const node = await startTestNode({ LOG_LEVEL: 'warn', TRUSTED_PROXIES: '127.0.0.1', WEB_CONCURRENCY: WORKERS })
  const rows: Row[] = []
  try {
    await http(
      node.url,
      200,
      await makeCarts((CARTS_PER_SECOND * WARM_UP_MS) / 1_000, everyOther),
      () => hot,
      WARM_UP_MS,
    )
    for (const clients of CLIENTS) {
      const count = Math.ceil(((clients === 1 ? 2_000 : CARTS_PER_SECOND) * MS) / 1_000)
      const carts = await makeCarts(count, everyOther)
      const others = await makeCarts(count, everyOther)
      const next = { place: 0 }
      const any = () => spread[(next.place += 7_919) % spread.length] ?? hot
      await settle()
      rows.push({ way: 'plain', figures: await plain(clients, hot, others) })
      await settle()
      rows.push({ way: 'HTTP, hot', figures: await http(node.url, clients, carts, () => hot) })
      await settle()
      rows.push({ way: 'HTTP, spread', figures: await http(node.url, clients, carts, any) })
    }
    const { breaches, held } = await auditStock()
    const title = `Holds on ${cpus().length} cores, workers of the market: ${WORKERS}, ${MS} ms a run; ${held} held, ${breaches.length} breaches.`
    const caption = 'Holds: one hot version and 10,000 of them'
    await publish({ name: 'hold', title, caption, unit: 'holds/s', clients: CLIENTS, rows, figures: keysOf(rows) })
    process.exitCode = breaches.length > 0 ? 1 : 0
  } finally {
    await node.interrupt()
    await endPools()
    await embedded.leave()
    await rm(dataDir, { recursive: true, force: true })
  }
}

/** What was written before a run is on the disk when it begins, and the log's files are there to be written over. */
async function settle(): Promise<void> {
  await db.run(sql`checkpoint`)
}

function http(url: string, clients: number, carts: readonly BenchCart[], variantOf: () => string, ms = MS) {
  const waiting = carts.values()
  const { host, origin } = new URL(url)
  return measure(clients, ms, async () => {
    const connection = await openConnection(url)
    return {
      close: connection.close,
      ask: async () => {
        const cart = waiting.next().value
        if (!cart) return null
        const head = `PUT /api/v1/cart/lines/${variantOf()} HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${origin}\r\nX-Forwarded-For: ${cart.address}\r\nCookie: ${cart.cookie}`
        const body = '\r\nContent-Type: application/json\r\nContent-Length: 14\r\n\r\n{"quantity":1}'
        return (await connection.send(head + body)) === 200
      },
    }
  })
}

/** The best that one statement a hold can do: no page, no sign-in, no cap, prepared, on connections of its own. */
async function plain(clients: number, variantId: string, carts: readonly { id: string }[]): Promise<Figures> {
  const waiting = carts.values()
  const text = `
    with taken as (
      update stock set available = available - 1, version = version + 1
      where variant_id = $2 and available >= 1 and on_sale
      returning variant_id
    )
    insert into hold (id, cart_id, variant_id, quantity, expires_at, first_held_at, added_at)
    select $3, $1, variant_id, 1, clock_timestamp() + interval '10 minutes', clock_timestamp(), clock_timestamp()
    from taken`
  return measure(clients, MS, async () => {
    const client = new pg.Client({ connectionString: process.env.DATABASE_URL })
    await client.connect()
    return {
      close: () => void client.end(),
      ask: async () => {
        const cart = waiting.next().value
        if (!cart) return null
        const { rowCount } = await client.query({ name: 'plain-hold', text, values: [cart.id, variantId, newId()] })
        return rowCount === 1
      },
    }
  })
}

function keysOf(rows: readonly Row[]) {
  const at200 = (way: string) => figuresOf(rows, way).find(({ clients }) => clients === 200)
  const [hot, plain] = [at200('HTTP, hot')?.perSecond ?? 0, at200('plain')?.perSecond ?? 0]
  const best = bestOf(rows, 'plain')
  return {
    hot_http_per_s: hot,
    plain_200_per_s: plain,
    plain_best_per_s: best,
    ratio_200: Number((hot / plain).toFixed(2)),
    ratio_best: Number((hot / best).toFixed(2)),
    p99_ms: Number((at200('HTTP, hot')?.p99 ?? 0).toFixed(1)),
    spread_http_per_s: at200('HTTP, spread')?.perSecond ?? 0,
  }
}
