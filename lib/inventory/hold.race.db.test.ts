import { expect, test } from 'vitest'
import { db, sql } from '#lib/db'
import { listImbalances, makeCart, makeVariant } from '../../scripts/test-market.ts'
import { useTestDatabase } from '../../scripts/test-database.ts'
import { hold, reclaimDue } from './commands/hold.ts'
import { adjustStock } from './commands/stock.ts'
import { listStock } from './queries.ts'

await useTestDatabase()

function makeCarts(count: number): Promise<string[]> {
  return Promise.all(Array.from({ length: count }, () => makeCart()))
}

async function stockOf(variantId: string) {
  const [state] = await listStock({ variantIds: [variantId] })
  if (!state) throw new Error('no such stock')
  return state
}

test('200 buyers race for 10 pieces: exactly 10 get one, the others hear that it is sold out', async () => {
  const { variantId } = await makeVariant({ quantity: 10 })
  const carts = await makeCarts(200)
  const results = await Promise.all(carts.map((cartId) => hold({ cartId, variantId, quantity: 1 })))
  expect(results.filter((result) => result.ok)).toHaveLength(10)
  const refused = results.flatMap((result) => (result.ok ? [] : [result.refusal.code]))
  expect(new Set(refused)).toEqual(new Set(['sold-out']))
  expect(await stockOf(variantId)).toMatchObject({ available: 0, onHand: 10 })
  const [row] = await db.run(sql<{ held: number }>`
    select sum(quantity)::int as held from hold where variant_id = ${variantId} and state = 'held'`)
  expect(row?.held).toBe(10)
  expect(await listImbalances()).toEqual([])
})

test('the last piece goes to exactly one buyer, 50 times over', async () => {
  for (let round = 0; round < 50; round++) {
    const { variantId } = await makeVariant({ quantity: 1 })
    const carts = await makeCarts(12)
    const results = await Promise.all(carts.map((cartId) => hold({ cartId, variantId, quantity: 1 })))
    expect(results.filter((result) => result.ok)).toHaveLength(1)
  }
  expect(await listImbalances()).toEqual([])
})

test('mixed quantities, removals and restocks at once never make or lose a piece', async () => {
  const stock = await makeVariant({ quantity: 30 })
  const { variantId, sellerId, userId } = stock
  const carts = await makeCarts(40)
  await Promise.all(
    carts.flatMap((cartId, index) => [
      hold({ cartId, variantId, quantity: 1 + (index % 3) }),
      hold({ cartId, variantId, quantity: index % 2 }),
      index % 10 === 0
        ? adjustStock({ sellerId, actorId: userId, variantId, change: { delta: 2 }, note: 'more' })
        : hold({ cartId, variantId, quantity: index % 4 }),
    ]),
  )
  expect(await listImbalances()).toEqual([])
  await Promise.all(carts.map((cartId) => hold({ cartId, variantId, quantity: 0 })))
  expect(await stockOf(variantId)).toMatchObject({ available: 38, onHand: 38 })
})

test('two carts that take the same two products in opposite order never deadlock', async () => {
  const [first, second] = [await makeVariant({ quantity: 500 }), await makeVariant({ quantity: 500 })]
  const carts = await makeCarts(100)
  const results = await Promise.all(
    carts.flatMap((cartId, index) => {
      const order = index % 2 ? [first, second] : [second, first]
      return order.map(({ variantId }) => hold({ cartId, variantId, quantity: 1 }))
    }),
  )
  expect(results.every((result) => result.ok)).toBe(true)
  expect(await listImbalances()).toEqual([])
})

test('a piece whose time is over goes to the next who asks, also when nothing swept it', async () => {
  const { variantId } = await makeVariant({ quantity: 1 })
  const [slow = '', next = ''] = await makeCarts(2)
  expect((await hold({ cartId: slow, variantId, quantity: 1, ttlMs: 0 })).ok).toBe(true)
  expect((await hold({ cartId: next, variantId, quantity: 1 })).ok).toBe(true)
  const lines = await db.run(sql<{ cartId: string; state: string }>`
    select cart_id as "cartId", state from hold where variant_id = ${variantId}`)
  expect(lines.find((line) => line.cartId === slow)?.state).toBe('lapsed')
  expect(lines.find((line) => line.cartId === next)?.state).toBe('held')
  expect(await listImbalances()).toEqual([])
})

test('ten sweeps at once give what is due back once', async () => {
  const variants = await Promise.all(Array.from({ length: 20 }, () => makeVariant({ quantity: 5 })))
  await Promise.all(
    variants.map(async ({ variantId }) => hold({ cartId: await makeCart(), variantId, quantity: 3, ttlMs: 0 })),
  )
  await Promise.all(Array.from({ length: 10 }, () => reclaimDue()))
  const states = await listStock({ variantIds: variants.map(({ variantId }) => variantId) })
  expect(states.map((state) => state.available)).toEqual(Array<number>(20).fill(5))
  expect(await listImbalances()).toEqual([])
})

test("a seller's edit on an old version is refused, and never goes below what buyers hold", async () => {
  const { variantId, sellerId, userId } = await makeVariant({ quantity: 5 })
  const { version } = await stockOf(variantId)
  const cartId = await makeCart()
  await hold({ cartId, variantId, quantity: 3 })
  const edit = { sellerId, actorId: userId, variantId, note: '' }
  expect(await adjustStock({ ...edit, change: { onHand: 9, version } })).toMatchObject({
    refusal: { code: 'stock-changed' },
  })
  expect(await adjustStock({ ...edit, change: { delta: -3 } })).toMatchObject({
    refusal: { code: 'below-held', detail: { held: 3 } },
  })
  expect(await adjustStock({ ...edit, change: { delta: -2 } })).toMatchObject({
    ok: true,
    value: { stock: { onHand: 3 } },
  })
  expect(await adjustStock({ ...edit, sellerId: userId, change: { delta: 1 } })).toMatchObject({
    refusal: { code: 'unknown-variant' },
  })
  expect(await listImbalances()).toEqual([])
})

test('a variant that does not exist is refused without failing its neighbours', async () => {
  const { variantId } = await makeVariant({ quantity: 5 })
  const [one = '', two = ''] = await makeCarts(2)
  const [missing, held, ghost] = await Promise.all([
    hold({ cartId: one, variantId: one, quantity: 1 }),
    hold({ cartId: two, variantId, quantity: 1 }),
    hold({ cartId: variantId, variantId, quantity: 1 }).catch((error: unknown) => error),
  ])
  expect(missing).toMatchObject({ ok: false, refusal: { code: 'unknown-variant' } })
  expect(held).toMatchObject({ ok: true })
  expect(ghost).toBeInstanceOf(Error)
  expect(await listImbalances()).toEqual([])
})
