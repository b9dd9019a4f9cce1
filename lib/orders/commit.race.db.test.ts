import { afterAll, expect, test } from 'vitest'
import { db, sql } from '#lib/db'
import { newSecret } from '#lib/ids'
import { hold } from '#lib/inventory/commands/hold'
import { startCuttingProxy } from '../../scripts/test-cut.ts'
import { useTestDatabase } from '../../scripts/test-database.ts'
import { makeVariant } from '../../scripts/test-market.ts'
import { expectCleanBooks } from '../../scripts/test-orders.ts'
import { makeBuyers, makeRandom, report, rounds, type Buyer } from '../../scripts/test-race.ts'
import { placeOrder } from './commands/place-order.ts'
import { resumeCheckouts } from './commands/resume-checkouts.ts'
import type { OrderView } from './schema.ts'

const { url } = await useTestDatabase()
const random = makeRandom()
let isCutting = false
const proxy = await startCuttingProxy(url, () =>
  isCutting && random.chance(0.4) ? random.pick(['before', 'after']) : null,
)
process.env.DATABASE_URL = proxy.url
afterAll(proxy.close)

const BUYERS = rounds(100, 1_000)
/** Few, so that a COMMIT is for few orders and there are many of them. */
const AT_ONCE = 4

const card = { number: '4242424242424242', name: 'Ada', expiry: '01/40', cvc: '123' }
const address = { name: 'Ada', line1: 'Lane 1', line2: '', postalCode: '10115', city: 'Berlin', country: 'DE' }

let closed = 0

/**
 * As a buyer's browser does it: the same request with the same key until there is an answer, and with a new key when that is
 * that nothing was charged. Returns the order's number.
 */
async function buy(buyer: Buyer): Promise<string> {
  const input = { address, card, expectedTotalCents: '1000' }
  let key = newSecret()
  for (let tries = 1; tries <= 100; tries++) {
    const request = { buyerId: buyer.buyerId, sellerId: null, key, input, now: new Date() }
    const answer = await placeOrder(request).catch(() => null)
    if (answer?.ok && answer.value.status === 201) return (JSON.parse(answer.value.body) as OrderView).number
    if (answer?.ok) {
      // Whoever looked after it came before the charge, and closed it.
      expect(JSON.parse(answer.value.body)).toMatchObject({ detail: { declineCode: 'abandoned' } })
      closed++
      key = newSecret()
    } else if (answer) expect(answer.refusal.code).toBe('in-progress')
    // What is not known, or left by somebody who is gone, another node looks after, as it would ten seconds later.
    await resumeCheckouts(0).catch(() => 0)
  }
  throw new Error('There was no answer in 100 tries.')
}

test('a connection that is cut at COMMIT loses no order and makes none twice: repeats with the key end at the one that stands', async () => {
  const { variantId } = await makeVariant({ quantity: BUYERS, priceCents: 1_000n })
  const buyers = await makeBuyers(BUYERS)
  for (const { cartId } of buyers) expect((await hold({ cartId, variantId, quantity: 1 })).ok).toBe(true)
  isCutting = true
  const waiting = [...buyers]
  const numbers: string[] = []
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let buyer = waiting.pop(); buyer; buyer = waiting.pop()) numbers.push(await buy(buyer))
    }),
  )
  isCutting = false
  const orders = await db.run(sql<{ number: string; status: string }>`select number, status from "order"`)
  const charges = await db.run(sql<{ count: number }>`
      select count(*)::int as count
      from sandbox_charge
      where outcome = 'captured'`)
  expect(
    orders
      .filter(({ status }) => status === 'paid')
      .map(({ number }) => number)
      .toSorted(),
  ).toEqual(numbers.toSorted())
  expect(charges).toEqual([{ count: BUYERS }])
  const [stock] = await db.run(
    sql<{ onHand: number }>`select on_hand as "onHand" from stock where variant_id = ${variantId}`,
  )
  expect(stock).toEqual({ onHand: 0 })
  expect(proxy.cut.before).toBeGreaterThan(BUYERS / 20)
  expect(proxy.cut.after).toBeGreaterThan(BUYERS / 20)
  await expectCleanBooks()
  report('B7', { orders: BUYERS, 'cut before': proxy.cut.before, 'cut after': proxy.cut.after, closed })
}, 600_000)
