import { once as nextEvent } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { io, type Socket } from 'socket.io-client'
import { afterAll, expect, test } from 'vitest'
import { joinWaitlist, openCart, setLine } from '#lib/cart/commands'
import { announce } from '#lib/catalog/commands/draft'
import { listPrices } from '#lib/catalog/queries'
import { db, sql, transact } from '#lib/db'
import { newSecret } from '#lib/ids'
import { listStock } from '#lib/inventory/queries'
import { placeOrder } from '#lib/orders/commands/place-order'
import { review } from '#lib/reviews/commands'
import { shopRoom } from '#lib/reviews/rooms'
import { useTestDatabase } from '../../scripts/test-database.ts'
import { makeMember, makeSeller, makeVariant } from '../../scripts/test-market.ts'
import { makeReceivedPart } from '../../scripts/test-orders.ts'
import type { ClientToServerEvents, ServerToClientEvents, Snapshot } from './events.ts'
import { attachGateway } from './gateway.ts'
import { roomEventViews, serverMessages, snapshotView } from './schema.ts'
import type { LiveMember } from './types.ts'

await useTestDatabase()
const server = createServer()
let member: LiveMember | null = null
const gateway = attachGateway(server, {
  rooms: {
    product: { canJoin: () => Promise.resolve(true) },
    shop: shopRoom,
    seller: { canJoin: (who, sellerId) => Promise.resolve(who?.sellerId === sellerId) },
    user: { canJoin: (who, userId) => Promise.resolve(who?.userId === userId) },
  },
  authenticate: () => Promise.resolve(member),
  isLive: () => Promise.resolve(true),
  liveAmong: (sids) => Promise.resolve(new Set(sids)),
  isOurOrigin: () => true,
  addressFrom: () => 'here',
  readStock: (productIds) => listStock({ productIds }),
  readPrices: listPrices,
})
server.listen(0, '127.0.0.1')
await nextEvent(server, 'listening')
const sockets: Socket<ServerToClientEvents, ClientToServerEvents>[] = []
afterAll(async () => {
  for (const socket of sockets) socket.disconnect()
  await gateway.close()
  server.close()
})

type ServerMessage = keyof ServerToClientEvents

/** Hears rooms, and keeps every message there as it came. */
async function hear(who: LiveMember | null, rooms: readonly string[]) {
  member = who
  const socket: (typeof sockets)[number] = io(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, {
    transports: ['websocket'],
    forceNew: true,
  })
  sockets.push(socket)
  const messages: { name: ServerMessage; args: unknown[] }[] = []
  socket.onAny((name: ServerMessage, ...args: unknown[]) => messages.push({ name, args }))
  await nextEvent(socket as never, 'connect')
  const snapshot = (await socket.emitWithAck(
    'subscribe',
    rooms.map((room) => ({ room, known: {} })),
  )) as Snapshot
  return { snapshot, messages, types: () => messages.map(typeOf) }
}

function typeOf({ name, args }: { name: ServerMessage; args: unknown[] }): string {
  return name === 'event' ? (args[1] as { type: string }).type : name
}

/** Everything fits the schema that the document is made from, the arguments' number too. */
function expectDocumented(messages: readonly { name: ServerMessage; args: unknown[] }[]): void {
  for (const { name, args } of messages) {
    expect(serverMessages[name].safeParse(args).error, `${name} ${JSON.stringify(args)}`).toBeUndefined()
    if (name !== 'event') continue
    const event = args[1] as { type: keyof typeof roomEventViews }
    expect(roomEventViews[event.type].safeParse(event).error, JSON.stringify(event)).toBeUndefined()
  }
}

const card = { number: '4242424242424242', name: 'Ada', expiry: '01/40', cvc: '123' }
const address = { name: 'Ada', line1: 'Lane 1', line2: '', postalCode: '10115', city: 'Berlin', country: 'DE' }

test('every message of a sale, from the cart to the last pieces, is as the document says', async () => {
  const [{ userId }, seller] = [await makeMember(), await makeSeller()]
  const { productId, variantId } = await makeVariant({ quantity: 6, seller })
  const buyer = await hear({ userId, sid: null, sellerId: null }, [`product:${productId}`, `user:${userId}`])
  const shop = await hear({ userId: seller.userId, sid: null, sellerId: seller.sellerId }, [
    `seller:${seller.sellerId}`,
  ])
  expect(snapshotView.parse(buyer.snapshot).states).toMatchObject([{ variantId, available: 6 }])

  const cartId = await openCart({ buyerId: userId, cartId: null })
  await setLine({ cartId, buyerId: userId, variantId, quantity: 2 })
  const order = await placeOrder({
    buyerId: userId,
    sellerId: null,
    key: newSecret(),
    input: { address, card, expectedTotalCents: '2000' },
    now: new Date(),
  })
  expect(order).toMatchObject({ ok: true, value: { status: 201 } })
  await db.run(sql`update product set revision = 2 where id = ${productId}`)
  await transact((tx) => Promise.resolve(announce(tx, productId, 2)))

  const types = ['stock', 'watchers', 'hold', 'order', 'product', 'prices']
  await expect.poll(() => new Set(buyer.types())).toEqual(new Set(types))
  await expect.poll(() => new Set(shop.types())).toEqual(new Set(['low-stock', 'sale']))
  expectDocumented([...buyer.messages, ...shop.messages])
  const low = shop.messages.find((message) => typeOf(message) === 'low-stock')
  expect(low?.args[1]).toEqual({ type: 'low-stock', productId, variantId, available: 4 })
})

test('a shop is told once that pieces become few, however they go after that', async () => {
  const seller = await makeSeller()
  const { variantId } = await makeVariant({ quantity: 7, seller })
  const shop = await hear({ userId: seller.userId, sid: null, sellerId: seller.sellerId }, [
    `seller:${seller.sellerId}`,
  ])
  const { userId } = await makeMember()
  const cartId = await openCart({ buyerId: userId, cartId: null })
  const told = () => shop.messages.map(({ args }) => (args[1] as { available: number }).available)
  for (const quantity of [1, 2, 3, 5, 4]) await setLine({ cartId, buyerId: userId, variantId, quantity })
  await setLine({ cartId, buyerId: userId, variantId, quantity: 0 })
  await setLine({ cartId, buyerId: userId, variantId, quantity: 7 })
  await expect.poll(told).toEqual([5, 0])
})

test('the messages of a waitlist are as the document says', async () => {
  const [{ userId: holder }, { userId: waiter }] = [await makeMember(), await makeMember()]
  const { productId, variantId } = await makeVariant({ quantity: 1 })
  const cartId = await openCart({ buyerId: holder, cartId: null })
  await setLine({ cartId, buyerId: holder, variantId, quantity: 1 })
  const buyer = await hear({ userId: waiter, sid: null, sellerId: null }, [`product:${productId}`, `user:${waiter}`])
  expect((await joinWaitlist({ buyerId: waiter, variantId, quantity: 1 })).ok).toBe(true)
  await setLine({ cartId, buyerId: holder, variantId, quantity: 0 })
  await expect.poll(() => buyer.types().filter((type) => type === 'place').length).toBe(2)
  expectDocumented(buyer.messages)
  const [entry] = await db.run(
    sql<{ offered: number }>`select offered from waitlist_entry where variant_id = ${variantId}`,
  )
  expect(entry?.offered).toBe(1)
})

test('a visitor is told what a shop comes to on joining, and every change of it, as the document says', async () => {
  const part = await makeReceivedPart()
  const [{ id: lineId } = { id: '' }] = part.lines
  const line = { number: part.number, lineId, buyerId: part.buyer.userId }
  const { sellerId } = part.seller
  const visitor = await hear(null, [`shop:${sellerId}`])
  const none = { type: 'rating', sellerId, productId: null, up: 0, down: 0, version: 0 }
  expect(snapshotView.parse(visitor.snapshot).events).toEqual([{ room: `shop:${sellerId}`, event: none }])
  expect((await review(line, { item: null, seller: 'down', text: '' })).ok).toBe(true)
  await expect.poll(() => visitor.messages.length).toBe(1)
  expectDocumented(visitor.messages)
  expect(visitor.messages[0]?.args[1]).toMatchObject({ type: 'rating', sellerId, up: 0, down: 1, version: 1 })
  const late = await hear(null, [`shop:${sellerId}`])
  expect(late.snapshot.events).toMatchObject([{ event: { up: 0, down: 1, version: 1, productId: null } }])
})
