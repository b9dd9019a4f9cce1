import { expect, test } from 'vitest'
import { db, sql } from '#lib/db'
import { newId, newSecret } from '#lib/ids'
import { hold } from '#lib/inventory/commands/hold'
import { listImbalances, makeCart, makeMember, makeVariant } from '../../scripts/test-market.ts'
import { useTestDatabase } from '../../scripts/test-database.ts'
import { captureOrders, finishOrder } from './commands/finish-order.ts'
import { forgetReleased } from './commands/forget-released.ts'
import { forgetKeys } from './commands/forget-keys.ts'
import { placeOrder } from './commands/place-order.ts'
import { prepareOrder, type Draft } from './commands/prepare-order.ts'
import { resumeCheckouts } from './commands/resume-checkouts.ts'
import { sandbox } from './payments/sandbox.ts'
import { touchPayment } from './sql/payment.ts'
import { getOrder, getSalesSummary, listOrders } from './queries.ts'
import { listSellerOrders } from './queries/seller-orders.ts'
import type { OrderInput, OrderView } from './schema.ts'
import type { Charge } from './types.ts'

await useTestDatabase()
process.env.SOUK_SECRET ??= newSecret()
process.env.SANDBOX_SLOW_MS = '300'

const PAYS = '4242424242424242'
const DECLINED = '4000000000000002'
const SLOW = '4000000000000077'
const now = new Date()

const address = { name: 'Ada', line1: 'Lane 1', line2: '', postalCode: '10115', city: 'Berlin', country: 'DE' }

function inputOf(expectedTotalCents: string, number = PAYS): OrderInput {
  return { address, card: { number, name: 'Ada', expiry: '01/40', cvc: '123' }, expectedTotalCents }
}

/** A buyer whose cart holds two pieces of each of so many variants, at 10.00 each. */
async function makeBuyer({ variants = 1 } = {}) {
  const { userId: buyerId } = await makeMember()
  const cartId = await makeCart(buyerId)
  const goods = await Promise.all(Array.from({ length: variants }, () => makeVariant({ quantity: 5 })))
  for (const { variantId } of goods) await hold({ cartId, variantId, quantity: 2 })
  const expected = `${variants * 2000}`
  const request = (over: { key?: string; input?: OrderInput } = {}) => ({
    buyerId,
    sellerId: null,
    key: newSecret(),
    input: inputOf(expected),
    now,
    ...over,
  })
  return { buyerId, cartId, goods, request }
}

type Buyer = Awaited<ReturnType<typeof makeBuyer>>

async function stateOf({ cartId, goods }: Buyer) {
  const stock = await db.run(sql<{ onHand: number; available: number }>`
    select on_hand as "onHand", available
    from stock
    where variant_id = any(${goods.map((row) => row.variantId)}::uuid[])`)
  const lines = await db.run(
    sql<{
      kind: string
      state: string
    }>`select kind, state from hold where cart_id = ${cartId} and state <> 'released'`,
  )
  const orders = await db.run(sql<{ status: string; payment: string }>`
    select "order".status, payment.status as payment
    from "order"
    join payment on payment.order_id = "order".id
    where cart_id = ${cartId}
    order by attempt`)
  const [charges] = await db.run(sql<{ captured: number }>`
    select count(*)::int as captured
    from sandbox_charge
    join payment on payment.provider_key = sandbox_charge.key
    join "order" on "order".id = payment.order_id
    where cart_id = ${cartId} and outcome = 'captured'`)
  return { stock, lines, orders, captured: charges?.captured }
}

const sold = {
  stock: [{ onHand: 3, available: 3 }],
  lines: [],
  orders: [{ status: 'paid', payment: 'captured' }],
  captured: 1,
}
const givenBack = {
  stock: [{ onHand: 5, available: 3 }],
  lines: [{ kind: 'cart', state: 'held' }],
  orders: [{ status: 'released', payment: 'declined' }],
  captured: 0,
}

function viewOf(answer: Awaited<ReturnType<typeof placeOrder>>): OrderView {
  if (!answer.ok) throw new Error(answer.refusal.code)
  expect(answer.value.status).toBe(201)
  return JSON.parse(answer.value.body) as OrderView
}

async function draftOf(buyer: Buyer, request = buyer.request()) {
  const prepared = await prepareOrder(request)
  if (!prepared.ok || !('draft' in prepared.value)) throw new Error('no draft')
  return prepared.value.draft
}

/** What PAY does at the provider. */
async function charge(draft: Draft, { card }: OrderInput): Promise<Charge> {
  const state = await sandbox.authorize({
    key: draft.providerKey,
    ...draft,
    card: card ?? null,
    returnUrl: '/',
    capture: 'now',
  })
  if (state.status !== 'captured' && state.status !== 'declined') throw new Error(state.status)
  return state
}

test('a cart is paid once: order, seller orders, payment and stock agree, and the answer is what the order page shows', async () => {
  const buyer = await makeBuyer({ variants: 3 })
  const view = viewOf(await placeOrder(buyer.request()))
  expect(view).toMatchObject({ status: 'paid', totalCents: '6000', payment: { status: 'captured', cardLast4: '4242' } })
  expect(view.sellerOrders).toHaveLength(3)
  expect(view.sellerOrders.map((part) => [part.status, part.totalCents])).toEqual(Array(3).fill(['paid', '2000']))
  expect(await getOrder(view.number, buyer.buyerId)).toEqual(view)
  expect(await listOrders(buyer.buyerId)).toEqual({ items: [view], nextCursor: null })
  const sellerId = buyer.goods[0]?.sellerId ?? ''
  const theirs = await listSellerOrders(sellerId)
  expect(theirs.items).toMatchObject([{ number: view.number, status: 'paid', totalCents: '2000', address }])
  const summary = await getSalesSummary(sellerId)
  expect(summary).toMatchObject({ todayCents: '2000', todayCount: 1, weekCents: '2000', weekCount: 1 })
  expect(summary.daily).toHaveLength(14)
  expect(await listImbalances()).toEqual([])
})

test('an order is its buyer’s alone', async () => {
  const { number } = viewOf(await placeOrder((await makeBuyer()).request()))
  const { userId } = await makeMember()
  expect(await getOrder(number, userId)).toBeNull()
  expect((await listOrders(userId)).items).toEqual([])
})

test('20 repeats at once with one key: one order, one charge, and byte-identical answers', async () => {
  const buyer = await makeBuyer()
  const request = buyer.request({ input: inputOf('2000', SLOW) })
  const repeat = async (): Promise<string> => {
    for (;;) {
      const answer = await placeOrder(request)
      if (answer.ok) return answer.value.body
      expect(answer.refusal).toEqual({ code: 'in-progress', detail: { retryAfterSeconds: 1 } })
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
  const bodies = await Promise.all(Array.from({ length: 20 }, repeat))
  expect(new Set(bodies).size).toBe(1)
  expect(await stateOf(buyer)).toEqual(sold)
})

test('the same key with another body, be it the card alone, is refused; another buyer’s same key is another key', async () => {
  const buyer = await makeBuyer()
  const request = buyer.request()
  viewOf(await placeOrder(request))
  for (const input of [inputOf('2001'), inputOf('2000', SLOW)]) {
    expect(await placeOrder({ ...request, input })).toMatchObject({ ok: false, refusal: { code: 'key-reused' } })
  }
  viewOf(await placeOrder((await makeBuyer()).request({ key: request.key })))
})

test('two keys at once for one cart: one pays, the other is refused', async () => {
  const buyer = await makeBuyer()
  const answers = await Promise.all([placeOrder(buyer.request()), placeOrder(buyer.request())])
  expect(answers.filter((answer) => answer.ok)).toHaveLength(1)
  const refused = answers.find((answer) => !answer.ok)
  expect(['being-paid', 'empty-cart']).toContain(refused && !refused.ok ? refused.refusal.code : null)
  expect(await stateOf(buyer)).toEqual(sold)
})

test('a declined card gives the pieces back to the cart; a repeat hears the same, a new key pays', async () => {
  const buyer = await makeBuyer()
  const request = buyer.request({ input: inputOf('2000', DECLINED) })
  const first = await placeOrder(request)
  expect(first).toMatchObject({ ok: true, value: { status: 422 } })
  expect(first.ok && JSON.parse(first.value.body)).toMatchObject({
    code: 'payment-declined',
    detail: { declineCode: 'card-declined' },
  })
  expect(await placeOrder(request)).toEqual(first)
  expect(await stateOf(buyer)).toEqual(givenBack)
  viewOf(await placeOrder(buyer.request()))
  expect(await stateOf(buyer)).toMatchObject({ stock: sold.stock, lines: [], captured: 1 })
  expect(await listImbalances()).toEqual([])
})

test('another total than expected is refused with the new one, and the key stays free', async () => {
  const buyer = await makeBuyer()
  const request = buyer.request({ input: inputOf('1999') })
  const refused = { ok: false, refusal: { code: 'total-changed', detail: { totalCents: '2000' } } }
  expect(await placeOrder(request)).toEqual(refused)
  viewOf(await placeOrder({ ...request, input: inputOf('2000') }))
})

test('what may not be sold is refused and leaves nothing behind', async () => {
  const buyer = await makeBuyer()
  const [thing] = buyer.goods
  const code = async (over = {}) => {
    const answer = await placeOrder({ ...buyer.request(), ...over })
    return answer.ok ? null : answer.refusal.code
  }
  expect(await code({ sellerId: thing?.sellerId })).toBe('own-product')
  expect(await code({ now: new Date('2041-01-01') })).toBe('card-expired')
  expect(await code({ input: inputOf('2000', '4111111111111111') })).toBe('unknown-test-card')
  await db.run(sql`update product set status = 'archived' where id = ${thing?.productId}`)
  expect(await code()).toBe('not-for-sale')
  await db.run(sql`update product set status = 'published' where id = ${thing?.productId}`)
  await db.run(sql`update hold set expires_at = now() where cart_id = ${buyer.cartId}`)
  expect(await code()).toBe('lines-lapsed')
  expect(await code({ buyerId: (await makeMember()).userId })).toBe('empty-cart')
  expect(await stateOf(buyer)).toMatchObject({ orders: [] })
  expect(await db.run(sql`select 1 from idempotency_key where user_id = ${buyer.buyerId}`)).toEqual([])
})

test('a node that died after the charge: the reaper finishes the order, and the repeat gets it', async () => {
  const buyer = await makeBuyer()
  const request = buyer.request()
  const draft = await draftOf(buyer, request)
  await charge(draft, request.input)
  expect(await placeOrder(request)).toMatchObject({ ok: false, refusal: { code: 'in-progress' } })
  expect(await resumeCheckouts()).toBe(0)
  expect(await resumeCheckouts(0)).toBe(1)
  expect(await stateOf(buyer)).toEqual(sold)
  viewOf(await placeOrder(request))
  const tooLate = await finishOrder(
    { orderId: draft.orderId, ref: null },
    { status: 'declined', ref: 'late', code: 'abandoned' },
  )
  expect(tooLate.status).toBe(201)
  expect(await stateOf(buyer)).toEqual(sold)
})

test('a node that died before the charge: the reaper releases the order, and a charge that comes late is refused', async () => {
  const buyer = await makeBuyer()
  const request = buyer.request()
  const draft = await draftOf(buyer, request)
  expect(await resumeCheckouts(0)).toBe(1)
  expect(await stateOf(buyer)).toEqual(givenBack)
  const late = await charge(draft, request.input)
  expect(late).toMatchObject({ status: 'declined', code: 'abandoned' })
  await finishOrder({ orderId: draft.orderId, ref: null }, late)
  expect(await stateOf(buyer)).toEqual(givenBack)
  const answer = await placeOrder(request)
  expect(answer.ok && JSON.parse(answer.value.body)).toMatchObject({ detail: { declineCode: 'abandoned' } })
})

test('reapers, finishers and the request itself at once finish once', async () => {
  const buyers = await Promise.all(Array.from({ length: 10 }, () => makeBuyer()))
  const captures = await Promise.all(
    buyers.map(async (buyer) => {
      const draft = await draftOf(buyer)
      const made = await charge(draft, buyer.request().input)
      return { orderId: draft.orderId, ref: made.ref, charge: made }
    }),
  )
  await Promise.all([
    resumeCheckouts(0),
    resumeCheckouts(0),
    captureOrders(captures),
    captureOrders(captures.toReversed()),
    ...captures.map((made) => finishOrder(made, made.charge)),
  ])
  for (const buyer of buyers) expect(await stateOf(buyer)).toEqual(sold)
  const movements = await db.run(sql<{ sales: number }>`
    select count(*)::int as sales
    from stock_movement
    where reason = 'sale' and order_id = any(${captures.map((capture) => capture.orderId)}::uuid[])
    group by order_id`)
  expect(movements).toEqual(Array(10).fill({ sales: 1 }))
  expect(await listImbalances()).toEqual([])
})

test('a payment that hangs is kept by its node until the deadline and no longer: then the reaper releases it', async () => {
  const buyer = await makeBuyer()
  const { orderId } = await draftOf(buyer)
  const isStale = async () => {
    await db.run(sql`update payment set updated_at = now() - interval '1 hour' where order_id = ${orderId}`)
    await db.run(touchPayment(orderId))
    const rows = await db.run(sql`
      select 1 from payment where order_id = ${orderId} and updated_at < now() - interval '1 minute'`)
    return rows.length > 0
  }
  expect(await isStale()).toBe(false)
  await db.run(sql`update "order" set deadline_at = now() - interval '1 second' where id = ${orderId}`)
  expect(await isStale()).toBe(true)
  expect(await resumeCheckouts()).toBe(1)
  expect(await stateOf(buyer)).toEqual(givenBack)
})

test('a live payment that takes its time is left alone by the reaper', async () => {
  const buyer = await makeBuyer()
  const answer = placeOrder(buyer.request({ input: inputOf('2000', SLOW) }))
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(await resumeCheckouts()).toBe(0)
  viewOf(await answer)
})

test('buyers of the last pieces of one variant, all paying at once, take exactly what there was', async () => {
  const thing = await makeVariant({ quantity: 20 })
  const answers = await Promise.all(
    Array.from({ length: 20 }, async () => {
      const { userId: buyerId } = await makeMember()
      await hold({ cartId: await makeCart(buyerId), variantId: thing.variantId, quantity: 1 })
      return placeOrder({ buyerId, sellerId: null, key: newSecret(), input: inputOf('1000'), now })
    }),
  )
  answers.forEach(viewOf)
  expect(await getSalesSummary(thing.sellerId)).toMatchObject({ todayCents: '20000', todayCount: 20 })
  const page = await listSellerOrders(thing.sellerId)
  expect(page).toMatchObject({ nextCursor: null })
  expect(page.items).toHaveLength(20)
  expect(await listImbalances()).toEqual([])
})

test('an order of 1,000 lines works', async () => {
  const { userId: buyerId } = await makeMember()
  const cartId = await makeCart(buyerId)
  const { productId, sellerId } = await makeVariant({ quantity: 1 })
  const ids = Array.from({ length: 1_000 }, newId)
  await db.run(sql`
    insert into variant (id, product_id, position, price_cents)
    select id, ${productId}::uuid, 1, 333 from unnest(${ids}::uuid[]) as id`)
  await db.run(sql`
    insert into stock (variant_id, product_id, seller_id, on_hand, available, on_sale)
    select id, ${productId}::uuid, ${sellerId}::uuid, 3, 0, true from unnest(${ids}::uuid[]) as id`)
  await db.run(sql`
    insert into hold (id, cart_id, variant_id, quantity, expires_at, first_held_at, added_at)
    select gen_random_uuid(), ${cartId}::uuid, id, 3, now() + interval '1 hour', now(), now()
    from unnest(${ids}::uuid[]) as id`)
  const input = inputOf(`${1_000 * 3 * 333}`)
  const view = viewOf(await placeOrder({ buyerId, sellerId: null, key: newSecret(), input, now }))
  expect(view.sellerOrders[0]?.lines).toHaveLength(1_000)
})

test('the card’s number and cvc are written nowhere', async () => {
  const buyer = await makeBuyer()
  viewOf(
    await placeOrder(
      buyer.request({
        input: { ...inputOf('2000'), card: { number: PAYS, name: 'Ada', expiry: '01/40', cvc: '9731' } },
      }),
    ),
  )
  const tables = ['"order"', 'payment', 'sandbox_charge', 'idempotency_key'] as const
  const dumps = await Promise.all([
    db.run(sql<{ text: string }>`select row_to_json("order")::text as text from "order"`),
    db.run(sql<{ text: string }>`select row_to_json(payment)::text as text from payment`),
    db.run(sql<{ text: string }>`select row_to_json(sandbox_charge)::text as text from sandbox_charge`),
    db.run(sql<{ text: string }>`select row_to_json(idempotency_key)::text as text from idempotency_key`),
  ])
  expect(dumps).toHaveLength(tables.length)
  for (const rows of dumps) {
    expect(rows.length).toBeGreaterThan(0)
    expect(rows.some(({ text }) => text.includes(PAYS) || text.includes('"9731"'))).toBe(false)
  }
})

test('what came to nothing is forgotten after a month, with its address; what was sold, and what is open, is not', async () => {
  const [old, older, young, bought, open] = await Promise.all(Array.from({ length: 5 }, () => makeBuyer()))
  if (!old || !older || !young || !bought || !open) throw new Error('too few')
  for (const buyer of [old, older, young]) await draftOf(buyer)
  await resumeCheckouts(0)
  viewOf(await placeOrder(bought.request()))
  await draftOf(open)
  const age = (buyer: typeof old, days: number) =>
    db.run(sql`
      update "order" set created_at = now() - ${days} * interval '1 day' where cart_id = ${buyer.cartId}`)
  for (const [buyer, days] of [
    [old, 31],
    [older, 32],
    [young, 29],
    [bought, 99],
    [open, 99],
  ] as const)
    await age(buyer, days)
  const left = async () =>
    Promise.all([old, older, young, bought, open].map(async (buyer) => (await stateOf(buyer)).orders.length))
  expect(await forgetReleased(1)).toBe(1)
  expect(await left()).toEqual([1, 0, 1, 1, 1])
  expect([await forgetReleased(10), await forgetReleased(10)]).toEqual([1, 0])
  expect(await left()).toEqual([0, 0, 1, 1, 1])
  const orphans = await db.run(sql`
    select id from seller_order where order_id not in (select id from "order")
    union all select id from order_line where order_id not in (select id from "order")`)
  expect(orphans).toEqual([])
  viewOf(await placeOrder(old.request()))
})

test('answered keys are forgotten after their time, keys in flight are not', async () => {
  const answered = await makeBuyer()
  viewOf(await placeOrder(answered.request()))
  const inFlight = await makeBuyer()
  await draftOf(inFlight)
  await db.run(sql`
    update idempotency_key
    set created_at = now() - interval '2 days'
    where user_id in (${answered.buyerId}, ${inFlight.buyerId})`)
  await forgetKeys(1_000)
  const left = await db.run(sql<{ userId: string }>`
    select user_id as "userId" from idempotency_key where user_id in (${answered.buyerId}, ${inFlight.buyerId})`)
  expect(left).toEqual([{ userId: inFlight.buyerId }])
})
