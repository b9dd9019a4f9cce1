import * as fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { createProduct } from '#lib/catalog/commands/create-product'
import { editProduct, setVariants } from '#lib/catalog/commands/edit-product'
import { archiveProduct, publishProduct } from '#lib/catalog/commands/publish-product'
import { productChange, productInput, variantsInput } from '#lib/catalog/schema'
import { db, sql } from '#lib/db'
import { hold } from '#lib/inventory/commands/hold'
import { editShop } from '#lib/sellers/commands'
import { makeCart, makeSeller } from '../../scripts/test-market.ts'
import { useTestDatabase } from '../../scripts/test-database.ts'
import { search, suggestTitles } from './queries.ts'
import { FOUND_MAX } from './rules/places.ts'
import { searchQuery } from './schema.ts'

await useTestDatabase()

interface Actor {
  readonly sellerId: string
  readonly userId: string
}

let shop: Actor

beforeAll(async () => {
  shop = await makeSeller()
})

/** A product on sale, unless it is to stay a draft. */
async function list(over: object = {}, { seller = shop, isDraft = false } = {}) {
  const actor = { sellerId: seller.sellerId, actorId: seller.userId }
  const input = { title: 'A thing', categorySlug: 'home', variants: [{ priceCents: '1000', quantity: 5 }], ...over }
  const made = await createProduct({ ...actor, input: productInput.parse(input) })
  if (!made.ok) throw new Error(made.refusal.code)
  const product = { ...actor, productId: made.value.productId }
  if (!isDraft) await publishProduct(product)
  return product
}

function find(query: object = {}) {
  return search(searchQuery.parse(query))
}

async function titlesFor(q: string, over: object = {}) {
  return (await find({ q, ...over })).items.map((item) => item.title)
}

test('each field is found, and a title counts more than a keyword, a shop more than a description', async () => {
  const seller = await makeSeller()
  await db.run(sql`update seller set name = 'Quokka stall' where id = ${seller.sellerId}`)
  await list({ title: 'By its text', description: 'Quokka, quokka and quokka, and then once more: quokka quokka.' })
  await list({ title: 'By its shop' }, { seller })
  await list({ title: 'By its keyword', keywords: ['quokka'] })
  await list({ title: 'Quokka' })
  expect(await titlesFor('quokka')).toEqual(['Quokka', 'By its keyword', 'By its shop', 'By its text'])
})

test('a shop is found by its handle, a product by the name of its category', async () => {
  const seller = await makeSeller()
  await list({ title: 'Of a handle', categorySlug: 'toys' }, { seller })
  const [row] = await db.run(sql<{ handle: string }>`select handle from seller where id = ${seller.sellerId}`)
  expect(await titlesFor(row?.handle ?? '')).toEqual(['Of a handle'])
  const [category] = await db.run(sql<{ name: string }>`select name from category where slug = 'toys'`)
  expect(await titlesFor(category?.name ?? '')).toContain('Of a handle')
})

test('accents, endings and the end of the last word do not matter; phrases and exclusions do', async () => {
  await list({ title: 'Crème brûlée torches' })
  expect(await titlesFor('creme brulee torch')).toEqual(['Crème brûlée torches'])
  expect(await titlesFor('CRÈME brû')).toEqual(['Crème brûlée torches'])
  expect(await titlesFor('"creme brulee"')).toEqual(['Crème brûlée torches'])
  expect(await titlesFor('"brulee creme"')).toEqual([])
  expect(await titlesFor('brulee -torch')).toEqual([])
  expect(await titlesFor('zyzzyva or brulee')).toEqual(['Crème brûlée torches'])
})

test('an edit is found in the same moment: texts, price, publishing and taking it off sale', async () => {
  const product = await list({ title: 'Wombat' }, { isDraft: true })
  expect(await titlesFor('wombat')).toEqual([])
  await publishProduct(product)
  expect(await titlesFor('wombat')).toEqual(['Wombat'])
  await editProduct({
    ...product,
    change: productChange.parse({ title: 'Numbat', categorySlug: 'toys', condition: 'fair' }),
  })
  expect(await titlesFor('wombat')).toEqual([])
  expect(await titlesFor('numbat', { category: 'toys', condition: 'good,fair' })).toEqual(['Numbat'])
  expect(await titlesFor('numbat', { category: 'home' })).toEqual([])
  const variants = [{ priceCents: '777', quantity: 1 }]
  await setVariants({ ...product, input: variantsInput.parse({ optionNames: [], variants }) })
  expect(await titlesFor('numbat', { minPriceCents: '777', maxPriceCents: '777' })).toEqual(['Numbat'])
  expect(await titlesFor('numbat', { minPriceCents: '778' })).toEqual([])
  await archiveProduct(product)
  expect(await titlesFor('numbat')).toEqual([])
})

test('a shop that is renamed is found by its new name at once, in all its products', async () => {
  const seller = await makeSeller()
  for (const title of ['First', 'Second']) await list({ title, description: 'Kept words.' }, { seller })
  const renamed = await editShop({ sellerId: seller.sellerId, name: 'Bandicoot and sons' })
  expect(renamed).toMatchObject({ ok: true })
  expect((await titlesFor('bandicoot')).toSorted()).toEqual(['First', 'Second'])
  const differ = await db.run(sql`
    select product_id from search_document
    join search_documents_of(array(select product_id from search_document)) as fresh using (product_id)
    where fresh is distinct from search_document`)
  expect(differ).toEqual([])
})

test('what is sold out leaves the search of what is in stock with the hold, and no document is written for it', async () => {
  const { productId } = await list({ title: 'Dugong', variants: [{ priceCents: '1000', quantity: 1 }] })
  expect(await titlesFor('dugong', { inStock: 'true' })).toEqual(['Dugong'])
  const rowOf = () =>
    db.run(sql<{ xmin: string }>`select xmin::text as xmin from search_document where product_id = ${productId}`)
  const before = await rowOf()
  const [variant] = await db.run(sql<{ id: string }>`select id from variant where product_id = ${productId}`)
  expect(await hold({ cartId: await makeCart(), variantId: variant?.id ?? '', quantity: 1 })).toMatchObject({
    ok: true,
  })
  expect(await titlesFor('dugong', { inStock: 'true' })).toEqual([])
  expect(await titlesFor('dugong')).toEqual(['Dugong'])
  expect(await rowOf()).toEqual(before)
})

test('a drop that has not opened is not in stock', async () => {
  await list({ title: 'Tamarin', opensAt: '2099-01-01T00:00:00Z' })
  expect(await titlesFor('tamarin', { inStock: 'true' })).toEqual([])
  expect(await titlesFor('tamarin')).toEqual(['Tamarin'])
})

test('a mistyped word is exchanged for the likest one, and said to be; words that are found are left alone', async () => {
  await list({ title: 'Pangolin scales' })
  expect(await find({ q: 'pangloin' })).toMatchObject({ corrected: 'pangolin', found: { count: 1, isCapped: false } })
  expect(await find({ q: 'pongolin scales' })).toMatchObject({ corrected: 'pangolin scales' })
  const right = await find({ q: 'pangolin', category: 'toys' })
  expect(right).toMatchObject({ items: [], found: { count: 0 } })
  expect(right.corrected).toBeUndefined()
  expect(await find({ q: 'xqzwvkj' })).toMatchObject({ items: [], found: { count: 0 } })
})

test('suggestions go on as somebody has begun to type, each title once', async () => {
  await list({ title: 'Marmoset mug' })
  await list({ title: 'Marmoset mug' })
  expect(await suggestTitles('marmo')).toEqual(['Marmoset mug'])
  expect(await suggestTitles(' ')).toEqual([])
})

test('pages by cursor show everything that is found once, in every sort', async () => {
  const seller = await makeSeller()
  const made = await Promise.all(
    Array.from({ length: 23 }, (_, index) =>
      list(
        {
          title: `Axolotl ${'axolotl '.repeat(index % 3)}`,
          variants: [{ priceCents: String(100 * (index % 5) + 100), quantity: 1 }],
        },
        { seller },
      ),
    ),
  )
  // Published in the same instant, as an import may be.
  await db.run(sql`update product set published_at = '2026-01-01' where seller_id = ${seller.sellerId}`)
  const [row] = await db.run(sql<{ handle: string }>`select handle from seller where id = ${seller.sellerId}`)
  for (const sort of ['relevance', 'newest', 'price-asc', 'price-desc']) {
    for (const q of ['axolotl', '']) {
      const seen: string[] = []
      let cursor: string | undefined
      do {
        const page = await find({ q, sort, seller: row?.handle, limit: 4, ...(cursor ? { cursor } : {}) })
        seen.push(...page.items.map((item) => item.id))
        cursor = page.nextCursor ?? undefined
      } while (cursor)
      expect(seen.length, `${sort} ${q}`).toBe(made.length)
      expect(new Set(seen).size, `${sort} ${q}`).toBe(made.length)
    }
  }
})

test('each facet counts what is found with that value of it, whatever else is chosen', async () => {
  const seller = await makeSeller()
  const places = {
    category: ['home', 'toys'],
    condition: ['new', 'good', 'fair'],
    price: ['900', '2500', '4999', '30000'],
  }
  for (let index = 0; index < 14; index++) {
    const variants = [{ priceCents: places.price[index % 4], quantity: index % 2 }]
    const [categorySlug, condition] = [places.category[index % 2], places.condition[index % 3]]
    await list({ title: `Ocelot ${index}`, categorySlug, condition, variants }, { seller })
  }
  const base = { q: 'ocelot', facets: 'true' }
  const countOf = async (query: object) => (await find(query)).found.count
  for (const chosen of [
    {},
    { category: 'toys' },
    { condition: 'new,good', inStock: 'true' },
    { minPriceCents: '2500', maxPriceCents: '4999' },
  ]) {
    const query = { ...base, ...chosen }
    const { facets, found } = await find(query)
    if (!facets) throw new Error('There are no facets.')
    expect(facets.isCapped).toBe(false)
    expect(found.count).toBe((await find({ ...query, facets: 'false' })).items.length)
    for (const { slug, count } of facets.categories) expect(await countOf({ ...query, category: slug })).toBe(count)
    for (const { condition, count } of facets.conditions) expect(await countOf({ ...query, condition })).toBe(count)
    for (const { minPriceCents, maxPriceCents, count } of facets.prices) {
      const band = { minPriceCents, maxPriceCents: maxPriceCents ?? undefined }
      expect(await countOf({ ...query, ...band })).toBe(count)
    }
    expect(await countOf({ ...query, inStock: 'true' })).toBe(facets.inStock)
  }
})

test('more than are counted is told as so many and more', async () => {
  const { sellerId } = await makeSeller()
  await db.run(sql`
    insert into product (id, seller_id, slug, title, category_slug, status, published_at)
    select uuidv7(), ${sellerId}, 'gecko-' || n, 'Gecko', 'home', 'published', now() - n * interval '1 second'
    from generate_series(1, ${FOUND_MAX + 1}) as n`)
  const { found, facets } = await find({ q: 'gecko', facets: 'true' })
  expect(found).toEqual({ count: FOUND_MAX, isCapped: true })
  expect(facets?.isCapped).toBe(true)
  expect((await find({ q: 'gecko' })).found).toEqual({ count: FOUND_MAX, isCapped: true })
})

test('whatever people type is a search and never an error', async () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.string({ maxLength: 200 }),
    fc
      .array(
        fc.constantFrom(
          ...`a the or OR - -" " ' '' \\ : :* & | ! !! ( ) <-> \0 \uD800 é ß 1 . / @ % _ ; --`.split(' '),
        ),
        { maxLength: 30 },
      )
      .map((parts) => parts.join(' ')),
    fc
      .array(fc.constantFrom('lamp', "'", '"', '\\', ':*', '&', '!', '(', '-', ' ', 'or'), { maxLength: 30 })
      .map((parts) => parts.join('')),
  )
  // What fails is printed with its seed, and SEED= repeats it.
  const seed = process.env.SEED === undefined ? {} : { seed: Number(process.env.SEED) }
  await fc.assert(
    fc.asyncProperty(hostile, fc.boolean(), async (text, facets) => {
      const { found } = await find({ q: text.slice(0, 200), facets: String(facets) })
      expect(found.count).toBeGreaterThanOrEqual(0)
      expect((await suggestTitles(text)).length).toBeLessThanOrEqual(8)
    }),
    { ...seed, numRuns: 150 },
  )
})
