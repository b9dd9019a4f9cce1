import { expect, test } from 'vitest'
import { useTestDatabase } from '../../../scripts/test-database.ts'
import { makePaidPart } from '../../../scripts/test-orders.ts'
import { db, sql } from '#lib/db'
import { ship } from '../commands/ship.ts'
import { listOrders } from '../queries.ts'
import type { OrderListView, SellerOrderListView } from '../schema.ts'
import { countSellerOrders, getSellerOrder, listSellerOrders } from './seller-orders.ts'

await useTestDatabase()

const SENT = { carrier: 'Post', trackingNumber: '1' }

/** So many paid orders, all at the first one's shop, in the order they were made. */
async function makeOrders(count: number) {
  const parts = await Promise.all(Array.from({ length: count }, () => makePaidPart({ quantities: [1] })))
  const [first] = parts
  if (!first) throw new Error('no orders')
  const { seller } = first
  for (const [index, part] of parts.entries()) {
    await db.run(sql`
      update seller_order
      set seller_id = ${seller.sellerId}, created_at = created_at + ${index} * interval '1 second'
      where id = ${part.id}`)
  }
  return { seller, ids: parts.map((part) => part.id) }
}

test('a shop works off what is to be sent, the longest waiting first, and what it sends takes no other along', async () => {
  const { seller, ids } = await makeOrders(23)
  const first = await listSellerOrders(seller.sellerId, { status: 'paid' })
  expect(first.items.map((order) => order.id)).toEqual(ids.slice(0, 20))
  // The last of the page, from which the next one is counted, is sent meanwhile.
  for (const id of [ids[3] ?? '', ids[19] ?? '']) expect((await ship(id, seller, SENT)).ok).toBe(true)
  const next = await listSellerOrders(seller.sellerId, { status: 'paid', cursor: first.nextCursor ?? '' })
  expect(next.items.map((order) => order.id)).toEqual(ids.slice(20))
  expect(next.nextCursor).toBeNull()

  const sent = await listSellerOrders(seller.sellerId, { status: 'shipped' })
  expect(sent.items.map((order) => order.id)).toEqual([ids[19], ids[3]])
  const all = await listSellerOrders(seller.sellerId)
  expect(all.items.map((order) => order.id)).toEqual(ids.toReversed().slice(0, 20))
  expect(await countSellerOrders(seller.sellerId)).toEqual({ paid: 21, shipped: 2, all: 23 })
})

test('orders of one moment are each listed once, page by page, to the shop and to the buyer', async () => {
  const { seller, ids } = await makeOrders(5)
  const [order] = await db.run(sql<{ buyerId: string }>`
    with moment as (
      update seller_order set created_at = '2026-11-01' where id = any(${ids}::uuid[]) returning order_id
    ), first as (
      select buyer_id from "order" join moment on order_id = id limit 1
    )
    update "order" set created_at = '2026-11-01', buyer_id = first.buyer_id
    from first, moment
    where id = order_id
    returning "order".buyer_id as "buyerId"`)
  type List = (options: { cursor?: string; limit: number }) => Promise<SellerOrderListView | OrderListView>
  const pagesOf = async (list: List) => {
    const seen: string[] = []
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await list({ limit: 2, ...(cursor && { cursor }) })
      seen.push(...page.items.map(({ number }) => number))
      cursor = page.nextCursor
    }
    return [seen.length, new Set(seen).size]
  }
  expect(await pagesOf((options) => listSellerOrders(seller.sellerId, options))).toEqual([5, 5])
  expect(await pagesOf((options) => listSellerOrders(seller.sellerId, { ...options, status: 'paid' }))).toEqual([5, 5])
  expect(await pagesOf((options) => listOrders(order?.buyerId ?? '', options))).toEqual([5, 5])
})

test('one order is what the list says of it, and nobody else’s', async () => {
  const [part, other] = [await makePaidPart({ quantities: [2, 1] }), await makePaidPart()]
  const [listed] = (await listSellerOrders(part.seller.sellerId)).items
  expect(await getSellerOrder(part.id, part.seller.sellerId)).toEqual(listed)
  expect(await getSellerOrder(part.id, other.seller.sellerId)).toBeNull()
  expect(await getSellerOrder('no-id', part.seller.sellerId)).toBeNull()
  expect((await listSellerOrders(other.seller.sellerId)).items.map(({ id }) => id)).toEqual([other.id])
})

test('an order that was not paid is no order of the shop', async () => {
  const part = await makePaidPart()
  await db.run(sql`
    update "order"
    set status = 'pending', paid_at = null
    where number = ${part.number}`)
  expect(await getSellerOrder(part.id, part.seller.sellerId)).toBeNull()
  expect((await listSellerOrders(part.seller.sellerId)).items).toEqual([])
  expect(await countSellerOrders(part.seller.sellerId)).toEqual({ all: 0 })
})
