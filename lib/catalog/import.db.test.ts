import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { db, sql } from '#lib/db'
import { listImbalances, makeSeller } from '../../scripts/test-market.ts'
import { useTestDatabase } from '../../scripts/test-database.ts'
import { fetchPicture } from './commands/fetch-picture.ts'
import { importProducts } from './commands/import-products.ts'
import { getImport } from './queries/imports.ts'
import { planShopifyImport } from './rules/shopify.ts'
import { PICTURE_FIELD, type FetchPicture } from './types.ts'

await useTestDatabase()

// Counted from the files with another CSV reader: handles, rows with a price, addresses of pictures by handle,
// pieces, and the sum of the prices in cents.
const FILES = [
  { name: 'apparel.csv', products: 20, variants: 22, pictures: 20, pieces: 22, cents: 129_500n },
  { name: 'home-and-garden.csv', products: 20, variants: 21, pictures: 21, pieces: 65, cents: 234_584n },
  { name: 'jewelery.csv', products: 20, variants: 23, pictures: 41, pieces: 20, cents: 98_074n },
] as const

const HEADER = 'Handle,Title,Option1 Name,Option1 Value,Variant Price,Variant Inventory Qty,Image Src,Image Alt Text'

function fileOf(name: string): Uint8Array {
  return readFileSync(join(import.meta.dirname, '..', '..', 'e2e', 'fixtures', 'shopify', name))
}

function csv(...rows: string[]): Uint8Array {
  return new TextEncoder().encode([HEADER, ...rows].join('\n'))
}

async function upload(bytes: Uint8Array, { dryRun = false, seller = makeSeller() } = {}) {
  const { sellerId, userId: actorId } = await seller
  const result = await importProducts({ sellerId, actorId, fileName: 'products.csv', bytes, dryRun })
  if (!result.ok) throw new Error(result.refusal.code)
  return { ...result.value, sellerId, actorId, id: result.value.importId ?? '' }
}

/** What the shop has, as one row. */
async function countsOf(sellerId: string) {
  const [row] = await db.run(sql`
    select count(distinct product.id)::int as products, count(distinct variant.id)::int as variants,
           coalesce(sum(stock.on_hand), 0)::int as pieces, coalesce(sum(variant.price_cents), 0)::int8 as cents
    from product
    join variant on variant.product_id = product.id
    join stock on stock.variant_id = variant.id
    where product.seller_id = ${sellerId}`)
  return row
}

async function listJobs(importId: string): Promise<FetchPicture[]> {
  const rows = await db.run(sql<{ payload: FetchPicture }>`
    select payload
    from graphile_worker._private_jobs
    where payload ->> 'importId' = ${importId}
    order by id`)
  return rows.map(({ payload }) => payload)
}

test.each(FILES)('$name comes in complete: every product, version, piece and picture', async (file) => {
  const { name, pictures, ...counts } = file
  const report = await upload(fileOf(name))
  expect(await countsOf(report.sellerId)).toEqual(counts)
  expect(await listJobs(report.id)).toHaveLength(pictures)
  const kinds = Map.groupBy(report.notes, (note) => note.kind)
  expect(kinds.get('taken')).toHaveLength(counts.products)
  expect(kinds.has('refused')).toBe(false)
  expect(await listImbalances()).toEqual([])
})

test('a dry run reports the same and leaves nothing behind', async () => {
  const seller = makeSeller()
  const dry = await upload(fileOf('jewelery.csv'), { dryRun: true, seller })
  expect(await countsOf(dry.sellerId)).toMatchObject({ products: 0 })
  const real = await upload(fileOf('jewelery.csv'), { seller })
  expect(dry.notes).toEqual(real.notes)
  expect(dry.importId).toBeNull()
})

test('imported again, texts and prices follow the file and stock stays', async () => {
  const seller = makeSeller()
  const first = csv('lamp,Old lamp,Title,Default Title,10.00,5,,')
  const { sellerId } = await upload(first, { seller })
  await upload(csv('lamp,New lamp,Title,Default Title,12.50,9,,'), { seller })
  expect(await countsOf(sellerId)).toEqual({ products: 1, variants: 1, pieces: 5, cents: 1_250n })
  expect(await db.run(sql`select title, status from product where seller_id = ${sellerId}`)).toEqual([
    { title: 'New lamp', status: 'draft' },
  ])
})

test('the same file sent twice at once makes each product once', async () => {
  const seller = makeSeller()
  const [{ sellerId }] = (await Promise.all([1, 2].map(() => upload(fileOf('apparel.csv'), { seller })))) as [
    Awaited<ReturnType<typeof upload>>,
  ]
  expect(await countsOf(sellerId)).toMatchObject({ products: 20, variants: 22, pieces: 22 })
  expect(await listImbalances()).toEqual([])
})

test('a row that cannot be taken is refused by its line, and the others come in', async () => {
  const report = await upload(
    csv(
      'lamp,Lamp,Size,S,10,1,,',
      'lamp,,Size,M,ten,1,,',
      'vase,,Title,Default Title,5,1,,',
      'bowl,Bowl,Title,Default Title,5,1,,',
    ),
  )
  expect(report).toMatchObject({ products: 2, variants: 2 })
  const refused = report.notes.filter((note) => note.kind === 'refused')
  expect(refused.map(({ line, field }) => [line, field])).toEqual([
    [3, 'Variant Price'],
    [4, 'Title'],
  ])
})

test('what is cut to its length is not cut through a character', async () => {
  const long = `${'x'.repeat(199)}🏺`
  const seller = await makeSeller()
  const bytes = csv(
    `lamp,${'t'.repeat(139)}🏺🏺,${'o'.repeat(39)}🏺,${'v'.repeat(39)}🏺,10,1,https://${long}.test/${long},${long}`,
  )
  const report = await upload(bytes, { seller: Promise.resolve(seller) })
  expect(report.products).toBe(1)
  for (const job of await listJobs(report.id)) await fetchPicture(job)
  expect(await getImport(seller.sellerId, report.id)).toMatchObject({ status: 'done', picturesLeft: 0 })
})

test('a picture that cannot be reached is a warning, counted once, and the import ends', async () => {
  const report = await upload(csv('lamp,Lamp,Title,Default Title,10,1,http://127.0.0.1:1/lamp.jpg,A lamp'))
  expect(await getImport(report.sellerId, report.id)).toMatchObject({ status: 'running', pictures: 1, picturesLeft: 1 })
  const [job] = await listJobs(report.id)
  if (!job) throw new Error('No job was made for the picture.')
  await Promise.all([fetchPicture(job), fetchPicture(job)])
  await fetchPicture(job)
  const run = await getImport(report.sellerId, report.id)
  expect(run).toMatchObject({ status: 'done', pictures: 1, picturesLeft: 0 })
  expect(run?.notes.filter((note) => note.field === PICTURE_FIELD)).toMatchObject([{ line: 2, kind: 'warning' }])
})

test('an import is its seller’s alone', async () => {
  const report = await upload(csv('lamp,Lamp,Title,Default Title,10,1,,'))
  const { sellerId: other } = await makeSeller()
  expect(await getImport(other, report.id)).toBeNull()
})

test('whatever is in a file, the plan never throws and never holds what the database would refuse', () => {
  const cell = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('', '10.00', '-1', '1e9', 'Default Title', '=1+1'),
  )
  const row = fc
    .array(cell, { maxLength: 9 })
    .map((cells) => cells.map((text) => `"${text.replaceAll('"', '""')}"`).join(','))
  const files = fc.oneof(
    fc.array(row, { maxLength: 12 }).map((rows) => csv(...rows)),
    fc.uint8Array({ maxLength: 400 }),
  )
  fc.assert(
    fc.property(files, (bytes) => {
      const plan = planShopifyImport(bytes)
      if (!plan.ok) return
      for (const { texts, optionNames, variants, pictures } of plan.value.products) {
        expect(texts.title.length).toBeGreaterThanOrEqual(2)
        expect(optionNames.length).toBeLessThanOrEqual(3)
        expect(pictures.length).toBeLessThanOrEqual(8)
        expect(variants.every((each) => each.priceCents >= 0n && each.quantity >= 0)).toBe(true)
        expect(variants.every((each) => each.optionValues.length === optionNames.length)).toBe(true)
      }
      // Neither half a character nor the one sign that PostgreSQL's text cannot hold.
      const said = JSON.stringify(plan.value, (_, value: unknown) =>
        typeof value === 'bigint' ? String(value) : value,
      )
      expect(said).not.toMatch(/\\u0000|\\ud[89a-f]/)
    }),
    { numRuns: 2_000 },
  )
})
