import { expect, test } from 'vitest'
import { db, sql, transact } from '#lib/db'
import { newId } from '#lib/ids'
import { listImbalances, makeVariant } from '../../scripts/test-market.ts'
import { useTestDatabase } from '../../scripts/test-database.ts'
import {
  auditDuring,
  EngineError,
  isTooMuch,
  makeAnonymousCarts,
  makeBuyers,
  makeRandom,
  nth,
  quantile,
  raceTimeout,
  report,
  rounds,
  until,
  useEngines,
  type Buyer,
  type Random,
} from '../../scripts/test-race.ts'
import { createStock, setSale } from './commands/stock.ts'

await useTestDatabase()
process.env.HOLD_COOLDOWN_MS = '1'
const engines = await useEngines()

interface Goods {
  readonly variantId: string
  readonly sellerId: string
  readonly userId: string
}

/** Six products, two of them with a cap and a second version: whoever locks one of those locks its sibling too. */
async function makeGoods(): Promise<Goods[]> {
  const plain = await Promise.all(Array.from({ length: 4 }, () => makeVariant({ quantity: 100_000 })))
  const capped = await Promise.all(Array.from({ length: 2 }, () => makeVariant({ quantity: 100_000, cap: 1_000 })))
  const siblings = await Promise.all(
    capped.map(async ({ productId, sellerId, userId }) => {
      const variantId = newId()
      await transact(async (tx) => {
        await tx.run(sql`
          insert into variant (id, product_id, position, price_cents) values (${variantId}, ${productId}, 1, 1000)`)
        await createStock(tx, { variantId, productId, sellerId, quantity: 100_000, actorId: userId })
        await setSale(tx, { sellerId, actorId: userId, productId, onSale: true, opensAt: null, cap: 1_000 })
      })
      return { variantId, sellerId, userId }
    }),
  )
  return [...plain, ...capped, ...siblings]
}

interface Tally {
  pairs: number
  merges: number
  taken: number
  ended: number
  edits: number
  busy: number
}

/** Nothing was done where there was too much to do; a deadlock counts at the server, any other fault fails the test. */
async function unlessBusy<T>(work: Promise<T>, tally: Tally): Promise<T | null> {
  try {
    return await work
  } catch (error) {
    if (!isTooMuch(error) && !(error instanceof EngineError && error.code === '40P01')) throw error
    tally.busy++
    return null
  }
}

/** Two carts take the same goods in opposite order, become one, and are bought, given back or emptied. */
async function crossOver(pair: readonly [string, Buyer], goods: readonly Goods[], random: Random, tally: Tally) {
  const [anonymousCartId, buyer] = pair
  const some = random.shuffle(goods).slice(0, 4)
  const holdAll = (cartId: string, order: readonly Goods[]) =>
    Promise.all(
      order.map(({ variantId }) =>
        unlessBusy(random.pick(engines).ask('hold', { cartId, variantId, quantity: 1 }), tally),
      ),
    )
  await Promise.all([holdAll(anonymousCartId, some), holdAll(buyer.cartId, some.toReversed())])
  const merging = [
    unlessBusy(random.pick(engines).ask('merge', { anonymousCartId, buyerId: buyer.buyerId }), tally),
    ...(random.chance(0.3)
      ? [unlessBusy(random.pick(engines).ask('merge', { anonymousCartId, buyerId: buyer.buyerId }), tally)]
      : []),
    holdAll(buyer.cartId, random.shuffle(some).slice(0, 2)),
  ]
  await Promise.all(merging)
  tally.merges++
  const orderId = newId()
  const begun = await unlessBusy(random.pick(engines).ask('begin', { orderId, ...buyer, deadlineMs: 60_000 }), tally)
  tally.pairs++
  return begun?.ok ? orderId : null
}

/** Pairs of one worker, whose orders are taken by the handful in any order, or given back. */
async function work(
  pairs: readonly (readonly [string, Buyer])[],
  goods: readonly Goods[],
  random: Random,
  tally: Tally,
) {
  for (let at = 0; at < pairs.length; at += 3) {
    const begun = await Promise.all(pairs.slice(at, at + 3).map((pair) => crossOver(pair, goods, random, tally)))
    const orderIds = random.shuffle(begun.flatMap((id) => id ?? []))
    const some = random.pick(goods)
    const edit = { sellerId: some.sellerId, actorId: some.userId, variantId: some.variantId, note: '' }
    const ended = random.chance(0.3) ? orderIds.splice(0, 1) : []
    await Promise.all([
      unlessBusy(random.pick(engines).ask('take', orderIds), tally),
      // Some orders are asked for twice at once, and once in the other order.
      unlessBusy(random.pick(engines).ask('take', orderIds.toReversed()), tally),
      ...ended.map((orderId) => unlessBusy(random.pick(engines).ask('end', orderId), tally)),
      unlessBusy(random.pick(engines).ask('adjustStock', { ...edit, change: { delta: 1 } }), tally),
    ])
    tally.taken += orderIds.length
    tally.ended += ended.length
    tally.edits++
  }
}

test(
  'carts that take, merge, buy and give back the same goods in opposite orders never deadlock',
  { timeout: raceTimeout },
  async () => {
    const goods = await makeGoods()
    const count = rounds(300, 10_000)
    const [anonymous, buyers] = [await makeAnonymousCarts(count), await makeBuyers(count)]
    const pairs = anonymous.map((cartId, index) => [cartId, nth(buyers, index)] as const)
    const tally: Tally = { pairs: 0, merges: 0, taken: 0, ended: 0, edits: 0, busy: 0 }
    const workers = 8
    const share = Math.ceil(count / workers)
    const all = Promise.all(
      Array.from({ length: workers }, (_, index) =>
        work(pairs.slice(index * share, (index + 1) * share), goods, makeRandom(100 + index), tally),
      ),
    )
    const { samples, breaches } = await auditDuring(all)
    expect(breaches).toEqual([])
    const deadlocks = await countDeadlocks()
    report('A4', {
      ...tally,
      samples,
      deadlocks,
      'p99 ms': quantile(
        engines.flatMap((each) => each.latencies),
        0.99,
      ),
    })
    expect(tally.pairs).toBe(count)
    expect(deadlocks).toBe(0)
    expect(tally.busy).toBeLessThan(count / 4)
    expect(await listImbalances()).toEqual([])
  },
)

/** As the server counts them, those that were tried again with success too. */
async function countDeadlocks(): Promise<number> {
  // A backend tells its counts at the latest when it ends.
  await db.run(sql`
    select pg_terminate_backend(pid)
    from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and state = 'idle'`)
  await until(async () => {
    const [row] = await db.run(sql<{ others: number }>`
      select count(*)::int as others
      from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`)
    return row?.others === 0
  })
  const [row] = await db.run(sql<{ deadlocks: number }>`
    select deadlocks::int as deadlocks from pg_stat_database where datname = current_database()`)
  return row?.deadlocks ?? -1
}
