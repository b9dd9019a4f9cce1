import { expect, test } from 'vitest'
import { db, sql, transact } from '#lib/db'
import { listImbalances, makeCart, makeMember, makeSeller, makeVariant } from '../../scripts/test-market.ts'
import { useTestDatabase } from '../../scripts/test-database.ts'
import { untilBlocked } from '../../scripts/test-race.ts'
import { clearQueue, publishQueued } from './commands/capacity.ts'
import { hold } from './commands/hold.ts'
import { adjustStock, setSale, type StockChange } from './commands/stock.ts'
import { join } from './commands/waitlist.ts'
import { getCapacity, listStock } from './queries.ts'

await useTestDatabase()

async function makeShop(capacity: number) {
  const seller = await makeSeller()
  await db.run(sql`update seller set capacity = ${capacity} where id = ${seller.sellerId}`)
  const edit = (variantId: string, change: StockChange, ifOver?: 'refuse') =>
    adjustStock({
      sellerId: seller.sellerId,
      actorId: seller.userId,
      variantId,
      change,
      note: 'test',
      ...(ifOver && { ifOver }),
    })
  return {
    ...seller,
    edit,
    counts: () => getCapacity(seller.sellerId),
    list: (quantity: number) => makeVariant({ quantity, seller }),
  }
}

async function availableOf(variantId: string): Promise<number> {
  const [state] = await listStock({ variantIds: [variantId] })
  return state?.available ?? -1
}

test('pieces over the capacity wait, and go on sale by themselves in the order they came', async () => {
  const shop = await makeShop(10)
  const first = await shop.list(8)
  const second = await shop.list(1)
  expect(await shop.edit(second.variantId, { delta: 4 })).toMatchObject({
    ok: true,
    value: { published: 1, queued: 3 },
  })
  // There is no room left, and what came first goes first.
  expect(await shop.edit(first.variantId, { delta: 2 })).toMatchObject({ value: { published: 0, queued: 2 } })
  expect(await shop.counts()).toEqual({ capacity: 10, published: 10, queued: 5 })

  // Held pieces do not count: two holds make room for two.
  await hold({ cartId: await makeCart(), variantId: first.variantId, quantity: 2 })
  await Promise.all([publishQueued(), publishQueued(), publishQueued()])
  expect(await availableOf(second.variantId)).toBe(4)
  expect(await availableOf(first.variantId)).toBe(6)
  await hold({ cartId: await makeCart(), variantId: second.variantId, quantity: 2 })
  await publishQueued()
  expect([await availableOf(second.variantId), await availableOf(first.variantId)]).toEqual([3, 7])
  expect(await shop.counts()).toEqual({ capacity: 10, published: 10, queued: 1 })
  expect(await listImbalances()).toEqual([])
})

test('a release may exceed the capacity for a while, and nothing is published meanwhile', async () => {
  const shop = await makeShop(3)
  const { variantId } = await shop.list(3)
  const cartId = await makeCart()
  await hold({ cartId, variantId, quantity: 2 })
  expect(await shop.edit(variantId, { delta: 3 })).toMatchObject({ value: { published: 2, queued: 1 } })
  await hold({ cartId, variantId, quantity: 0 })
  await publishQueued()
  expect(await shop.counts()).toEqual({ capacity: 3, published: 5, queued: 1 })
})

test('who would rather be refused is, and nothing is done', async () => {
  const shop = await makeShop(3)
  const { variantId, productId } = await shop.list(2)
  const refusal = { code: 'over-capacity', detail: { room: 1 } }
  expect(await shop.edit(variantId, { delta: 2 }, 'refuse')).toMatchObject({ ok: false, refusal })
  expect(await shop.edit(variantId, { delta: 1 }, 'refuse')).toMatchObject({
    ok: true,
    value: { published: 1, queued: 0 },
  })
  const sale = { sellerId: shop.sellerId, actorId: shop.userId, productId, opensAt: null, cap: null }
  await transact(async (tx) => void (await setSale(tx, { ...sale, onSale: false })))
  const other = await shop.list(3)
  const again = await transact((tx) =>
    setSale(tx, { ...sale, onSale: true, ifOver: 'refuse' }).then((result) => result.ok),
  )
  expect(again).toBe(false)
  expect(await shop.counts()).toEqual({ capacity: 3, published: 3, queued: 0 })
  expect(await availableOf(other.variantId)).toBe(3)
})

test('a product that goes on sale with more than there is room for sends the rest to the queue, and every number is explained', async () => {
  const shop = await makeShop(5)
  await shop.list(3)
  const { variantId } = await shop.list(4)
  expect(await availableOf(variantId)).toBe(2)
  await db.run(sql`update seller set capacity = 6 where id = ${shop.sellerId}`)
  await publishQueued()
  expect(await availableOf(variantId)).toBe(3)
  const moved = await db.run(sql`
    select reason, delta, actor_id = ${shop.userId} as "byOwner"
    from stock_movement
    where variant_id = ${variantId}
    order by id`)
  expect(moved).toEqual([
    { reason: 'deposit', delta: 4, byOwner: true },
    { reason: 'queued', delta: -2, byOwner: true },
    { reason: 'published', delta: 1, byOwner: true },
  ])
  expect(await clearQueue({ sellerId: shop.userId, variantId })).toBe(0)
  expect(await clearQueue({ sellerId: shop.sellerId, variantId })).toBe(1)
  expect(await shop.counts()).toEqual({ capacity: 6, published: 6, queued: 0 })
  expect(await listImbalances()).toEqual([])
})

test('what is off sale neither takes room nor leaves the queue', async () => {
  const shop = await makeShop(4)
  const { variantId, productId } = await shop.list(4)
  await shop.edit(variantId, { delta: 2 })
  const sale = { sellerId: shop.sellerId, actorId: shop.userId, productId, opensAt: null, cap: null }
  await transact(async (tx) => void (await setSale(tx, { ...sale, onSale: false })))
  await publishQueued()
  expect(await shop.counts()).toEqual({ capacity: 4, published: 0, queued: 2 })
  // A draft's pieces come into the house as they are.
  expect(await shop.edit(variantId, { delta: 9 })).toMatchObject({ value: { published: 9, queued: 0 } })
})

test('pieces that come to a sold-out variant are offered to its waitlist in the same transaction', async () => {
  const shop = await makeShop(100)
  const { variantId } = await shop.list(0)
  const { userId: buyerId } = await makeMember()
  expect(await join({ cartId: await makeCart(buyerId), buyerId, variantId, quantity: 2 })).toMatchObject({ ok: true })
  await shop.edit(variantId, { delta: 3 })
  expect(await db.run(sql`select offered, wanted from waitlist_entry where variant_id = ${variantId}`)).toEqual([
    { offered: 2, wanted: 0 },
  ])
  expect(await availableOf(variantId)).toBe(1)
  expect(await listImbalances()).toEqual([])
})

test('a hundred deposits and holds at once never publish more than the capacity allows', async () => {
  const shop = await makeShop(20)
  const { variantId } = await shop.list(10)
  const carts = await Promise.all(Array.from({ length: 10 }, () => makeCart()))
  await Promise.all([
    ...Array.from({ length: 50 }, () => shop.edit(variantId, { delta: 1 })),
    ...carts.map((cartId) => hold({ cartId, variantId, quantity: 1 })),
    ...Array.from({ length: 5 }, () => publishQueued()),
  ])
  await publishQueued()
  expect(await shop.counts()).toEqual({ capacity: 20, published: 20, queued: 30 })
  expect(await listImbalances()).toEqual([])
})

/** Five pieces that wait, and room for them. */
async function makeQueue() {
  const shop = await makeShop(0)
  const { variantId } = await shop.list(0)
  await shop.edit(variantId, { delta: 5 })
  await db.run(sql`update seller set capacity = 10 where id = ${shop.sellerId}`)
  return { ...shop, variantId }
}

test('pieces that are taken out of the queue while they go on sale are one or the other, never both', async () => {
  const { sellerId, variantId } = await makeQueue()
  const under = await transact(async (tx) => {
    await tx.run(sql`select from stock where variant_id = ${variantId} for update`)
    const publishing = publishQueued()
    await untilBlocked()
    const clearing = clearQueue({ sellerId, variantId })
    await Promise.race([clearing, untilBlocked(2)])
    return { publishing, clearing }
  })
  await under.publishing
  const removed = await under.clearing
  expect((await availableOf(variantId)) + removed).toBe(5)
})

test('a shop whose pieces cannot be moved just now keeps no other waiting', async () => {
  const [stuck, other] = [await makeQueue(), await makeQueue()]
  await transact(async (tx) => {
    await tx.run(sql`select from seller where id = ${stuck.sellerId} for update`)
    await expect(publishQueued()).rejects.toMatchObject({ code: '55P03' })
  })
  expect([await availableOf(stuck.variantId), await availableOf(other.variantId)]).toEqual([0, 5])
  await publishQueued()
  expect(await availableOf(stuck.variantId)).toBe(5)
})

test('a queue of more pieces than a small number holds is counted, and goes on', async () => {
  const shop = await makeShop(0)
  const { variantId } = await shop.list(0)
  for (let times = 0; times < 3; times++) await shop.edit(variantId, { delta: 1 })
  await db.run(sql`update queued_deposit set quantity = 2000000000 where variant_id = ${variantId}`)
  expect((await shop.counts()).queued).toBe(6_000_000_000)
  await db.run(sql`update seller set capacity = 10 where id = ${shop.sellerId}`)
  await publishQueued()
  expect(await availableOf(variantId)).toBe(10)
})
