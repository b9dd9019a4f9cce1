import { expect, test } from 'vitest'
import { db, sql, transact } from '#lib/db'
import { changeStock } from '#lib/inventory/commands/change-stock'
import { hold, reclaimDue } from '#lib/inventory/commands/hold'
import { newId } from '#lib/ids'
import { listImbalances, makeCart, makeMember, makeVariant } from '../../scripts/test-market.ts'
import { useTestDatabase } from '../../scripts/test-database.ts'
import { untilBlocked } from '../../scripts/test-race.ts'
import { clearCart, forgetVisitorCarts, isCartGone, mergeCarts, openCart, setLine } from './commands.ts'
import { countCartPieces, getCart } from './queries.ts'
import { deleteEmptyHanded } from './sql.ts'

await useTestDatabase()

test('two devices that open a cart at once end with the same one', async () => {
  const { userId } = await makeMember()
  const ids = await Promise.all(Array.from({ length: 10 }, () => openCart({ buyerId: userId, cartId: null })))
  expect(new Set(ids).size).toBe(1)
})

test('a cart shows its lines, what is held, and exact totals', async () => {
  const { userId } = await makeMember()
  const cheap = await makeVariant({ quantity: 5, priceCents: 1999n })
  const dear = await makeVariant({ quantity: 5, priceCents: 900_719_925_474_099_3n })
  const cartId = await openCart({ buyerId: userId, cartId: null })
  await setLine({ cartId, buyerId: userId, variantId: cheap.variantId, quantity: 3 })
  await hold({ cartId, variantId: dear.variantId, quantity: 1, ttlMs: 0 })
  const cart = await getCart({ buyerId: userId, cartId: null })
  expect(cart.lines.map((line) => [line.state, line.totalCents])).toEqual([
    ['held', '5997'],
    ['lapsed', '9007199254740993'],
  ])
  expect(cart.heldTotalCents).toBe('5997')
  expect(cart.totalCents).toBe('9007199254746990')
  expect(await countCartPieces({ buyerId: userId, cartId: null })).toBe(4)
})

test('an anonymous cart merges without losing a line or a hold', async () => {
  const { userId } = await makeMember()
  const [both, onlyNew, onlyOld] = await Promise.all([1, 2, 3].map(() => makeVariant({ quantity: 10 })))
  if (!both || !onlyNew || !onlyOld) throw new Error('no variants')
  const mine = await openCart({ buyerId: userId, cartId: null })
  const anonymous = await makeCart()
  await hold({ cartId: mine, variantId: both.variantId, quantity: 2 })
  await hold({ cartId: mine, variantId: onlyOld.variantId, quantity: 1 })
  await hold({ cartId: anonymous, variantId: both.variantId, quantity: 3 })
  await hold({ cartId: anonymous, variantId: onlyNew.variantId, quantity: 4 })

  const results = await Promise.all([1, 2, 3].map(() => mergeCarts({ anonymousCartId: anonymous, buyerId: userId })))
  expect(results).toEqual([true, true, true])
  const cart = await getCart({ buyerId: userId, cartId: null })
  const quantities = new Map(cart.lines.map((line) => [line.variantId, line.quantity]))
  expect(quantities.get(both.variantId)).toBe(5)
  expect(quantities.get(onlyOld.variantId)).toBe(1)
  expect(quantities.get(onlyNew.variantId)).toBe(4)
  expect(cart.lines.every((line) => line.state === 'held')).toBe(true)
  expect((await getCart({ buyerId: null, cartId: anonymous })).lines).toEqual([])
  expect(await listImbalances()).toEqual([])
})

test('what exceeds a cap at the merge goes back on the shelf', async () => {
  const { userId } = await makeMember()
  const { variantId } = await makeVariant({ quantity: 10, cap: 3 })
  const mine = await openCart({ buyerId: userId, cartId: null })
  const anonymous = await makeCart()
  await hold({ cartId: mine, variantId, quantity: 2 })
  await hold({ cartId: anonymous, variantId, quantity: 3 })
  await mergeCarts({ anonymousCartId: anonymous, buyerId: userId })
  const [line] = (await getCart({ buyerId: userId, cartId: null })).lines
  expect(line).toMatchObject({ quantity: 3, state: 'held', stock: { available: 7, onHand: 10 } })
  expect(await listImbalances()).toEqual([])
})

test("nobody empties another member's cart with an old cookie", async () => {
  const [owner, thief] = [await makeMember(), await makeMember()]
  const { variantId } = await makeVariant({ quantity: 2 })
  const cartId = await openCart({ buyerId: owner.userId, cartId: null })
  await hold({ cartId, variantId, quantity: 1 })
  await mergeCarts({ anonymousCartId: cartId, buyerId: thief.userId })
  expect((await getCart({ buyerId: owner.userId, cartId: null })).lines).toHaveLength(1)
  expect((await getCart({ buyerId: thief.userId, cartId: null })).lines).toHaveLength(0)
})

test('merging while the visitor keeps adding loses nothing', async () => {
  const { userId } = await makeMember()
  const variants = await Promise.all(Array.from({ length: 12 }, () => makeVariant({ quantity: 5 })))
  const anonymous = await makeCart()
  await Promise.all([
    ...variants.map(({ variantId }) => hold({ cartId: anonymous, variantId, quantity: 1 })),
    mergeCarts({ anonymousCartId: anonymous, buyerId: userId }),
    mergeCarts({ anonymousCartId: anonymous, buyerId: userId }),
  ])
  await mergeCarts({ anonymousCartId: anonymous, buyerId: userId })
  expect((await getCart({ buyerId: userId, cartId: null })).lines).toHaveLength(12)
  expect(await listImbalances()).toEqual([])
})

test('clearing the cart gives every piece back', async () => {
  const { userId } = await makeMember()
  const variants = await Promise.all([1, 2, 3].map(() => makeVariant({ quantity: 5 })))
  const cartId = await openCart({ buyerId: userId, cartId: null })
  for (const { variantId } of variants) await setLine({ cartId, buyerId: userId, variantId, quantity: 2 })
  await clearCart({ cartId, buyerId: userId })
  const [row] = await db.run(
    sql<{ lines: number }>`select count(*)::int as lines from hold where cart_id = ${cartId} and state <> 'released'`,
  )
  expect(row?.lines).toBe(0)
  expect(await listImbalances()).toEqual([])
})

/** Carts of visitors whose cookies ended yesterday. */
async function makeOldCarts(count: number): Promise<string[]> {
  const ids = await Promise.all(Array.from({ length: count }, () => makeCart()))
  await db.run(sql`update cart set created_at = now() - interval '91 days' where id = any(${ids}::uuid[])`)
  return ids
}

async function listCarts(ids: readonly string[]): Promise<string[]> {
  const rows = await db.run(sql<{ id: string }>`select id from cart where id = any(${ids}::uuid[]) order by id`)
  return rows.map(({ id }) => id)
}

test("a visitor's cart is forgotten when its cookie is over, with lines that hold nothing", async () => {
  const { userId } = await makeMember()
  const { variantId } = await makeVariant({ quantity: 5 })
  const [empty = '', lapsed = '', holding = ''] = await makeOldCarts(3)
  await hold({ cartId: lapsed, variantId, quantity: 1, ttlMs: 0 })
  await hold({ cartId: holding, variantId, quantity: 1 })
  const young = await makeCart()
  const own = await openCart({ buyerId: userId, cartId: null })
  await db.run(sql`update cart set created_at = now() - interval '1 year' where id = ${own}`)
  // As one whose piece came between the look and the lock.
  expect(await db.run(deleteEmptyHanded([holding]))).toEqual([])
  expect(await forgetVisitorCarts(100)).toBe(2)
  expect(await listCarts([empty, lapsed, holding, young, own])).toEqual([holding, young, own].sort())
  expect(await listImbalances()).toEqual([])
})

test('forgetting old carts while their visitors come after all loses no piece', async () => {
  const { variantId } = await makeVariant({ quantity: 100 })
  const ids = await makeOldCarts(40)
  const [outcomes] = await Promise.all([
    Promise.allSettled(ids.map((cartId) => hold({ cartId, variantId, quantity: 1 }))),
    ...Array.from({ length: 8 }, () => forgetVisitorCarts(5)),
  ])
  const held = ids.filter((_, index) => outcomes[index]?.status === 'fulfilled')
  expect(await listCarts(ids)).toEqual(expect.arrayContaining(held))
  for (const outcome of outcomes) if (outcome.status === 'rejected') expect(isCartGone(outcome.reason)).toBe(true)
  expect(await listImbalances()).toEqual([])
})

test('a line that is held again at that moment keeps its old cart', async () => {
  const { variantId } = await makeVariant({ quantity: 1 })
  const [cartId = ''] = await makeOldCarts(1)
  await hold({ cartId, variantId, quantity: 1, ttlMs: 0 })
  await reclaimDue()
  await db.run(sql`update hold set expires_at = now() - interval '1 day' where cart_id = ${cartId}`)
  const again = { type: 'set', holdId: newId(), cartId, anonymous: true, source: null, variantId } as const
  const { forgetting } = await transact(async (tx) => {
    await changeStock(tx, [{ ...again, quantity: 1, ttlMs: 60_000 }])
    const forgetting = forgetVisitorCarts(10)
    await untilBlocked()
    return { forgetting }
  })
  expect(await forgetting).toBe(0)
  expect((await getCart({ buyerId: null, cartId })).lines).toMatchObject([{ state: 'held' }])
  expect(await listImbalances()).toEqual([])
})
