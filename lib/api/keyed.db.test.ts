import { expect, test } from 'vitest'
import { db, sql } from '#lib/db'
import { bearerOf, serveApi } from '../../scripts/test-api.ts'
import { useTestDatabase } from '../../scripts/test-database.ts'
import { listImbalances, makeSeller, makeVariant } from '../../scripts/test-market.ts'

process.env.RATE_LIMIT_FACTOR = '1000'
process.env.SOUK_SECRET = 'a secret of at least thirty-two characters'
await useTestDatabase()

const { ask } = serveApi()
const keyed = (key: string) => ({ 'idempotency-key': key })
const LAMP = { title: 'A lamp', categorySlug: 'home', variants: [{ priceCents: '1000', quantity: 5 }] }

async function seller() {
  const shop = await makeSeller()
  return { ...shop, bearer: await bearerOf(shop.userId) }
}

test('a delta that is sent again with its key counts once, however many come at once', async () => {
  const { bearer, ...shop } = await seller()
  const { variantId } = await makeVariant({ quantity: 5, seller: shop })
  const path = `/stock/${variantId}/adjustments`
  const send = () => ask('post', path, { ...bearer, ...keyed('adjust-one-1') }, { delta: -2 })
  const answers = await Promise.all(Array.from({ length: 6 }, send))
  expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(200))
  expect(new Set(answers.map(({ json }) => JSON.stringify(json))).size).toBe(1)
  expect((await send()).json).toMatchObject({ onHand: 3 })
  const [{ count = 0 } = {}] = await db.run(
    sql<{ count: number }>`select count(*)::int as count from stock_movement where variant_id = ${variantId}`,
  )
  expect(count).toBe(2)
  expect((await ask('post', path, { ...bearer, ...keyed('adjust-one-1') }, { delta: -1 })).json.code).toBe('key-reused')
  expect((await ask('post', path, { ...bearer, ...keyed('adjust-one-2') }, { delta: -2 })).json.onHand).toBe(1)
  expect(await listImbalances()).toEqual([])
})

test('a refusal leaves the key free; a key is its member’s alone, and has its form', async () => {
  const [one, two] = [await seller(), await seller()]
  const { variantId } = await makeVariant({ quantity: 1, seller: one })
  const other = await makeVariant({ quantity: 1, seller: two })
  const send = (who: typeof one, id: string, delta: number, key = 'adjust-two-1') =>
    ask('post', `/stock/${id}/adjustments`, { ...who.bearer, ...keyed(key) }, { delta })
  expect((await send(one, variantId, -5)).json.code).toBe('below-held')
  expect((await send(one, variantId, 1)).json).toMatchObject({ onHand: 2 })
  expect((await send(two, other.variantId, 4)).json).toMatchObject({ onHand: 5 })
  const refused = await send(one, variantId, 1, 'short')
  expect([refused.status, Object.keys(refused.json.fields ?? {})]).toEqual([400, ['idempotency-key']])
})

test('a product that is sent again with its key is listed once', async () => {
  const { bearer } = await seller()
  const send = () => ask('post', '/products', { ...bearer, ...keyed('product-one') }, LAMP)
  const answers = await Promise.all(Array.from({ length: 4 }, send))
  expect(answers.map(({ status }) => status)).toEqual(Array(4).fill(201))
  expect(new Set(answers.map(({ json }) => json.id)).size).toBe(1)
  expect((await ask('get', '/seller/products', bearer)).json.items).toHaveLength(1)
  const again = await ask('post', '/products', { ...bearer, ...keyed('product-one') }, { ...LAMP, title: 'Two lamps' })
  expect([again.status, again.json.code]).toEqual([422, 'key-reused'])
})

test('a product is listed and on sale in one request, or not at all', async () => {
  const { bearer, sellerId } = await seller()
  const draft = await ask('post', '/products', bearer, LAMP)
  expect(draft.json).toMatchObject({ status: 'draft', published: 0, queued: 0 })
  const sold = await ask('post', '/products', bearer, { ...LAMP, publish: true })
  expect([sold.status, sold.headers.get('etag')]).toEqual([201, `"${String(sold.json.revision)}"`])
  expect(sold.json).toMatchObject({ status: 'published', published: 5, queued: 0, stock: [{ onSale: true }] })
  await db.run(sql`update seller set capacity = 7 where id = ${sellerId}`)
  const refused = await ask('post', '/products', bearer, { ...LAMP, publish: true, ifOver: 'refuse' })
  expect([refused.status, refused.json.code]).toEqual([409, 'over-capacity'])
  const free = { ...LAMP, publish: true, variants: [{ priceCents: '0' }] }
  expect((await ask('post', '/products', bearer, free)).json.fields).toHaveProperty('variants')
  expect((await ask('get', '/seller/products', bearer)).json.items).toHaveLength(2)
  const over = await ask('post', '/products', bearer, { ...LAMP, publish: true })
  expect(over.json).toMatchObject({ published: 2, queued: 3 })
  const onSale = await ask('get', '/seller/products?status=published', bearer)
  expect(onSale.json.items).toMatchObject([{ id: over.json.id }, { id: sold.json.id }])
  expect(await listImbalances()).toEqual([])
})
