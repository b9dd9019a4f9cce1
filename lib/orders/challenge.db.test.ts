import { expect, test } from 'vitest'
import { createApp } from '#lib/api/app'
import { db, sql } from '#lib/db'
import { newSecret } from '#lib/ids'
import { hold } from '#lib/inventory/commands/hold'
import { serveApi } from '../../scripts/test-api.ts'
import { useTestDatabase } from '../../scripts/test-database.ts'
import { listImbalances, makeCart, makeMember, makeVariant } from '../../scripts/test-market.ts'
import { answerSandboxChallenge, giveUpPayment } from './commands/answer-challenge.ts'
import { forgetEvents, hearWebhook } from './commands/hear-webhook.ts'
import { placeOrder } from './commands/place-order.ts'
import { resumeCheckouts } from './commands/resume-checkouts.ts'
import { sendSandboxWebhooks } from './commands/send-webhooks.ts'
import { answerChallenge, SIGNATURE_HEADER, signWebhook } from './payments/sandbox.ts'
import { getCheckout, getSandboxChallenge, getWaitingCheckout } from './queries/payment.ts'
import { TEST_CARDS, type CardBehaviour } from './rules/card.ts'

await useTestDatabase()
process.env.SANDBOX_SLOW_MS = '50'
process.env.SANDBOX_LATE_MS = '1500'

const address = { name: 'Ada', line1: 'Lane 1', line2: '', postalCode: '10115', city: 'Berlin', country: 'DE' }

interface Heard {
  readonly http?: number
  readonly code?: string
  readonly status?: string
  readonly number?: string
  readonly challengeUrl?: string
  readonly body: string
}

/** A buyer who has just pressed the button, with a card that does this. `place` sends the same request again. */
async function checkOut(does: CardBehaviour) {
  const { userId: buyerId } = await makeMember()
  const cartId = await makeCart(buyerId)
  const { variantId } = await makeVariant({ quantity: 5 })
  await hold({ cartId, variantId, quantity: 2 })
  const number = TEST_CARDS.find((card) => card.does === does)?.number ?? ''
  const key = newSecret()
  const place = async (over: { key?: string; line1?: string; number?: string } = {}): Promise<Heard> => {
    const card = { number: over.number ?? number, name: 'Ada', expiry: '01/40', cvc: '123' }
    const input = { address: { ...address, line1: over.line1 ?? 'Lane 1' }, card, expectedTotalCents: '2000' }
    const answer = await placeOrder({ buyerId, sellerId: null, key: over.key ?? key, input, now: new Date() })
    if (!answer.ok) return { code: answer.refusal.code, body: '' }
    const { status: http, body } = answer.value
    return { ...(JSON.parse(body) as object), http, body }
  }
  const first = await place()
  const [payment] = await db.run(sql<{ orderId: string; key: string; ref: string | null }>`
    select payment.order_id as "orderId", provider_key as key, provider_ref as ref
    from payment
    join "order" on "order".id = payment.order_id
    where cart_id = ${cartId}`)
  if (!payment) throw new Error('no payment')
  return { buyerId, cartId, variantId, place, first, payment, token: first.challengeUrl?.split('/').at(-1) ?? '' }
}

type Checkout = Awaited<ReturnType<typeof checkOut>>

async function stateOf({ variantId, payment }: Checkout) {
  const [stock] = await db.run(sql<{ onHand: number; available: number }>`
    select on_hand as "onHand", available from stock where variant_id = ${variantId}`)
  const [order] = await db.run(sql<{ status: string }>`select status from "order" where id = ${payment.orderId}`)
  const holds = await db.run(sql<{ kind: string }>`
    select kind from hold where variant_id = ${variantId} and state = 'held'`)
  return [order?.status, stock?.onHand, stock?.available, ...holds.map((row) => row.kind)]
}

const WAITING = ['pending', 5, 3, 'checkout']
const SOLD = ['paid', 3, 3]
const GIVEN_BACK = ['released', 5, 3, 'cart']

/** The sandbox's ticks, until the payment is over. */
async function untilOver({ payment }: Checkout): Promise<void> {
  for (let left = 200; left > 0; left--) {
    await sendSandboxWebhooks()
    const [row] = await db.run(sql<{ status: string }>`select status from payment where order_id = ${payment.orderId}`)
    if (row?.status !== 'started') return
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error('The payment is not over.')
}

function webhookOf({ payment }: Checkout, id: string) {
  const body = JSON.stringify({ id, payment: { key: payment.key, ref: payment.ref ?? 'unknown' } }, null, 2)
  return { provider: 'sandbox', body, header: () => signWebhook(body, Date.now()) }
}

test('a card that asks first: the pieces wait, a repeat hears where to go, and an approval pays the order', async () => {
  const checkout = await checkOut('ask')
  const { first, place, token, buyerId } = checkout
  expect(first).toMatchObject({ http: 202, status: 'challenge' })
  expect(Object.keys(JSON.parse(first.body) as object)).toEqual(['status', 'number', 'challengeUrl'])
  expect((await place()).body).toBe(first.body)
  expect(await place({ line1: 'Lane 2' })).toMatchObject({ code: 'key-reused' })
  expect(await place({ key: newSecret() })).toMatchObject({ code: 'being-paid' })
  expect(await stateOf(checkout)).toEqual(WAITING)
  expect(await getWaitingCheckout(buyerId)).toMatchObject({ number: first.number, challengeUrl: first.challengeUrl })

  const answered = await answerSandboxChallenge({ token, buyerId, isApproved: true })
  expect(answered).toEqual({
    ok: true,
    value: { returnUrl: `/checkout/return?order=${checkout.payment.orderId}&answered=1` },
  })
  await untilOver(checkout)
  expect(await stateOf(checkout)).toEqual(SOLD)
  const last = await place()
  expect(last).toMatchObject({ http: 201, status: 'paid', number: first.number })
  expect((await place()).body).toBe(last.body)
  expect(await getWaitingCheckout(buyerId)).toBeNull()
  expect(await listImbalances()).toEqual([])
})

test('a challenge that fails is a decline with its reason; the pieces are back in the cart and another card takes them', async () => {
  const checkout = await checkOut('ask')
  const { place, token, buyerId } = checkout
  await answerSandboxChallenge({ token, buyerId, isApproved: false })
  await untilOver(checkout)
  expect(await stateOf(checkout)).toEqual(GIVEN_BACK)
  expect(await place()).toMatchObject({
    http: 422,
    code: 'payment-declined',
    detail: { declineCode: 'challenge-failed' },
  })
  expect(await getCheckout(checkout.payment.orderId, buyerId)).toMatchObject({
    status: 'released',
    declineCode: 'challenge-failed',
  })
  expect(await place({ key: newSecret(), number: '4242424242424242' })).toMatchObject({ http: 201 })
})

test('a challenge is its buyer’s alone: nobody else sees, answers or gives it up', async () => {
  const checkout = await checkOut('ask')
  const { userId: other } = await makeMember()
  const { token, first, payment } = checkout
  expect(await answerSandboxChallenge({ token, buyerId: other, isApproved: true })).toMatchObject({ ok: false })
  expect(await giveUpPayment(first.number ?? '', other)).toMatchObject({ ok: false })
  expect(await getSandboxChallenge(token, other)).toBeNull()
  expect(await getCheckout(payment.orderId, other)).toBeNull()
  expect(await getWaitingCheckout(other)).toBeNull()
  expect(await stateOf(checkout)).toEqual(WAITING)
})

test('the reaper leaves a payment that waits for its buyer until the deadline, and not a moment longer', async () => {
  const checkout = await checkOut('ask')
  for (let round = 0; round < 3; round++) expect(await resumeCheckouts(0)).toBe(0)
  expect(await stateOf(checkout)).toEqual(WAITING)
  expect(await checkout.place()).toMatchObject({ http: 202 })
  const { orderId } = checkout.payment
  await db.run(sql`update "order" set deadline_at = now() - interval '1 second' where id = ${orderId}`)
  await db.run(sql`update payment set updated_at = now() - interval '11 seconds' where order_id = ${orderId}`)
  expect(await resumeCheckouts()).toBe(1)
  expect(await stateOf(checkout)).toEqual(GIVEN_BACK)
  const late = await answerSandboxChallenge({ token: checkout.token, buyerId: checkout.buyerId, isApproved: true })
  expect(late).toMatchObject({ ok: false, refusal: { code: 'challenge-over' } })
})

test('many that wait keep nobody back whose node died', async () => {
  const waiting = await Promise.all(Array.from({ length: 25 }, () => checkOut('ask')))
  const died = await checkOut('lose-answer')
  await db.run(sql`
    update payment set updated_at = now() - interval '1 minute'
    where order_id = any(${waiting.map((each) => each.payment.orderId)}::uuid[])`)
  await db.run(
    sql`update payment set updated_at = now() - interval '11 seconds' where order_id = ${died.payment.orderId}`,
  )
  expect(await resumeCheckouts()).toBe(1)
  expect(await stateOf(died)).toEqual(SOLD)
  await Promise.all(waiting.map((each) => giveUpPayment(each.first.number ?? '', each.buyerId)))
})

test('a node that died after the bank asked: the reaper finds the question, and the buyer hears where to go', async () => {
  const checkout = await checkOut('ask')
  await db.run(sql`
    update payment set waits_for = null, challenge_url = null, provider_ref = null
    where order_id = ${checkout.payment.orderId}`)
  expect(await checkout.place()).toMatchObject({ code: 'in-progress' })
  expect(await resumeCheckouts(0)).toBe(0)
  expect((await checkout.place()).body).toBe(checkout.first.body)
})

test('an approval whose webhook is lost is found by the reaper', async () => {
  const checkout = await checkOut('ask')
  await answerChallenge(checkout.payment.key, true)
  await db.run(sql`delete from sandbox_event where key = ${checkout.payment.key}`)
  expect(await resumeCheckouts(0)).toBe(1)
  expect(await stateOf(checkout)).toEqual(SOLD)
})

test('what the buyer gives up is over at once, and a repeat hears the decline', async () => {
  const checkout = await checkOut('ask')
  expect(await giveUpPayment(checkout.first.number ?? '', checkout.buyerId)).toMatchObject({ ok: true })
  expect(await stateOf(checkout)).toEqual(GIVEN_BACK)
  expect(await checkout.place()).toMatchObject({ http: 422, detail: { declineCode: 'abandoned' } })
  expect(await giveUpPayment(checkout.first.number ?? '', checkout.buyerId)).toMatchObject({ ok: false })
})

test('a payment that is confirmed later: in progress until the webhook, which comes twice, and then one order', async () => {
  const checkout = await checkOut('pay-late')
  expect(checkout.first).toMatchObject({ code: 'in-progress' })
  await resumeCheckouts(0)
  expect(await stateOf(checkout)).toEqual(WAITING)
  await untilOver(checkout)
  expect(await stateOf(checkout)).toEqual(SOLD)
  const { body } = await checkout.place()
  await db.run(sql`update sandbox_event set deliver_at = now() where key = ${checkout.payment.key}`)
  expect(await sendSandboxWebhooks()).toBe(1)
  expect((await checkout.place()).body).toBe(body)
  expect(await db.run(sql`select 1 from sandbox_event where key = ${checkout.payment.key}`)).toEqual([])
  const sales = await db.run(sql`
    select 1 from stock_movement where order_id = ${checkout.payment.orderId} and reason = 'sale'`)
  expect(sales).toHaveLength(1)
})

test('an answer that is lost after the money was taken: the reaper finds it, and it was taken once', async () => {
  const checkout = await checkOut('lose-answer')
  expect(checkout.first).toMatchObject({ code: 'in-progress' })
  expect(await resumeCheckouts(0)).toBe(1)
  expect(await stateOf(checkout)).toEqual(SOLD)
  expect(await checkout.place()).toMatchObject({ http: 201, status: 'paid' })
  const charges = await db.run(sql`select 1 from sandbox_charge where key = ${checkout.payment.key}`)
  expect(charges).toHaveLength(1)
})

test('events before anything happened, doubled, of another id and for no payment of ours change nothing', async () => {
  const checkout = await checkOut('ask')
  const { token, buyerId } = checkout
  const send = (id: string) => hearWebhook(webhookOf(checkout, id))
  expect(await send('early')).toMatchObject({ ok: true })
  expect(await stateOf(checkout)).toEqual(WAITING)
  await answerSandboxChallenge({ token, buyerId, isApproved: true })
  // The early one is handled: it is not looked at again.
  expect(await send('early')).toMatchObject({ ok: true })
  expect(await stateOf(checkout)).toEqual(WAITING)
  const copies = await Promise.all(Array.from({ length: 10 }, () => send('approved')))
  const heard = copies.filter((copy) => copy.ok).length
  expect([heard > 0, copies.length - heard]).toEqual([
    true,
    copies.filter((copy) => !copy.ok && copy.refusal.code === 'busy').length,
  ])
  expect(await stateOf(checkout)).toEqual(SOLD)
  expect(await send('much-later')).toMatchObject({ ok: true })
  const strange = { ...checkout, payment: { ...checkout.payment, key: 'order:of-nobody' } }
  expect(await hearWebhook(webhookOf(strange, 'strange'))).toMatchObject({ ok: true })
  expect(await stateOf(checkout)).toEqual(SOLD)
})

test('an event that could not be worked on is taken when it comes again; one left lying by a dead node after its time', async () => {
  const checkout = await checkOut('ask')
  await answerSandboxChallenge({ token: checkout.token, buyerId: checkout.buyerId, isApproved: true })
  const send = () => hearWebhook(webhookOf(checkout, 'again'))
  await db.run(sql`alter table sandbox_charge rename to sandbox_charge_away`)
  await expect(send()).rejects.toThrow()
  await db.run(sql`alter table sandbox_charge_away rename to sandbox_charge`)
  await db.run(sql`
    insert into webhook_event (provider, event_id, claimed_at)
    values ('sandbox', 'again', now() - interval '20 seconds')`)
  expect(await send()).toMatchObject({ ok: false, refusal: { code: 'busy' } })
  await db.run(sql`update webhook_event set claimed_at = now() - interval '31 seconds' where event_id = 'again'`)
  expect(await send()).toMatchObject({ ok: true })
  expect(await stateOf(checkout)).toEqual(SOLD)
})

test('events are forgotten after a month', async () => {
  await db.run(sql`
    insert into webhook_event (provider, event_id, handled_at)
    values ('sandbox', 'old', now() - interval '31 days'), ('sandbox', 'older', now() - interval '32 days'),
           ('sandbox', 'new', now())`)
  expect(await forgetEvents(1)).toBe(1)
  expect(await db.run(sql`select event_id as id from webhook_event where event_id like 'old%'`)).toEqual([
    { id: 'old' },
  ])
  expect(await forgetEvents(1)).toBe(1)
  expect(await db.run(sql`select event_id as id from webhook_event where event_id in ('old', 'new')`)).toEqual([
    { id: 'new' },
  ])
})

test('over HTTP: raw bytes and a signature are all a webhook needs, whoever’s browser sends it', async () => {
  const checkout = await checkOut('ask')
  await answerChallenge(checkout.payment.key, true)
  const { body, header } = webhookOf(checkout, 'http')
  const app = createApp()
  const post = (path: string, text: string, headers: Record<string, string>) =>
    app.request(`/api/v1/payments/webhooks/${path}`, {
      method: 'POST',
      body: text,
      headers: { 'content-type': 'application/json', 'content-length': String(text.length), ...headers },
    })
  const signed = { [SIGNATURE_HEADER]: header() }
  expect((await post('sandbox', body, {})).status).toBe(400)
  expect((await post('sandbox', `${body} `, signed)).status).toBe(400)
  expect((await post('stripe', body, signed)).status).toBe(404)
  expect((await post('sandbox', body, { ...signed, 'content-length': String(300 * 1024) })).status).toBe(413)
  expect(await stateOf(checkout)).toEqual(WAITING)
  const strange = { ...signed, origin: 'https://elsewhere.example', cookie: 'a=b' }
  const response = await post('sandbox', body, strange)
  expect([response.status, await response.json()]).toEqual([200, { received: true }])
  expect(await stateOf(checkout)).toEqual(SOLD)
})

test('over HTTP: no other site can answer a challenge, and nobody who is not signed in', async () => {
  const checkout = await checkOut('ask')
  const { ask } = serveApi()
  const post = async (headers: Record<string, string>) => {
    const body = '{"decision":"approve"}'
    const sent = { 'content-length': `${body.length}`, ...headers }
    return (await ask('post', `/payments/challenges/${checkout.token}`, sent, body)).json.code
  }
  expect(await post({ cookie: 'a=b', origin: 'https://elsewhere.example' })).toBe('foreign-origin')
  expect(await post({ cookie: 'a=b' })).toBe('foreign-origin')
  expect(await post({ origin: 'http://souk.test', 'content-type': 'text/plain' })).toBe('wrong-content-type')
  expect(await post({ cookie: 'a=b', origin: 'http://souk.test' })).toBe('sign-in-required')
  expect(await stateOf(checkout)).toEqual(WAITING)
})
