import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { db, sql } from '#lib/db'
import { newSecret } from '#lib/ids'
import { hold } from '#lib/inventory/commands/hold'
import { auditStock } from '#lib/inventory/queries'
import type { CrashOrder, Lived } from '../../scripts/test-crash.ts'
import { report } from '../../scripts/test-race.ts'
import { makeCart, makeMember, makeVariant } from '../../scripts/test-market.ts'
import { useTestDatabase } from '../../scripts/test-database.ts'
import { placeOrder } from './commands/place-order.ts'
import { resumeCheckouts } from './commands/resume-checkouts.ts'
import { auditMoney } from './queries.ts'

const { url } = await useTestDatabase()

const PROGRAM = join(import.meta.dirname, '..', '..', 'scripts', 'test-crash.ts')
const children = new Set<ChildProcess>()
afterAll(() => children.forEach((child) => child.kill('SIGKILL')))

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

/** A buyer with two sellers' goods in the cart. */
async function makeRequest() {
  const { userId: buyerId } = await makeMember()
  const cartId = await makeCart(buyerId)
  const goods = await Promise.all([makeVariant({ quantity: 5 }), makeVariant({ quantity: 5 })])
  for (const { variantId } of goods) await hold({ cartId, variantId, quantity: 2 })
  const address = { name: 'Ada', line1: 'Lane 1', line2: '', postalCode: '10115', city: 'Berlin', country: 'DE' }
  const card = { number: '4242424242424242', name: 'Ada', expiry: '01/40', cvc: '123' }
  const input = { address, card, expectedTotalCents: '4000' }
  return { cartId, request: { buyerId, sellerId: null, key: newSecret(), input, now: new Date() } }
}

async function tracesOf(cartId: string) {
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

test(
  'a checkout that is killed before or after any of its statements is finished by another node, charged once or not at all',
  { timeout: 120_000 },
  async () => {
    const whole = await makeRequest()
    const points = await live(await startDoomed(), { flow: 'placeOrder', input: whole.request, point: null })
    expect(points).toBeGreaterThan(40)
    const ends = { paid: 0, released: 0, nothing: 0 }
    let next = startDoomed()
    for (let point = 1; point <= (points ?? 0); point++) {
      const [{ cartId, request }, child] = await Promise.all([makeRequest(), next])
      next = startDoomed()
      expect(await live(child, { flow: 'placeOrder', input: request, point })).toBeNull()

      // The node that is left looks again and again, as its tick does: the database may not have noticed yet who is gone.
      await expect.poll(() => resumeCheckouts(0).then(() => tracesOf(cartId))).toMatchObject({ pending: 0 })
      const before = await tracesOf(cartId)
      expect(before, `point ${point}`).toMatchObject({ held: 0, charged: before?.paid })
      // The buyer asks again with the same key, twice.
      const answers = [await placeOrder(request), await placeOrder(request)]
      expect(answers[0], `point ${point}`).toEqual(answers[1])
      const after = await tracesOf(cartId)
      expect(after, `point ${point}`).toMatchObject({ pending: 0, held: 0, charged: after?.paid })
      expect(answers[0]).toMatchObject({ ok: true, value: { status: after?.paid === 1 ? 201 : 422 } })
      ends[before?.paid === 1 ? 'paid' : after?.paid === 1 ? 'nothing' : 'released']++
    }
    const [book] = await db.run(sql<{ charged: number; paid: number }>`
      select (select count(*)::int from sandbox_charge where outcome = 'captured') as charged,
             (select count(*)::int from "order" where status = 'paid') as paid`)
    expect(book?.charged).toBe(book?.paid)
    expect((await auditStock()).breaches).toEqual([])
    expect((await auditMoney()).breaches).toEqual([])
    expect(ends.paid * ends.released * ends.nothing).toBeGreaterThan(0)
    report('E1 checkout', { points: points ?? 0, ...ends })
  },
)
