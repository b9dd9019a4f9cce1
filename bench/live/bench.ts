import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { db, endPools, sql } from '#lib/db'
import { startEmbedded } from '#lib/embedded/membership'
import { newId, newSecret } from '#lib/ids'
import { migrate } from '../../scripts/migrate.ts'
import { measure, openConnection } from '../clients.ts'
import { makeCarts, makeMarket, type BenchCart } from '../market.ts'
import { figuresOf, publish, type Row } from '../publish.ts'
import { serve, startSubscribers, type Served, type Subscribers } from './processes.ts'

const CROWDS = [1_000, 5_000]
const MS = Number(process.env.BENCH_MS ?? 3_000)
const ROUNDS = 3
const BUYERS = 50
const HOLDS_PER_SECOND = 8_000

/**
 * What one node tells its subscribers: as fast as they take it, beside a bare ws server that sends the same bytes, in turns;
 * and, as it runs, with the pause of 50 ms between two messages, while buyers hold as fast as they can: how long after a
 * commit its number was there.
 */
await main()

async function main(): Promise<void> {
  const rows: Row[] = []
  for (const count of CROWDS) rows.push(...(await flatOut(count)))
  const dataDir = await mkdtemp(join(tmpdir(), 'souk-bench-'))
  await chmod(dataDir, 0o755)
  const embedded = await startEmbedded({ dataDir, settings: { max_connections: '300' } })
  Object.assign(process.env, { DATABASE_URL: embedded.url, DATA_DIR: dataDir, SOUK_SECRET: newSecret() + newSecret() })
  try {
    await migrate(embedded.url)
    const { sellerId } = await makeMarket()
    const product = await makeProduct(sellerId)
    const node = await serve('node.ts')
    const kbPerSocket = await weigh(node, product.productId)
    await hold(node, product.variantId, 6_000)
    for (const count of CROWDS) rows.push(await asItRuns(node, product, count))
    node.end()
    await publish({
      name: 'live',
      title: `Deliveries on ${cpus().length} cores, ${MS} ms a run; "live" with ${BUYERS} buyers who hold as fast as they can, from commit to receipt.`,
      caption: 'Deliveries to subscribers of one product',
      unit: 'per s',
      clients: CROWDS,
      rows,
      figures: { ...keysOf(rows), kb_per_socket: kbPerSocket },
    })
  } finally {
    await endPools()
    await embedded.leave()
    await rm(dataDir, { recursive: true, force: true })
  }
}

/** Both servers and their subscribers stand the whole time; they are measured in turns, so that the machine is the same to both. */
async function flatOut(count: number): Promise<Row[]> {
  const productId = newId()
  const ways = await Promise.all(
    (['bare ws', 'flat out'] as const).map(async (way) => {
      const server = await serve('flat-out.ts', [way === 'flat out' ? 'souk' : 'ws', productId])
      const crowd = startSubscribers()
      await crowd.open(server.url, way === 'flat out' ? productId : null, count)
      return { way, server, crowd, rates: [] as number[] }
    }),
  )
  for (let round = 0; round <= ROUNDS; round++) {
    for (const { server, crowd, rates } of ways) {
      server.tell('tell')
      await wait(500)
      const rate = await rateOf(crowd)
      // The first is for the compiler.
      if (round > 0) rates.push(rate)
      await server.ask('rest')
      await wait(300)
    }
  }
  return ways.map(({ way, server, crowd, rates }) => {
    server.end()
    crowd.end()
    const [, perSecond = 0] = rates.toSorted((a, b) => a - b)
    return { way, figures: { clients: count, perSecond, p50: NaN, p95: NaN, p99: NaN, refused: 0 } }
  })
}

/** Deliveries a second. */
async function rateOf(crowd: Subscribers): Promise<number> {
  const before = await crowd.count()
  await wait(MS)
  const after = await crowd.count()
  return Math.round((after.received - before.received) / ((after.at - before.at) / 1_000))
}

async function asItRuns(node: Served, { productId, variantId }: Product, count: number): Promise<Row> {
  const crowd = startSubscribers()
  await crowd.open(node.url, productId, count)
  await hold(node, variantId, 1_000)
  await node.ask('commits')
  await crowd.note(true)
  const [, perSecond] = await Promise.all([hold(node, variantId, MS + 1_000), rateOf(crowd)])
  await wait(1_000)
  const { times } = await node.ask<{ times: number[] }>('commits')
  const waits = waitsOf(times, await crowd.note(false))
  crowd.end()
  const at = (share: number) => waits[Math.min(waits.length - 1, Math.floor(waits.length * share))] ?? NaN
  console.log(
    `${count} subscribers: p50 ${at(0.5).toFixed(1)} ms, p95 ${at(0.95).toFixed(1)} ms, p99 ${at(0.99).toFixed(1)} ms`,
  )
  return { way: 'live', figures: { clients: count, perSecond, p50: at(0.5), p95: at(0.95), p99: at(0.99), refused: 0 } }
}

/** For each commit and each subscriber that was looked at, how long until it had that number or a newer one. Sorted. */
function waitsOf(commits: readonly number[], notes: readonly (readonly number[])[]): Float64Array {
  const waits: number[] = []
  for (const note of notes) {
    let next = 0
    for (let at = 0; at < commits.length; at += 2) {
      const [version = 0, committedAt = 0] = [commits[at], commits[at + 1]]
      while (next < note.length && (note[next] ?? 0) < version) next += 2
      if (next < note.length) waits.push((note[next + 1] ?? 0) - committedAt)
    }
  }
  return Float64Array.from(waits).sort()
}

/** What one more socket costs that hears a product of which nothing happens. Units: KB. */
async function weigh(node: Served, productId: string): Promise<number> {
  const crowd = startSubscribers()
  // With some there already, so that what is counted is sockets and no code.
  await crowd.open(node.url, productId, 200)
  const before = (await node.ask<{ rssBytes: number }>('memory')).rssBytes
  await crowd.open(node.url, productId, 5_000)
  const after = (await node.ask<{ rssBytes: number }>('memory')).rssBytes
  crowd.end()
  return Number(((after - before) / 5_000 / 1_024).toFixed(1))
}

/** Buyers who hold as fast as they can. */
async function hold(node: Served, variantId: string, ms: number): Promise<void> {
  const carts = (await makeCarts((HOLDS_PER_SECOND * ms) / 1_000, () => false)).values()
  const { host, origin } = new URL(node.url)
  await measure(BUYERS, ms, async () => {
    const connection = await openConnection(node.url)
    return {
      close: connection.close,
      ask: async () => {
        const cart = carts.next().value
        return cart ? (await connection.send(requestOf(cart, variantId, host, origin))) === 200 : null
      },
    }
  })
}

function requestOf(cart: BenchCart, variantId: string, host: string, origin: string): string {
  return (
    `PUT /api/v1/cart/lines/${variantId} HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${origin}\r\nX-Forwarded-For: ${cart.address}\r\n` +
    `Cookie: ${cart.cookie}\r\nContent-Type: application/json\r\nContent-Length: 14\r\n\r\n{"quantity":1}`
  )
}

interface Product {
  readonly productId: string
  readonly variantId: string
}

/** One of a single version, with more pieces than anybody will ask for. */
async function makeProduct(sellerId: string): Promise<Product> {
  const [productId, variantId] = [newId(), newId()]
  await db.run(sql`
    insert into product (id, seller_id, slug, title, category_slug, status, published_at)
    values (${productId}, ${sellerId}, 'live', 'Live', 'other', 'published', now())`)
  await db.run(
    sql`insert into variant (id, product_id, position, price_cents) values (${variantId}, ${productId}, 0, 1000)`,
  )
  await db.run(sql`
    insert into stock (variant_id, product_id, seller_id, on_hand, available, on_sale)
    values (${variantId}, ${productId}, ${sellerId}, 10000000, 10000000, true)`)
  return { productId, variantId }
}

function keysOf(rows: readonly Row[]) {
  const at = (way: string, count: number) => figuresOf(rows, way).find(({ clients }) => clients === count)
  const ratio = (count: number) =>
    Number(((at('flat out', count)?.perSecond ?? 0) / (at('bare ws', count)?.perSecond ?? 0)).toFixed(2))
  return {
    deliveries_per_s: at('flat out', 5_000)?.perSecond ?? 0,
    ws_deliveries_per_s: at('bare ws', 5_000)?.perSecond ?? 0,
    ratio: ratio(5_000),
    ratio_1000: ratio(1_000),
    p99_ms: Number((at('live', 5_000)?.p99 ?? 0).toFixed(1)),
    p99_1000_ms: Number((at('live', 1_000)?.p99 ?? 0).toFixed(1)),
  }
}
