import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { endPools } from '#lib/db'
import { startEmbedded } from '#lib/embedded/membership'
import { newSecret } from '#lib/ids'
import { migrate } from '../../scripts/migrate.ts'
import { startTestNode } from '../../scripts/test-node.ts'
import { measure, openConnection, type Client, type Figures } from '../clients.ts'
import { plotOf } from '../plot.ts'
import { keep } from '../publish.ts'
import { throwDice } from './dice.ts'
import { makeProducts, PRODUCTS, wordOf } from './market.ts'

const CLIENTS = [1, 8]
const MS = Number(process.env.BENCH_MS ?? 3_000)
/** A node that has just started runs its code uncompiled: it is measured as it runs after its first seconds. */
const WARM_UP_MS = 4_000

/** What is asked, with words drawn anew for each request: a common word is in every second to tenth product, a rare one in few. */
const SHAPES: Record<string, (dice: () => number) => Record<string, string>> = {
  'common word': (dice) => ({ q: common(dice) }),
  'middling word': (dice) => ({ q: middling(dice) }),
  'rare word': (dice) => ({ q: rare(dice) }),
  'half typed': (dice) => ({ q: middling(dice).slice(0, 4) }),
  'two words': (dice) => ({ q: `${common(dice)} ${middling(dice)}` }),
  'in a category': (dice) => ({ q: common(dice), category: 'home' }),
  'in stock': (dice) => ({ q: middling(dice), inStock: 'true' }),
  'by price': (dice) => ({ q: middling(dice), sort: 'price-asc' }),
  mistyped: (dice) => ({ q: mistyped(rare(dice)) }),
  'no words': () => ({}),
  facets: (dice) => ({ q: common(dice), facets: 'true' }),
  'facets chosen': (dice) => ({ q: middling(dice), category: 'home', condition: 'new,good', facets: 'true' }),
  'facets, no words': () => ({ facets: 'true' }),
}

const common = (dice: () => number) => wordOf(4 + Math.floor(dice() * 40))
const middling = (dice: () => number) => wordOf(50 + Math.floor(dice() * 450))
const rare = (dice: () => number) => wordOf(2_000 + Math.floor(dice() * 15_000))
const mistyped = (word: string) => `${word.slice(0, 2)}${word[3]}${word[2]}${word.slice(4)}`

/** Searches among 100,000 products over HTTP, a page of 24 each, one connection and eight. */
await main()

async function main(): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'souk-bench-'))
  await chmod(dataDir, 0o755)
  const embedded = await startEmbedded({ dataDir, settings: {} })
  Object.assign(process.env, { DATABASE_URL: embedded.url, DATA_DIR: dataDir, SOUK_SECRET: newSecret() + newSecret() })
  await migrate(embedded.url)
  await makeProducts()
  const node = await startTestNode({ LOG_LEVEL: 'warn', RATE_LIMIT_FACTOR: '1000000' })
  try {
    for (const shape of Object.keys(SHAPES)) await run(node.url, shape, 4, WARM_UP_MS / Object.keys(SHAPES).length)
    const rows = new Map<string, Figures[]>()
    for (const shape of Object.keys(SHAPES)) {
      const figures: Figures[] = []
      for (const clients of CLIENTS) figures.push(await run(node.url, shape, clients, MS))
      rows.set(shape, figures)
    }
    await keep('search', reportOf(rows), pictureOf(rows))
  } finally {
    await node.interrupt()
    await endPools()
    await embedded.leave()
    await rm(dataDir, { recursive: true, force: true })
  }
}

function reportOf(rows: ReadonlyMap<string, readonly Figures[]>): string {
  const worst = (at: number, isFit: (shape: string) => boolean) =>
    Math.max(...[...rows].map(([shape, figures]) => (isFit(shape) ? (figures[at]?.p95 ?? 0) : 0)))
  const isFacets = (shape: string) => shape.startsWith('facets')
  const figures = {
    search_p95_ms: Number(worst(0, (shape) => !isFacets(shape)).toFixed(1)),
    facets_p95_ms: Number(worst(0, isFacets).toFixed(1)),
    search_p95_ms_at_8: Number(worst(1, () => true).toFixed(1)),
    per_s: Math.min(...[...rows.values()].map((each) => each.at(-1)?.perSecond ?? 0)),
    products: PRODUCTS,
  }
  return [
    `Searches among ${PRODUCTS} products on ${cpus().length} cores, ${MS} ms a run; p50 and p95 in ms.\n`,
    `${'shape'.padEnd(18)}${CLIENTS.map((clients) => `${clients} at once: a second     p50     p95`).join('   ')}`,
    ...[...rows].map(([shape, each]) => shape.padEnd(18) + each.map(cellsOf).join('   ')),
    `\n${JSON.stringify(figures)}`,
  ].join('\n')
}

/** Some shapes, as many as a plot has colours for. */
function pictureOf(rows: ReadonlyMap<string, readonly Figures[]>): string {
  const shown = ['common word', 'in stock', 'mistyped', 'facets']
  const seriesOf = (value: (figures: Figures) => number) =>
    shown.map((name) => ({ name, values: (rows.get(name) ?? []).map(value) }))
  return plotOf(`Searches among ${PRODUCTS.toLocaleString('en')} products`, 'at once', CLIENTS, [
    { title: 'searches a second', series: seriesOf(({ perSecond }) => perSecond) },
    { title: 'p95, milliseconds', series: seriesOf(({ p95 }) => p95) },
  ])
}

function cellsOf({ perSecond, p50, p95, refused }: Figures): string {
  const cells = [perSecond, p50.toFixed(1), p95.toFixed(1)].map((cell) => String(cell).padStart(7))
  return `${cells.join(' ').padStart(34)}${refused > 0 ? ` ${refused} refused` : ''}`
}

function run(url: string, shape: string, clients: number, ms: number): Promise<Figures> {
  const dice = throwDice(7)
  const asked = SHAPES[shape] ?? (() => ({}))
  return measure(clients, ms, async (): Promise<Client> => {
    const connection = await openConnection(url)
    const { host } = new URL(url)
    const ask = async () => {
      const path = `/api/v1/search?${new URLSearchParams(asked(dice))}`
      return (await connection.send(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\n\r\n`)) === 200
    }
    return { close: connection.close, ask }
  })
}
