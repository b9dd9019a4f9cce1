import { afterAll, beforeEach, expect, test } from 'vitest'
import { db, sql } from '#lib/db'
import { newSecret } from '#lib/ids'
import { once } from '#lib/once'
import { hold } from '#lib/inventory/commands/hold'
import { useTestDatabase } from '../../../scripts/test-database.ts'
import { listImbalances, makeCart, makeMember, makeVariant } from '../../../scripts/test-market.ts'
import { signStripe, startFakeStripe } from '../../../scripts/test-stripe.ts'
import { giveUpPayment } from '../commands/answer-challenge.ts'
import { finishOrder } from '../commands/finish-order.ts'
import { followPayment } from '../commands/follow-payment.ts'
import { hearWebhook } from '../commands/hear-webhook.ts'
import { placeOrder } from '../commands/place-order.ts'
import { resumeCheckouts } from '../commands/resume-checkouts.ts'
import { newStripe } from './stripe.ts'

await useTestDatabase()
process.env.STRIPE_SECRET_KEY = 'sk_test_x'
process.env.STRIPE_WEBHOOK_SECRET = 'whsec_of_the_tests'
process.env.PUBLIC_URL = 'https://market.example.org'

const fake = await startFakeStripe()
// The market's own Stripe is the one at the fake's address.
const stripe = once('stripe', () => newStripe({ ...fake.options, timeoutMs: 300 }))
beforeEach(() => fake.reset())
afterAll(() => fake.close())

const address = { name: 'Ada', line1: 'Lane 1', line2: '', postalCode: '10115', city: 'Berlin', country: 'DE' }
const payment = (key = `order:${newSecret()}`) => ({ key, amountCents: 2000n, currency: 'EUR' })
const requestOf = (key?: string, capture: 'now' | 'later' = 'now') => ({
  ...payment(key),
  card: null,
  returnUrl: '/checkout/return?order=1',
  capture,
})

/** A buyer at Stripe's door: placed, and told where to pay. */
async function placeOne() {
  const { userId: buyerId } = await makeMember()
  const { variantId } = await makeVariant({ quantity: 5 })
  await hold({ cartId: await makeCart(buyerId), variantId, quantity: 2 })
  const request = { buyerId, sellerId: null, key: newSecret(), now: new Date() }
  const place = (over: object = {}) =>
    placeOrder({ ...request, input: { address, expectedTotalCents: '2000', ...over } }).then((answer) =>
      answer.ok ? { http: answer.value.status, ...(JSON.parse(answer.value.body) as Answered) } : answer.refusal,
    )
  const session = () => [...fake.sessions.keys()].at(-1) ?? ''
  return { buyerId, variantId, place, session }
}

interface Answered {
  readonly number: string
  readonly challengeUrl?: string
  readonly detail?: object
}

function send({ body, signature }: { body: string; signature: string }) {
  const header = (name: string) => (name === 'stripe-signature' ? signature : undefined)
  return hearWebhook({ provider: 'stripe', body, header })
}

const completed = (session: string, id: string) => fake.event('checkout.session.completed', session, id)

test('an order is paid on Stripe’s page, and by its webhook, which comes twice', async () => {
  const { place, session, variantId } = await placeOne()
  const first = await place()
  expect(first).toMatchObject({
    http: 202,
    status: 'challenge',
    challengeUrl: expect.stringContaining('https://checkout.stripe.test') as string,
  })
  expect(await place()).toEqual(first)
  expect(fake.sessions.size).toBe(1)
  expect(fake.sessions.get(session())).toMatchObject({
    amount_total: 2000,
    currency: 'eur',
    success_url: expect.stringMatching(/^https:\/\/market\.example\.org\/checkout\/return\?order=/) as string,
  })
  fake.pay(session())
  const event = completed(session(), 'evt_1')
  expect(await Promise.all([send(event), send(event)])).toContainEqual({ ok: true, value: undefined })
  expect(await send(event)).toEqual({ ok: true, value: undefined })
  const asked = fake.asked.length
  expect(await place()).toMatchObject({ status: 'paid' })
  expect(fake.asked.length, 'a handled event asks Stripe nothing').toBe(asked)
  const [row] = await db.run(sql<{ ref: string }>`select provider_ref as ref from payment where provider = 'stripe'
    and order_id = (select order_id from stock_movement where variant_id = ${variantId} and reason = 'sale')`)
  expect([...fake.intents.keys()]).toEqual([row?.ref])
  expect(await listImbalances()).toEqual([])
})

test('events in another order than they happened, and one about nothing of ours, lead to the same order', async () => {
  const { place, session } = await placeOne()
  await place()
  fake.pay(session())
  expect(await send(fake.event('checkout.session.expired', session(), 'evt_early'))).toMatchObject({ ok: true })
  expect(await send(completed(session(), 'evt_late'))).toMatchObject({ ok: true })
  expect(await send(fake.event('invoice.paid', session(), 'evt_other'))).toMatchObject({ ok: true })
  expect(await place()).toMatchObject({ status: 'paid' })
})

test('a webhook before the answer that made the payment: the order is paid, and the answer says so', async () => {
  const { place } = await placeOne()
  fake.meanwhile(async (made) => {
    fake.pay(made)
    expect(await send(completed(made, 'evt_before'))).toMatchObject({ ok: true })
  })
  expect(await place()).toMatchObject({ status: 'paid' })
})

test('a webhook that is lost is not missed: the reaper looks', async () => {
  const { place, session } = await placeOne()
  await place()
  expect(await resumeCheckouts(0)).toBe(0)
  expect(await place()).toMatchObject({ http: 202 })
  fake.pay(session())
  expect(await resumeCheckouts(0)).toBe(1)
  expect(await place()).toMatchObject({ status: 'paid' })
})

test('at the deadline the page is closed, and can be paid at no more; the pieces are back', async () => {
  const { place, session, variantId } = await placeOne()
  await place()
  await db.run(sql`
    update "order" set deadline_at = now() - interval '1 second'
    where id in (select order_id from hold where variant_id = ${variantId})`)
  expect(await resumeCheckouts(0)).toBe(1)
  expect(() => fake.pay(session())).toThrow('cannot be paid any more')
  expect(await place()).toMatchObject({ http: 422, detail: { declineCode: 'abandoned' } })
  const holds = await db.run(sql`select kind, state from hold where variant_id = ${variantId}`)
  expect(holds).toEqual([{ kind: 'cart', state: 'held' }])
})

test('what the buyer gives up is over at once; what was paid meanwhile is not given up', async () => {
  const given = await placeOne()
  const { number } = (await given.place()) as Answered
  expect(await giveUpPayment(number, (await makeMember()).userId)).toMatchObject({ ok: false })
  expect(await giveUpPayment(number, given.buyerId)).toMatchObject({ ok: true })
  expect(await given.place()).toMatchObject({ http: 422 })
  const paid = await placeOne()
  const placed = (await paid.place()) as Answered
  fake.pay(paid.session())
  await giveUpPayment(placed.number, paid.buyerId)
  expect(await paid.place()).toMatchObject({ status: 'paid' })
})

test('a card never passes through: an order that carries one is refused', async () => {
  const { place } = await placeOne()
  const card = { number: '4242424242424242', name: 'Ada', expiry: '01/40', cvc: '123' }
  expect(await place({ card })).toMatchObject({ code: 'card-not-taken' })
  expect(fake.asked).toEqual([])
})

test.each([['lost'], ['500'], ['silent']] as const)(
  'an answer that goes wrong (%s) after the payment was made: the repeat has the key, and there is one payment',
  async (fault) => {
    fake.fail(fault)
    const request = requestOf()
    const state = await stripe.authorize(request)
    expect(state).toMatchObject({ status: 'challenge' })
    expect(await stripe.authorize(request)).toEqual(state)
    expect(fake.sessions.size).toBe(1)
  },
)

test('an order whose buyer was told where to pay since it was looked at is not released', async () => {
  const { place, session, variantId } = await placeOne()
  await place()
  const [order] = await db.run(sql<{ id: string }>`select order_id as id from hold where variant_id = ${variantId}`)
  const orderId = order?.id ?? ''
  const nothing = { status: 'declined', ref: `order:${orderId}`, code: 'abandoned' } as const
  await expect(finishOrder({ orderId, ref: null }, nothing)).rejects.toThrow('another reference')
  await expect(finishOrder({ orderId, ref: 'cs_of_before' }, nothing)).rejects.toThrow('another reference')
  expect(await place()).toMatchObject({ http: 202 })
  fake.pay(session())
  await send(completed(session(), 'evt_after_all'))
  expect(await place()).toMatchObject({ status: 'paid' })
  expect(await listImbalances()).toEqual([])
})

/** Released, because nobody was told where to pay; and then it is paid all the same. */
async function payReleased() {
  const made = await placeOne()
  fake.fail('stored-500')
  await made.place()
  await resumeCheckouts(0)
  expect(await made.place()).toMatchObject({ http: 422 })
  const key = String(fake.sessions.get(made.session())?.client_reference_id)
  const orderId = key.replace('order:', '')
  expect(await send(completed(made.session(), `evt_unpaid_${orderId}`))).toMatchObject({ ok: true })
  expect(fake.refunds.size).toBe(0)
  fake.pay(made.session())
  const ref = [...fake.intents.keys()].at(-1) ?? ''
  return { ...made, orderId, key, ref }
}

test('what is paid for an order that was released goes back to its buyer, once', async () => {
  const { session, orderId, ref } = await payReleased()
  // The request's key may be forgotten by then.
  await db.run(sql`delete from idempotency_key where order_id = ${orderId}`)
  for (const id of ['evt_paid', 'evt_again']) expect(await send(completed(session(), id))).toMatchObject({ ok: true })
  expect([...fake.refunds.values()]).toMatchObject([{ amount: 2000, payment_intent: ref }])
  expect(await db.run(sql`select status from "order" where id = ${orderId}`)).toEqual([{ status: 'released' }])
  expect(await listImbalances()).toEqual([])
})

test('so does what the provider answers late that it took', async () => {
  const { place, orderId, key, ref } = await payReleased()
  const payment = { orderId, provider: 'stripe', key, ref: null, amountCents: 2000n, currency: 'EUR' }
  for (let times = 0; times < 2; times++) {
    expect(await followPayment(payment, { status: 'captured', ref })).toMatchObject({ answer: { status: 422 } })
  }
  expect([...fake.refunds.values()]).toMatchObject([{ amount: 2000, payment_intent: ref }])
  expect(await place()).toMatchObject({ http: 422 })
})

test('a 500 that Stripe keeps repeating: nobody was told where to pay, so the order is released and nothing can be paid', async () => {
  const { place, session } = await placeOne()
  fake.fail('stored-500')
  expect(await place()).toMatchObject({ code: 'in-progress' })
  expect(await place()).toMatchObject({ code: 'in-progress' })
  expect(await resumeCheckouts(0)).toBe(1)
  expect(await place()).toMatchObject({ http: 422, detail: { declineCode: 'abandoned' } })
  expect(fake.sessions.size).toBe(1)
  expect(fake.sessions.get(session())).toMatchObject({ payment_intent: null })
})

test('the same key with another amount throws', async () => {
  const request = requestOf()
  await stripe.authorize(request)
  await expect(stripe.authorize({ ...request, amountCents: 2001n })).rejects.toThrow('idempotent')
})

test('what is put aside is taken once, or let go', async () => {
  const [taken, left] = [requestOf(undefined, 'later'), requestOf(undefined, 'later')]
  for (const request of [taken, left]) {
    const state = await stripe.authorize(request)
    fake.pay(state.ref)
    const known = { ...request, ref: state.ref }
    const found = await stripe.find(known)
    expect(found).toMatchObject({ status: 'authorized' })
    if (request === left) {
      expect(await stripe.close(known)).toMatchObject({ status: 'declined', code: 'abandoned' })
      continue
    }
    const captured = { status: 'captured', ref: found?.ref }
    fake.fail('lost')
    expect(await stripe.capture({ ...known, ref: found?.ref ?? '' })).toEqual(captured)
    expect(await stripe.find(known)).toEqual(captured)
  }
  expect([...fake.intents.values()].map((intent) => intent.status)).toEqual(['succeeded', 'canceled'])
})

async function paidIntent(): Promise<string> {
  const { ref } = await stripe.authorize(requestOf())
  fake.pay(ref)
  return [...fake.intents.keys()].at(-1) ?? ''
}

test.each([['lost'], ['500'], ['silent'], ['stored-500']] as const)(
  'a refund and a transfer whose answer goes wrong (%s) are made once each',
  async (fault) => {
    const chargeRef = await paidIntent()
    const refund = { key: `refund:${newSecret()}`, chargeRef, amountCents: 500n, currency: 'EUR' }
    const transfer = { key: `payout:${newSecret()}`, sellerAccount: 'acct_1', amountCents: 700n, currency: 'EUR' }
    fake.fail(fault)
    await stripe.refund(refund).catch(() => undefined)
    fake.fail(fault)
    await stripe.transfer(transfer).catch(() => undefined)
    expect(await stripe.refund(refund)).toMatchObject({ status: 'refunded' })
    expect(await stripe.transfer(transfer)).toMatchObject({ status: 'transferred' })
    expect([fake.refunds.size, fake.transfers.size]).toEqual([1, 1])
    expect([...fake.transfers.values()]).toMatchObject([{ amount: 700, destination: 'acct_1' }])
  },
)

test('refunds in part never exceed the charge', async () => {
  const chargeRef = await paidIntent()
  const refund = (key: string, amountCents: bigint) => stripe.refund({ key, chargeRef, amountCents, currency: 'EUR' })
  expect(await refund('refund:a', 1500n)).toMatchObject({ status: 'refunded' })
  expect(await refund('refund:b', 501n)).toEqual({ status: 'refused', code: 'exceeds-charge' })
  expect(await refund('refund:c', 500n)).toMatchObject({ status: 'refunded' })
  await expect(refund('refund:c', 400n)).rejects.toThrow('another refund')
})

test('a seller that Stripe does not know is not paid', async () => {
  const request = { key: 'payout:2', sellerAccount: 'nobody', amountCents: 100n, currency: 'EUR' }
  expect(await stripe.transfer(request)).toEqual({ status: 'refused', code: 'account-unable' })
})

test('only what Stripe signed, lately and in these bytes, is believed', async () => {
  const { place, session } = await placeOne()
  await place()
  fake.pay(session())
  const { body, signature } = completed(session(), 'evt_signed')
  const hourAgo = Math.floor(Date.now() / 1000) - 3600
  for (const forged of [
    { body, signature: signStripe(body, { secret: 'whsec_of_another' }) },
    { body, signature: signStripe(body, { timestamp: hourAgo }) },
    { body, signature: '' },
    { body: body.replace('evt_signed', 'evt_forged'), signature },
    { body: JSON.stringify(JSON.parse(body)), signature },
  ]) {
    expect(await send(forged)).toMatchObject({ ok: false, refusal: { code: 'bad-signature' } })
  }
  expect(await place()).toMatchObject({ http: 202 })
  expect(await send({ body, signature })).toMatchObject({ ok: true })
  expect(await place()).toMatchObject({ status: 'paid' })
})
