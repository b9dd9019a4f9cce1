import { beforeEach, expect, test } from 'vitest'
import { db, sql, transact } from '#lib/db'
import { expireAllPages, keepPage, readPage } from '#lib/pages/cache'
import { categoryTag, LISTS, productTag, sellerTag } from '#lib/pages/rules'
import { makeSeller } from '../../scripts/test-market.ts'
import { useTestDatabase } from '../../scripts/test-database.ts'
import { createProduct } from './commands/create-product.ts'
import { freshenPages } from './commands/freshen-pages.ts'
import { productInput } from './schema.ts'

await useTestDatabase()

beforeEach(() => expireAllPages())

/** A product and a shop that nobody has touched for an hour. */
async function makeSeen() {
  const { sellerId, userId } = await makeSeller()
  const input = productInput.parse({
    title: 'A chair',
    categorySlug: 'home',
    variants: [{ priceCents: '1000', quantity: 5 }],
  })
  const made = await createProduct({ sellerId, actorId: userId, input })
  if (!made.ok) throw new Error(made.refusal.code)
  const [seller] = await db.run(sql<{ handle: string }>`select handle from seller where id = ${sellerId}`)
  await db.run(sql`update product set edited_at = now() - interval '1 hour' where id = ${made.value.productId}`)
  await db.run(sql`update seller set edited_at = now() - interval '1 hour' where id = ${sellerId}`)
  await freshenPages()
  return { sellerId, productId: made.value.productId, handle: seller?.handle ?? '' }
}

/** Keeps a page for each tag, under its name. */
function keep(...tags: string[]): void {
  for (const tag of tags) {
    readPage(tag, 0)
    keepPage(tag, { kind: 'APP_PAGE', html: tag, headers: { 'x-next-cache-tags': tag } }, { revalidate: false }, 0)
  }
}

const isKept = (tag: string) => readPage(tag, 0) !== null

test('whatever raises a revision ends the pages that show the product or may have to', async () => {
  const { productId, handle } = await makeSeen()
  const ended = [productTag(productId), sellerTag(handle), categoryTag('home'), LISTS]
  keep(...ended, 'product:another', categoryTag('toys'))
  // As another node does: nobody in this process says a word.
  await db.run(sql`update product set title = 'A stool', revision = revision + 1 where id = ${productId}`)
  await freshenPages()
  expect(ended.filter(isKept)).toEqual([])
  expect(['product:another', categoryTag('toys')].filter(isKept)).toHaveLength(2)
})

test('a shop that says something else of itself ends the pages that name it, and no list', async () => {
  const { sellerId, handle } = await makeSeen()
  keep(sellerTag(handle), LISTS)
  await db.run(sql`update seller set about = 'Chairs, mostly.' where id = ${sellerId}`)
  await freshenPages()
  expect(isKept(sellerTag(handle))).toBe(false)
  expect(isKept(LISTS)).toBe(true)
})

test('an edit ends pages once: what is drawn after it stays', async () => {
  const { productId } = await makeSeen()
  await db.run(sql`update product set revision = revision + 1 where id = ${productId}`)
  await freshenPages()
  keep(productTag(productId))
  await freshenPages()
  expect(isKept(productTag(productId))).toBe(true)
})

test('an edit that is committed late is found though others were found before it', async () => {
  const late = await makeSeen()
  const early = await makeSeen()
  keep(productTag(late.productId))
  await transact(async (tx) => {
    await tx.run(sql`update product set revision = revision + 1 where id = ${late.productId}`)
    await db.run(sql`update product set revision = revision + 1 where id = ${early.productId}`)
    await freshenPages()
    expect(isKept(productTag(late.productId))).toBe(true)
  })
  await freshenPages()
  expect(isKept(productTag(late.productId))).toBe(false)
})
