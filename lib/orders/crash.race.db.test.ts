import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, afterEach, expect, test } from 'vitest'
import { db, sql } from '#lib/db'
import { newSecret } from '#lib/ids'
import { hold } from '#lib/inventory/commands/hold'
import type { Result } from '#lib/result'
import type { CrashOrder, FlowName, Lived } from '../../scripts/test-crash.ts'
import { makeCart, makeMember, makeVariant } from '../../scripts/test-market.ts'
import { expectCleanBooks, makePaidPart } from '../../scripts/test-orders.ts'
import { report } from '../../scripts/test-race.ts'
import { useTestDatabase } from '../../scripts/test-database.ts'
import { placeOrder } from './commands/place-order.ts'
import { refund, resumeRefunds } from './commands/refund.ts'
import { resumeCheckouts } from './commands/resume-checkouts.ts'

const { url } = await useTestDatabase()

const PROGRAM = join(import.meta.dirname, '..', '..', 'scripts', 'test-crash.ts')
const children = new Set<ChildProcess>()
afterAll(() => children.forEach((child) => child.kill('SIGKILL')))
afterEach(expectCleanBooks)

/** A process that has loaded everything and waits for its order. */
async function startDoomed(): Promise<ChildProcess> {
  const child = fork(PROGRAM, { env: { ...process.env, DATABASE_URL: url }, serialization: 'advanced' })
  children.add(child)
  await once(child, 'message')
  return child
}

/** Resolves to how many points there were, or to null when it died as it should. */
async function live(child: ChildProcess, order: CrashOrder): Promise<number | null> {
  const told = new Promise<number>((resolve) => child.once('message', (said: Lived) => resolve(said.points)))
  const gone = once(child, 'exit') as Promise<[number | null, string | null]>
  child.send(order)
  const points = await Promise.race([told, gone.then(() => null)])
  const [code, signal] = await gone
  children.delete(child)
  if (points === null) expect({ code, signal }).toEqual({ code: null, signal: 'SIGKILL' })
  return points
}

/** Does the flow once to the end, and then once for each of its points up to there. Counts how it ended. */
async function killEverywhere<Made extends { readonly input: unknown }>(
  flow: FlowName,
  make: () => Promise<Made>,
  endOf: (made: Made) => Promise<string>,
): Promise<Record<string, number>> {
  const points = await live(await startDoomed(), { flow, input: (await make()).input, point: null })
  const ends: Record<string, number> = { points: points ?? 0 }
  let next = startDoomed()
  for (let point = 1; point <= (points ?? 0); point++) {
    const [made, child] = await Promise.all([make(), next])
    next = startDoomed()
    expect(await live(child, { flow, input: made.input, point })).toBeNull()
    const end = await endOf(made).catch((error: unknown) => {
      throw new Error(`Killed at point ${point} of ${points}.`, { cause: error })
    })
    ends[end] = (ends[end] ?? 0) + 1
  }
  return ends
}

/** Asks until it is known what came of it. A COMMIT of the dead may still be on its way; until then only `in-progress` is said. */
async function untilKnown(ask: () => Promise<Result<unknown, string>>): Promise<void> {
  const refusals = new Set<string>()
  const isKnown = async () => {
    const answer = await ask()
    if (!answer.ok) refusals.add(answer.refusal.code)
    return answer.ok
  }
  await expect.poll(isKnown).toBe(true)
  expect([...refusals].filter((code) => code !== 'in-progress')).toEqual([])
}

/** A buyer with two sellers' goods in the cart. */
async function makeCheckout() {
  const { userId: buyerId } = await makeMember()
  const cartId = await makeCart(buyerId)
  const goods = await Promise.all([makeVariant({ quantity: 5 }), makeVariant({ quantity: 5 })])
  for (const { variantId } of goods) await hold({ cartId, variantId, quantity: 2 })
  const address = { name: 'Ada', line1: 'Lane 1', line2: '', postalCode: '10115', city: 'Berlin', country: 'DE' }
  const card = { number: '4242424242424242', name: 'Ada', expiry: '01/40', cvc: '123' }
  const input = { address, card, expectedTotalCents: '4000' }
  return { cartId, input: { buyerId, sellerId: null, key: newSecret(), input, now: new Date() } }
}

async function ordersOf(cartId: string) {
  const [row] = await db.run(sql<{ paid: number; pending: number; charged: number; held: number }>`
    select count(*) filter (where "order".status = 'paid')::int as paid,
           count(*) filter (where "order".status = 'pending')::int as pending,
           count(*) filter (where outcome = 'captured')::int as charged,
           (select count(*)::int from hold where cart_id = ${cartId} and kind = 'checkout') as held
    from "order"
    join payment on payment.order_id = "order".id
    left join sandbox_charge on sandbox_charge.key = payment.provider_key
    where cart_id = ${cartId}`)
  return row
}

test('a checkout that is killed before or after any of its statements is finished by another node, charged once or not at all', async () => {
  const ends = await killEverywhere('placeOrder', makeCheckout, async ({ cartId, input }) => {
    // The node that is left looks again and again, as its tick does: the database may not have noticed yet who is gone.
    await expect.poll(() => resumeCheckouts(0).then(() => ordersOf(cartId))).toMatchObject({ pending: 0 })
    const before = await ordersOf(cartId)
    expect(before).toMatchObject({ held: 0, charged: before?.paid })
    // The buyer asks again with the same key.
    await untilKnown(() => resumeCheckouts(0).then(() => placeOrder(input)))
    const answers = [await placeOrder(input), await placeOrder(input)]
    expect(answers[0]).toEqual(answers[1])
    const after = await ordersOf(cartId)
    expect(after).toMatchObject({ pending: 0, held: 0, charged: after?.paid })
    expect(answers[0]).toMatchObject({ ok: true, value: { status: after?.paid === 1 ? 201 : 422 } })
    if (before?.paid === 1) return 'paid'
    return after?.paid === 1 ? 'nothing' : 'released'
  })
  const [book] = await db.run(sql<{ charged: number; paid: number }>`
      select (select count(*)::int from sandbox_charge where outcome = 'captured') as charged,
             (select count(*)::int from "order" where status = 'paid') as paid`)
  expect(book?.charged).toBe(book?.paid)
  expect(Object.keys(ends).toSorted()).toEqual(['nothing', 'paid', 'points', 'released'])
  report('E1 checkout', ends)
})

/** Two of three pieces are given back, with their money. */
async function makeRefund() {
  const part = await makePaidPart({ quantities: [3] })
  const [line] = part.lines
  const input = {
    sellerOrderId: part.id,
    actor: part.seller,
    lines: [{ lineId: line?.id ?? '', quantity: 2 }],
    isReturned: true,
    reason: 'Two were broken.',
    key: { userId: part.seller.userId, route: 'POST /refund', key: newSecret() },
  }
  return { part, input }
}

async function refundsOf(sellerOrderId: string) {
  const [row] = await db.run(sql<{ paid: number; pending: number; booked: number; cents: bigint }>`
    select count(*) filter (where refund.status = 'paid')::int as paid,
           count(*) filter (where refund.status = 'pending')::int as pending,
           count(sandbox_refund.key)::int as booked,
           coalesce(sum(sandbox_refund.amount_cents), 0)::bigint as cents
    from refund
    left join sandbox_refund on sandbox_refund.key = ${'refund:'} || refund.id
    where seller_order_id = ${sellerOrderId}`)
  return row
}

/** As the tick would, some seconds later. */
async function resumeNow(): Promise<void> {
  await db.run(sql`update refund set resume_at = clock_timestamp() - interval '1 millisecond' where status = 'pending'`)
  await resumeRefunds()
}

test('a refund that is killed before or after any of its statements is finished by another node, given back once or not at all', async () => {
  const ends = await killEverywhere('refund', makeRefund, async ({ part, input }) => {
    await expect.poll(() => resumeNow().then(() => refundsOf(part.id))).toMatchObject({ pending: 0 })
    const before = await refundsOf(part.id)
    expect(before?.booked).toBe(before?.paid)
    await untilKnown(() => resumeNow().then(() => refund(input)))
    const answers = [await refund(input), await refund(input)]
    expect(answers[0]).toEqual(answers[1])
    expect(answers[0]).toMatchObject({ ok: true })
    expect(await refundsOf(part.id)).toEqual({ paid: 1, pending: 0, booked: 1, cents: 1_998n })
    return before?.paid === 1 ? 'paid' : 'nothing'
  })
  expect(Object.keys(ends).toSorted()).toEqual(['nothing', 'paid', 'points'])
  report('E1 refund', ends)
})
