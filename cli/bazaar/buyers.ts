import { setTimeout as sleep } from 'node:timers/promises'
import type { OrderView } from '#lib/orders/schema'
import { ask, must, type Visitor } from '../runner/client.ts'
import { ADDRESS, CARD } from '../runner/purchase.ts'
import { newDice, type Dice } from './dice.ts'
import type { Stalls } from './sellers.ts'

/** What became of what buyers wanted, in this bazaar. */
export interface Tally {
  sales: number
  declined: number
  walkedAway: number
  cancelled: number
  refused: number
}

export interface Shopping {
  readonly stalls: Stalls
  readonly tally: Tally
  readonly seed: number
  /** Makes keys that no bazaar before had. */
  readonly run: string
  /** Nothing new is bought. */
  readonly closing: AbortSignal
  /** Nothing is received any more. */
  readonly over: AbortSignal
}

const DECLINED = { ...CARD, number: '4000000000009995' }
/** Of a hundred. */
const WALKS_AWAY = 10
const IS_DECLINED = 4
const CALLS_OFF = 4
const THINKS_MS = 400

/** Buys one thing after the other until the market closes, and says of each that it has arrived, until it is over. */
export async function goShopping(buyer: Visitor, shopping: Shopping): Promise<void> {
  const dice = newDice(shopping.seed, buyer.handle)
  const { items } = await must(buyer.market.orders.$get({ query: {} }))
  /** Numbers of orders of which something is still to arrive. */
  const expected = new Set(items.filter(isOpen).map(({ number }) => number))
  for (let count = 1; !shopping.over.aborted; count++) {
    const order = shopping.closing.aborted ? null : await buy(buyer, { ...shopping, dice, count })
    if (order) expected.add(order.number)
    const [number] = [...expected].slice(dice.roll(expected.size))
    if (number && !(await receive(buyer, number))) expected.delete(number)
    await sleep(dice.roll(THINKS_MS), undefined, { signal: shopping.over }).catch(() => undefined)
  }
}

async function buy(
  buyer: Visitor,
  { stalls, tally, dice, run, count }: Shopping & { dice: Dice; count: number },
): Promise<OrderView | null> {
  const { market, handle } = buyer
  const variantId = dice.pick(stalls.goods) ?? ''
  const json = { quantity: 1 + dice.roll(3) }
  const held = await ask(market.cart.lines[':variantId'].$put({ param: { variantId }, json }))
  if (!held.ok) {
    stalls.soldOut.add(variantId)
    tally.refused++
    return null
  }
  if (dice.chance(WALKS_AWAY)) {
    tally.walkedAway++
    return null
  }
  const quote = await ask(market.orders.quote.$get({ query: { country: ADDRESS.country } }))
  if (!quote.ok) return null
  const isDeclined = dice.chance(IS_DECLINED)
  const payment = { address: ADDRESS, card: isDeclined ? DECLINED : CARD, expectedTotalCents: quote.value.totalCents }
  const header = { 'idempotency-key': `${run}-${handle}-${count}` }
  const order = await ask(market.orders.$post({ header, json: payment }))
  if (!order.ok || !('sellerOrders' in order.value)) {
    tally[isDeclined ? 'declined' : 'refused']++
    // Such as lines whose time is over: they would stand in the way for ever.
    await ask(market.cart.$delete())
    return null
  }
  tally.sales++
  if (dice.chance(CALLS_OFF)) await callOff(buyer, order.value, tally)
  return order.value
}

async function callOff({ market }: Visitor, { number, sellerOrders }: OrderView, tally: Tally): Promise<void> {
  for (const { id } of sellerOrders) {
    const cancelled = await ask(
      market.orders[':number']['seller-orders'][':id'].cancel.$post({
        param: { number, id },
        header: { 'idempotency-key': `off-${id}` },
        json: { reason: 'Changed my mind' },
      }),
    )
    if (cancelled.ok) tally.cancelled++
  }
}

/** Says of what was sent that it is here. Returns whether something is still to come. */
async function receive({ market }: Visitor, number: string): Promise<boolean> {
  const order = await ask(market.orders[':number'].$get({ param: { number } }))
  if (!order.ok) return false
  for (const { id, status } of order.value.sellerOrders) {
    if (status !== 'shipped') continue
    await ask(market.orders[':number']['seller-orders'][':id'].receive.$post({ param: { number, id } }))
  }
  return order.value.sellerOrders.some(({ status }) => status === 'paid')
}

function isOpen({ sellerOrders }: OrderView): boolean {
  return sellerOrders.some(({ status }) => status === 'paid' || status === 'shipped')
}
