import { expect, test } from 'vitest'
import { db, sql, transact } from '#lib/db'
import { newId } from '#lib/ids'
import { useTestDatabase } from '../../scripts/test-database.ts'
import { listImbalances, makeCart, makeMember, makeVariant } from '../../scripts/test-market.ts'
import { beginCheckouts, endCheckout, takeBack, takeForOrders } from './commands/checkout.ts'
import { hold } from './commands/hold.ts'
import { join } from './commands/waitlist.ts'

await useTestDatabase()

/** So many pieces, all there are, in the order of one buyer, who is about to pay. */
async function checkOut(quantity: number) {
  const { userId } = await makeMember()
  const cartId = await makeCart(userId)
  const { variantId } = await makeVariant({ quantity, cap: quantity })
  const orderId = newId()
  expect((await hold({ cartId, variantId, quantity })).ok).toBe(true)
  await db.run(sql`
    insert into "order" (id, number, buyer_id, cart_id, attempt, currency, total_cents, address, deadline_at)
    values (${orderId}, ${`S-${orderId.slice(-8).toUpperCase()}`}, ${userId}, ${cartId}, 1, 'EUR', 0, '{}', now())`)
  await transact((tx) => beginCheckouts(tx, [{ cartId, orderId }], 1_000))
  return { userId, cartId, variantId, orderId }
}

/** So many pieces, all there are, sold to one buyer. */
async function sell(quantity: number) {
  const { userId, cartId, variantId, orderId } = await checkOut(quantity)
  await transact((tx) => takeForOrders(tx, [orderId]))
  const giveBack = (pieces: number) =>
    transact((tx) => takeBack(tx, { orderId, cartId, actorId: userId, lines: [{ variantId, quantity: pieces }] }))
  return { cartId, variantId, orderId, giveBack }
}

test('pieces that come back are free, recorded, and may be bought again under the cap by whoever had them', async () => {
  const { cartId, variantId, orderId, giveBack } = await sell(3)
  await giveBack(2)
  expect(await hold({ cartId, variantId, quantity: 3 })).toMatchObject({ ok: false, refusal: { code: 'over-cap' } })
  expect(await hold({ cartId, variantId, quantity: 2 })).toMatchObject({ ok: true })
  const moves = await db.run(sql`
    select delta from stock_movement where order_id = ${orderId} and reason = 'return'`)
  expect(moves).toEqual([{ delta: 2 }])
  expect(await listImbalances()).toEqual([])
})

test('pieces that come back go to those who wait for them, as many as there are pieces, before anybody else', async () => {
  const { variantId, giveBack } = await sell(5)
  for (let waiting = 0; waiting < 6; waiting++) {
    const { userId } = await makeMember()
    const joined = await join({ cartId: await makeCart(userId), buyerId: userId, variantId, quantity: 1 })
    expect(joined.ok).toBe(true)
  }
  // The line says what its buyer had last, which may be less than what comes back.
  await db.run(sql`update hold set quantity = 1 where variant_id = ${variantId}`)
  await giveBack(5)
  const places = await db.run(sql`
    select offered from waitlist_entry where variant_id = ${variantId} order by position`)
  expect(places).toEqual([1, 1, 1, 1, 1, 0].map((offered) => ({ offered })))
  expect(await listImbalances()).toEqual([])
})

test('whoever gives a payment up after all their time rests like anybody else, from then on', async () => {
  const { cartId, variantId, orderId } = await checkOut(1)
  await db.run(sql`update hold set first_held_at = now() - interval '1 hour' where cart_id = ${cartId}`)
  await transact((tx) => endCheckout(tx, { orderId }))
  expect(await hold({ cartId, variantId, quantity: 1 })).toMatchObject({ refusal: { code: 'cooling-down' } })
  expect(await hold({ cartId: await makeCart(), variantId, quantity: 1 })).toMatchObject({ ok: true })
})
