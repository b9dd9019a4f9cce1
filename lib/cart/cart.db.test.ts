import { expect, test } from 'vitest'
import { db, sql } from '#lib/db'
import { hold } from '#lib/inventory/commands/hold'
import { listImbalances, makeCart, makeMember, makeVariant } from '../../scripts/test-market.ts'
import { useTestDatabase } from '../../scripts/test-database.ts'
import { clearCart, mergeCarts, openCart, setLine } from './commands.ts'
import { countCartPieces, getCart } from './queries.ts'

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
