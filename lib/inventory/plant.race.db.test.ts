import { expect, test, vi } from 'vitest'
import { db, newPool, pool, sql, transact } from '#lib/db'
import { newId } from '#lib/ids'
import { once } from '#lib/once'
import { HOUR_MS, MINUTE_MS } from '#lib/time'
import { listImbalances, makeCart, makeMember, makeVariant } from '../../scripts/test-market.ts'
import { useTestDatabase } from '../../scripts/test-database.ts'
import { changeStock } from './commands/change-stock.ts'
import { beginCheckouts, moveHolds, takeForOrders } from './commands/checkout.ts'
import { hold } from './commands/hold.ts'
import { listStock } from './queries.ts'
import type { StockRequest } from './types.ts'

// What two nodes do to one row at once: inside a node the batcher would put them one after the other.

await useTestDatabase()
// They wait for each other's locks as long as it takes to see that they do.
once('pool', () => newPool({ max: 10, lock_timeout: 60_000 }))

/**
 * Starts all the work while somebody else has the variant's row, and lets it go when each waits for a lock: whatever was read
 * before the lock is old by then.
 */
async function together<T>(variantId: string, works: readonly (() => Promise<T>)[]): Promise<T[]> {
  const client = await pool().connect()
  try {
    await client.query('begin')
    await client.query('select 1 from stock where variant_id = $1 for update', [variantId])
    const started = Promise.all(works.map((work) => work()))
    // Heard of at the end, also when the wait below fails.
    started.catch(() => undefined)
    await expect.poll(countWaiting, { interval: 10 }).toBe(works.length)
    await client.query('commit')
    return await started
  } finally {
    client.release()
  }
}

async function countWaiting(): Promise<number> {
  const [row] = await db.run(sql<{ waiting: number }>`
    select count(*)::int as waiting
    from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`)
  return row?.waiting ?? 0
}

/** As a node's batch does it, but for the batcher. */
async function ask(request: StockRequest): Promise<string> {
  const [answer] = await transact((tx) => changeStock(tx, [request]))
  if (!answer) throw new Error('no answer')
  return answer.ok ? 'ok' : answer.refusal.code
}

function setOf(cartId: string, variantId: string, quantity: number): StockRequest {
  const asker = { cartId, anonymous: false, source: null }
  return { type: 'set', holdId: newId(), ...asker, variantId, quantity, ttlMs: MINUTE_MS }
}

test('the last piece, asked for on two nodes at once, goes to one buyer', async () => {
  const { variantId } = await makeVariant({ quantity: 1 })
  const carts = [await makeCart(), await makeCart()]
  const asked = carts.map((cartId) => () => ask(setOf(cartId, variantId, 1)))
  expect((await together(variantId, asked)).sort()).toEqual(['ok', 'sold-out'])
  expect(await listImbalances()).toEqual([])
})

test('one cart that asks on two nodes at once has one line', async () => {
  const { variantId } = await makeVariant({ quantity: 9 })
  const cartId = await makeCart()
  const asked = [2, 2].map((quantity) => () => ask(setOf(cartId, variantId, quantity)))
  expect(await together(variantId, asked)).toEqual(['ok', 'ok'])
  expect((await listStock({ variantIds: [variantId] }))[0]?.available).toBe(7)
  expect(await listImbalances()).toEqual([])
})

test('two buyers who join the line on two nodes at once get two places', async () => {
  const { variantId } = await makeVariant({ quantity: 0 })
  const joins = await Promise.all(
    [1, 2].map(async (): Promise<StockRequest> => {
      const { userId } = await makeMember()
      const cartId = await makeCart(userId)
      return { type: 'join', entryId: newId(), cartId, buyerId: userId, variantId, quantity: 1 }
    }),
  )
  const asked = joins.map((request) => () => ask(request))
  expect(await together(variantId, asked)).toEqual(['ok', 'ok'])
  const places = await db.run(sql<{ position: number }>`
    select position from waitlist_entry where variant_id = ${variantId} order by position`)
  expect(places.map((place) => place.position)).toEqual([1, 2])
  expect(await listImbalances()).toEqual([])
})

test('an order that two nodes finish at once leaves the house once', async () => {
  const { variantId } = await makeVariant({ quantity: 5 })
  const { userId } = await makeMember()
  const [cartId, orderId] = [await makeCart(userId), newId()]
  await hold({ cartId, variantId, quantity: 2 })
  await db.run(sql`
    insert into "order" (id, number, buyer_id, cart_id, attempt, currency, total_cents, address, deadline_at)
    values (${orderId}, ${orderId}::text, ${userId}, ${cartId}, 1, 'EUR', 0, '{}', now())`)
  await transact((tx) => beginCheckouts(tx, [{ cartId, orderId }], MINUTE_MS))
  const finish = () => transact((tx) => takeForOrders(tx, [orderId]))
  const taken = await together(variantId, [finish, finish])
  expect(taken.flat()).toEqual([{ orderId, variantId, quantity: 2 }])
  expect((await listStock({ variantIds: [variantId] }))[0]).toMatchObject({ onHand: 3, available: 3 })
  expect(await listImbalances()).toEqual([])
})

test('two carts with the same products in opposite order merge at once without a deadlock', async () => {
  const made = [
    await makeVariant({ quantity: 9 }),
    await makeVariant({ quantity: 9 }),
    await makeVariant({ quantity: 9 }),
  ]
  const ids = made.map(({ variantId }) => variantId)
  // One locks from the first and one from the last, if they lock as they were asked: each has what the other waits for.
  let attempts = 0
  const merges = await Promise.all(
    [ids, ids.toReversed()].map(async (order) => {
      const [fromCartId, toCartId] = [await makeCart(), await makeCart()]
      for (const variantId of order) await hold({ cartId: fromCartId, variantId, quantity: 1 })
      return () =>
        transact((tx) => {
          attempts++
          return moveHolds(tx, { fromCartId, toCartId })
        })
    }),
  )
  expect(await together(ids[1] ?? '', merges)).toEqual([0, 0])
  // A deadlock is tried again, so it shows as one attempt more.
  expect(attempts).toBe(2)
  expect(await listImbalances()).toEqual([])
})

test.each([-HOUR_MS, HOUR_MS])(
  'on a node whose clock is %i ms off, holds begin and end as anywhere else',
  async (off) => {
    const { variantId } = await makeVariant({ quantity: 3 })
    const [cartId, slow] = [await makeCart(), await makeCart()]
    const first = await hold({ cartId, variantId, quantity: 1, ttlMs: MINUTE_MS })
    await hold({ cartId: slow, variantId, quantity: 1, ttlMs: 0 })
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + off })
    try {
      const more = await hold({ cartId, variantId, quantity: 3, ttlMs: MINUTE_MS })
      if (!first.ok || !more.ok) throw new Error('The pieces of a line whose time is over are there for others.')
      expect(more.value?.expiresAt).toEqual(first.value?.expiresAt)
      expect(more.value?.now.getTime()).toBeGreaterThanOrEqual(first.value?.now.getTime() ?? Infinity)
      expect(more.value?.now.getTime()).toBeLessThan(first.value?.expiresAt.getTime() ?? 0)
    } finally {
      vi.useRealTimers()
    }
    expect(await listImbalances()).toEqual([])
  },
)
