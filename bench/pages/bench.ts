import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { call, createClient } from '#lib/api/client'
import { startTestNode } from '../../scripts/test-node.ts'
import { measure, openConnection, type Client } from '../clients.ts'
import { bestOf, figuresOf, publish, type Row } from '../publish.ts'

/** No more than there are products: each asks for one of its own, so that two requests never share one drawing. */
const CLIENTS = [1, 10, 30]
const MS = Number(process.env.BENCH_MS ?? 4_000)
/** A node that has just started runs its code uncompiled: it is measured as it runs after its first seconds. */
const WARM_UP_MS = 6_000
/** How often a page is drawn until it comes out as the kept one did: React writes what it waited for as it arrives. */
const DRAWINGS = 20

/**
 * Pages a second, out of the cache and drawn for each request, of the demo market: one node keeps pages and the other, on the
 * same database, keeps none. Nothing is asked to be compressed.
 */
await main()

async function main(): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'souk-bench-'))
  await chmod(dataDir, 0o755)
  const settings = { DATA_DIR: dataDir, DATABASE_URL: '', LOG_LEVEL: 'warn' }
  const keeping = await startTestNode(settings)
  const drawing = await startTestNode({ ...settings, PAGE_CACHE_MB: '0' })
  const rows: Row[] = []
  try {
    const paths = await productPaths(keeping.url)
    const bytes = await expectSame(keeping.url, drawing.url, paths[0] ?? '')
    await measure(10, WARM_UP_MS, pageClient(keeping.url, paths))
    await measure(10, WARM_UP_MS, pageClient(drawing.url, paths))
    for (const clients of CLIENTS) {
      rows.push({ way: 'drawn', figures: await measure(clients, MS, pageClient(drawing.url, paths)) })
      rows.push({ way: 'kept', figures: await measure(clients, MS, pageClient(keeping.url, paths)) })
      rows.push({ way: 'kept home', figures: await measure(clients, MS, pageClient(keeping.url, ['/'])) })
    }
    const [kept, drawn] = [bestOf(rows, 'kept'), bestOf(rows, 'drawn')]
    await publish({
      name: 'pages',
      title: `Pages on ${cpus().length} cores, ${MS} ms a run; a product page of ${bytes} bytes.`,
      caption: 'Product pages out of the cache and drawn for each request, and the home page',
      unit: 'pages/s',
      clients: CLIENTS,
      rows,
      figures: {
        cached_per_s: kept,
        uncached_per_s: drawn,
        ratio: Number((kept / drawn).toFixed(2)),
        home_per_s: bestOf(rows, 'kept home'),
        p99_ms: p99At(rows, 'kept', 10),
        uncached_p99_ms: p99At(rows, 'drawn', 10),
        home_p99_ms: p99At(rows, 'kept home', 10),
      },
    })
  } finally {
    await drawing.interrupt()
    await keeping.interrupt()
    await rm(dataDir, { recursive: true, force: true })
  }
}

async function productPaths(url: string): Promise<string[]> {
  const answer = await call(createClient(url).products.$get({ query: { limit: '100' } }))
  if (!answer.ok) throw new Error(answer.message)
  const most = CLIENTS.at(-1) ?? 1
  if (answer.value.items.length < most) throw new Error(`There are fewer than ${most} products to ask for.`)
  return answer.value.items.slice(0, most).map(({ slug }) => `/products/${slug}`)
}

/** Both give the same page, or there is nothing to compare. Returns its bytes. */
async function expectSame(keeping: string, drawing: string, path: string): Promise<number> {
  // The first answer of the node that keeps it is drawn; the second is what was kept.
  await (await fetch(keeping + path)).text()
  const kept = await readFrom(keeping, path, 'HIT')
  for (let turn = 0; turn < DRAWINGS; turn++) {
    if ((await readFrom(drawing, path, 'MISS')) === kept) return Buffer.byteLength(kept)
  }
  throw new Error('The kept page and the drawn one differ.')
}

/** The page without the node's own address in it. */
async function readFrom(url: string, path: string, place: string): Promise<string> {
  const answer = await fetch(url + path)
  const said = answer.headers.get('x-nextjs-cache')
  if (said !== place) throw new Error(`The page comes from the wrong place: ${said}, not ${place}.`)
  return (await answer.text()).replaceAll(url, '')
}

function pageClient(url: string, paths: readonly string[]): () => Promise<Client> {
  const { host } = new URL(url)
  let number = 0
  return async () => {
    const request = `GET ${paths[number++ % paths.length]} HTTP/1.1\r\nHost: ${host}\r\n\r\n`
    const connection = await openConnection(url)
    return { close: connection.close, ask: async () => (await connection.send(request)) === 200 }
  }
}

function p99At(rows: readonly Row[], way: string, clients: number): number {
  const row = figuresOf(rows, way).find((figures) => figures.clients === clients)
  return Number((row?.p99 ?? 0).toFixed(1))
}
