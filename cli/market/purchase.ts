import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { call } from '#lib/api/client'
import type { CartView } from '#lib/cart/schema'
import { formatMoney } from '#lib/money'
import type { OrderView } from '#lib/orders/schema'
import type { QuoteView } from '#lib/orders/schema/quote'
import { failureOf, must, type Market } from '../market.ts'
import { refused } from '../terminal/failure.ts'
import { withProgress } from '../terminal/progress.ts'
import type { Screen } from '../terminal/screen.ts'
import { clean } from '../terminal/text.ts'
import type { Delivery } from './delivery.ts'
import type { Holds } from './holds.ts'

/** What the cart would cost, sent there. */
export function readQuote(market: Market, country: string): Promise<QuoteView> {
  return must(market, market.api.orders.quote.$get({ query: { country, methods: '' } }))
}

/** Line by line what is paid for, and the sum. */
export function quoteWords(lines: CartView['lines'], quote: QuoteView, { address }: Delivery): string {
  const money = (cents: string) => formatMoney(BigInt(cents))
  const rows = lines.map(
    ({ quantity, title, optionValues, totalCents }) =>
      `  ${quantity} × ${clean([title, ...optionValues].join(' · '))}  ${money(totalCents)}`,
  )
  const sending = quote.parts.map(({ shop, methodId, methods }) => {
    const method = methods.find(({ id }) => id === methodId)
    return `${clean(shop)}${method ? `, ${clean(method.name)}` : ''}`
  })
  return [
    ...rows,
    `  sending (${sending.join('; ')})  ${money(quote.shippingCents)}`,
    ...(quote.addedTaxCents === '0' ? [] : [`  tax  ${money(quote.addedTaxCents)}`]),
    `  together  ${money(quote.totalCents)}`,
    `  to ${clean(`${address.name}, ${address.line1}, ${address.postalCode} ${address.city}, ${address.country}`)}`,
  ].join('\n')
}

/** Refusals after which the same request, with the same key, is to be sent again: nobody knows yet what became of it. */
const AGAIN = ['in-progress', 'busy', 'too-many-requests', 'offline', 'outcome-unknown']
const TRIES = 30
const REST_MS = 1_000

/**
 * Pays for what the cart holds, once: every repeat has the same Idempotency-Key. A payment that its buyer has to confirm elsewhere
 * is waited for; who leaves meanwhile gives it up. Refuses as the market does, and `outcome-unknown` when nobody answers for long.
 */
export async function placeOrder(
  market: Market,
  { delivery, totalCents, holds, screen }: { delivery: Delivery; totalCents: string; holds: Holds; screen: Screen },
): Promise<OrderView> {
  const { address, card } = delivery
  const order = { address, expectedTotalCents: totalCents }
  const paying = withProgress('Paying', async (tell) => {
    const answer = await send(market, { ...order, card }, holds, screen, tell)
    // This market asks for the card on a page of its payment provider. The refusal left nothing behind.
    const paid = answer ?? (await send(market, order, holds, screen, tell))
    if (!paid) throw new Error('The market took neither a card nor an order without one.')
    return paid
  })
  return holds.during(paying)
}

type OrderJson = Parameters<Market['api']['orders']['$post']>[0]['json']

/** Null where the market takes no card. */
async function send(market: Market, json: OrderJson, holds: Holds, screen: Screen, tell: (how: string) => void) {
  const request = { header: { 'idempotency-key': randomUUID() }, json }
  let isTold = false
  for (let tries = 1; ; tries++) {
    const answer = await call(market.api.orders.$post(request))
    if (answer.ok && !('challengeUrl' in answer.value)) return answer.value
    if (answer.ok && 'challengeUrl' in answer.value) {
      const { challengeUrl, number } = answer.value
      if (!isTold)
        screen.warn('challenge', `Confirm the payment here: ${new URL(challengeUrl, market.origin).href}`, { number })
      isTold = true
      tell(`${number} waits for you to confirm it`)
      holds.onLeaving(() => giveUp(market, number, screen))
      tries = 0
    } else if (!answer.ok) {
      if (answer.code === 'card-not-taken' && json.card) return null
      if (!AGAIN.includes(answer.code)) throw failureOf(market, answer)
      if (tries === TRIES) throw unknownOutcome(answer.code)
    }
    await sleep(REST_MS)
  }
}

/** Says whether it was paid after all. */
async function giveUp(market: Market, number: string, screen: Screen): Promise<boolean> {
  await call(market.api.orders[':number'].payment['give-up'].$post({ param: { number } }))
  const answer = await call(market.api.orders[':number'].$get({ param: { number } }))
  const isPaid = answer.ok && answer.value.status === 'paid'
  screen.warn(isPaid ? 'paid' : 'given-up', isPaid ? `${number} is paid.` : `The payment of ${number} is given up.`)
  return isPaid
}

function unknownOutcome(reason: string) {
  const message = 'Nobody could say whether the order was placed. Look before you try again: souk orders'
  return refused({ code: 'outcome-unknown', message, detail: { reason } })
}
