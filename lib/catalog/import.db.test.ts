import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { db, sql, transact, type Tx } from '#lib/db'
import { newId } from '#lib/ids'
import { listImbalances, makeSeller } from '../../scripts/test-market.ts'
import { useTestDatabase } from '../../scripts/test-database.ts'
import { fetchPicture } from './commands/fetch-picture.ts'
import { importProducts } from './commands/import-products.ts'
import { publishProduct } from './commands/publish-product.ts'
import { getImport } from './queries/imports.ts'
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

/** What a shop's imports left: runs, notes, jobs, products, slugs taken. */
async function tracesOf(sellerId: string) {
  const [row] = await db.run(sql`
    select (select count(*) from import_run where seller_id = ${sellerId})::int as runs,
           (select count(*) from import_note)::int as notes,
           (select count(*) from graphile_worker._private_jobs where payload ->> 'sellerId' = ${sellerId})::int as jobs,
           (select count(*) from product where seller_id = ${sellerId})::int as products`)
  return row
}

/** Title, status, and each version as value, price, pieces, on sale. */
function shopOf(sellerId: string) {
  return db.run(sql<{ title: string; status: string; versions: unknown[] }>`
    select title, status, jsonb_agg(jsonb_build_array(option_values[1], price_cents, on_hand, on_sale) order by position)
             as versions
    from product
    join variant on variant.product_id = product.id
    join stock on stock.variant_id = variant.id
    where product.seller_id = ${sellerId}
    group by product.id
    order by title`)
}

test.each(FILES)('$name comes in complete: every product, version, piece and picture', async (file) => {
  const { name, pictures, ...counts } = file
  const report = await upload(fileOf(name))
  expect(await countsOf(report.sellerId)).toEqual(counts)
  expect(await listJobs(report.id)).toHaveLength(pictures)
  const kinds = Map.groupBy(report.notes, (note) => note.kind)
  expect(kinds.get('taken')).toHaveLength(counts.products)
  expect(kinds.has('refused')).toBe(false)
  const shop = await shopOf(report.sellerId)
  expect(new Set(shop.map((product) => product.status))).toEqual(new Set(['draft']))
  const [deposits] = await db.run(sql`
    select sum(delta)::int as pieces, bool_and(reason = 'deposit' and actor_id = ${report.actorId}) as theirs
    from stock_movement
    join stock on stock.variant_id = stock_movement.variant_id
    where seller_id = ${report.sellerId}`)
  expect(deposits).toEqual({ pieces: counts.pieces, theirs: true })
  expect(await listImbalances()).toEqual([])
})

test('a dry run reports the same and leaves nothing behind', async () => {
  const seller = makeSeller()
  const { sellerId } = await seller
  const before = await tracesOf(sellerId)
  const dry = await upload(fileOf('jewelery.csv'), { dryRun: true, seller })
  expect(await tracesOf(sellerId)).toEqual(before)
  const real = await upload(fileOf('jewelery.csv'), { seller })
  const { products, variants, pictures, notes } = real
  expect(dry).toMatchObject({ products, variants, pictures, notes })
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

test('a version that is new in the file comes with its stock, and is on sale where its product is', async () => {
  const seller = makeSeller()
  const names = ['bowl', 'lamp', 'vase']
  const sized = (size: string, price: string) => names.map((name) => `${name},${name},Size,${size},${price},5,,`)
  const { sellerId } = await upload(csv(...sized('S', '10')), { seller })
  const { userId: actorId } = await seller
  const [lamp] = await db.run(sql<{ id: string }>`
    select id
    from product
    where seller_id = ${sellerId} and import_handle = 'lamp'`)
  await publishProduct({ sellerId, actorId, productId: lamp?.id ?? '' })
  const again = await upload(csv(...sized('S', '12'), ...sized('M', '15')), { seller })
  expect(again).toMatchObject({ products: 3, variants: 6 })
  const rows = (onSale: boolean) => [
    ['S', 1200, 5, onSale],
    ['M', 1500, 5, onSale],
  ]
  expect(await shopOf(sellerId)).toEqual([
    { title: 'bowl', status: 'draft', versions: rows(false) },
    { title: 'lamp', status: 'published', versions: rows(true) },
    { title: 'vase', status: 'draft', versions: rows(false) },
  ])
  expect(await listImbalances()).toEqual([])
})

test('one product that somebody keeps locked is refused with a note; those written with it come in whole', async () => {
  const seller = makeSeller()
  const rows = (price: string) => ['bowl', 'lamp', 'vase'].map((name) => `${name},${name},,,${price},1,,`)
  const { sellerId } = await upload(csv(...rows('10').slice(0, 2)), { seller })
  const again = await transact(async (tx) => {
    await tx.run(sql`select id from product where seller_id = ${sellerId} and import_handle = 'bowl' for update`)
    return upload(csv(...rows('12')), { seller })
  })
  expect(again).toMatchObject({ products: 2, variants: 2 })
  expect(await shopOf(sellerId)).toMatchObject([
    { title: 'bowl', versions: [[null, 1000, 1, false]] },
    { title: 'lamp', versions: [[null, 1200, 1, false]] },
    { title: 'vase', versions: [[null, 1200, 1, false]] },
  ])
  const run = await getImport(sellerId, again.id)
  expect(run).toMatchObject({ status: 'done', products: 2, variants: 2 })
  const kinds = run?.notes.filter((note) => note.field !== 'Type').map(({ line, kind, field }) => [line, kind, field])
  expect(kinds).toEqual([
    [2, 'refused', 'bowl'],
    [3, 'taken', 'lamp'],
    [4, 'taken', 'vase'],
  ])
})

test('shops that take the same addresses at once wait for each other in one direction, and never in a circle', async () => {
  const { sellerId } = await makeSeller()
  const take = (tx: Tx, slug: string) =>
    tx.run(sql`
      insert into product (id, seller_id, slug, title, category_slug)
      values (${newId()}, ${sellerId}, ${slug}, ${slug}, 'other')`)
  const reports = await transact(async (tx) => {
    await take(tx, 'amphora')
    const other = upload(csv('zither,Zither,,,10,1,,', 'amphora,Amphora,,,10,1,,'))
    await expect.poll(() => countWaiting()).toBe(1)
    // Were the zither taken already by who waits for the amphora, each would wait for the other.
    await take(tx, 'zither')
    return { other }
  })
  expect(await reports.other).toMatchObject({ products: 2 })
  const [counts] = await db.run(sql`
    select deadlocks::int, (select count(*) from product where slug ~ '^(amphora|zither)')::int as products
    from pg_stat_database
    where datname = current_database()`)
  expect(counts).toEqual({ deadlocks: 0, products: 4 })
})

/** Connections of this file's database that wait for a lock. */
async function countWaiting(): Promise<number> {
  const rows = await db.run(sql`
    select pid
    from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`)
  return rows.length
}

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
