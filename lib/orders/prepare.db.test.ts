import { afterEach, expect, test } from 'vitest'
import { db, sql } from '#lib/db'
import { newSecret } from '#lib/ids'
import { hold } from '#lib/inventory/commands/hold'
import { useTestDatabase } from '../../scripts/test-database.ts'
import { makeCart, makeMember, makeSeller, makeVariant } from '../../scripts/test-market.ts'
import { expectCleanBooks } from '../../scripts/test-orders.ts'
import { prepareOrder, type OrderRequest } from './commands/prepare-order.ts'

await useTestDatabase()

afterEach(expectCleanBooks)

const card = { number: '4242424242424242', name: 'Ada', expiry: '01/40', cvc: '123' }
const address = { name: 'Ada', line1: 'Lane 1', line2: '', postalCode: '10115', city: 'Berlin', country: 'DE' }

const goods = await makeVariant({ quantity: 1_000, priceCents: 1_000n, cap: 1_000 })

/** Who wants one piece of the same goods, at 10.00. */
async function makeRequest(over: Partial<OrderRequest> = {}): Promise<OrderRequest & { cartId: string }> {
  const { userId: buyerId } = await makeMember()
  const cartId = await makeCart(buyerId)
  expect((await hold({ cartId, variantId: goods.variantId, quantity: 1 })).ok).toBe(true)
  const input = { address, card, expectedTotalCents: '1000' }
  return { buyerId, sellerId: null, key: newSecret(), input, cartId, ...over }
}

/** In the same turn of the event loop: what is asked so goes as one batch. */
async function together(requests: readonly OrderRequest[]) {
  const answers = await Promise.all(requests.map(prepareOrder))
  return answers.map((answer) => (answer.ok ? Object.keys(answer.value)[0] : answer.refusal.code))
}

async function ordersOf(carts: readonly { cartId: string }[]): Promise<number> {
  const [row] = await db.run(sql<{ count: number }>`
    select count(*)::int as count
    from "order"
    where cart_id = any(${carts.map((cart) => cart.cartId)}::uuid[])`)
  return row?.count ?? 0
}

async function keysOf({ key }: OrderRequest): Promise<number> {
  const rows = await db.run(sql`select 1 from idempotency_key where key = ${key}`)
  return rows.length
}

test('each of a crowd is answered for itself: a refusal is nobody else’s, and leaves its key free', async () => {
  const seller = await makeSeller()
  const own = await makeVariant({ quantity: 5, priceCents: 1_000n, seller })
  const input = { address, card, expectedTotalCents: '999' }
  const [fine, dear, lapsed, none, shop, last] = [
    await makeRequest(),
    await makeRequest({ input }),
    await makeRequest(),
    { ...(await makeRequest()), buyerId: (await makeMember()).userId },
    await makeRequest({ sellerId: seller.sellerId }),
    await makeRequest(),
  ]
  await hold({ cartId: shop.cartId, variantId: own.variantId, quantity: 1 })
  await db.run(sql`update hold set expires_at = now() - interval '1 second' where cart_id = ${lapsed.cartId}`)
  const all = [fine, dear, lapsed, none, shop, last]
  expect(await together(all)).toEqual(['draft', 'total-changed', 'lines-lapsed', 'empty-cart', 'own-product', 'draft'])
  expect(await Promise.all(all.map(keysOf))).toEqual([1, 0, 0, 0, 0, 1])
  expect(await Promise.all(all.map((request) => ordersOf([request])))).toEqual([1, 0, 0, 0, 0, 1])
  // The key is free: the same request with the right total has it.
  expect(await together([{ ...dear, input: fine.input }])).toEqual(['draft'])
})

test('of one buyer’s requests at once one gets the cart: the same key is worked on, another finds it being paid for', async () => {
  const [one, two, other] = [await makeRequest(), await makeRequest(), await makeRequest()]
  const again = { ...one, key: newSecret() }
  const reused = { ...two, input: { ...two.input, address: { ...address, city: 'Bonn' } } }
  const answers = await together([one, one, again, two, reused, other])
  expect(answers).toEqual(['draft', 'in-progress', 'being-paid', 'draft', 'key-reused', 'draft'])
  expect(await ordersOf([one, two, other])).toBe(3)
})

test('three hundred at once: every buyer has an order, and none of another’s lines', async () => {
  const requests = await Promise.all(Array.from({ length: 300 }, () => makeRequest()))
  expect(new Set(await together(requests))).toEqual(new Set(['draft']))
  const [mixed] = await db.run(sql<{ count: number }>`
    select count(*)::int as count
    from hold
    join "order" on "order".id = hold.order_id
    where "order".cart_id <> hold.cart_id`)
  expect([await ordersOf(requests), mixed?.count]).toEqual([300, 0])
})
