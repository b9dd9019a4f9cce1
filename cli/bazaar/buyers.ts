import { setTimeout as sleep } from 'node:timers/promises'
import type { OrderListView, OrderView } from '#lib/orders/schema'
import type { QuoteView } from '#lib/orders/schema/quote'
import type { Send } from './client.ts'
import { newDice, type Dice } from './dice.ts'
import type { Person } from './people.ts'
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

const ADDRESS = { name: 'Ada', line1: 'Lane 1', postalCode: '10115', city: 'Berlin', country: 'DE' }
const PAYS = { number: '4242424242424242', name: 'Ada', expiry: '01/40', cvc: '123' }
const DECLINED = { ...PAYS, number: '4000000000009995' }
/** Of a hundred. */
const WALKS_AWAY = 10
const IS_DECLINED = 4
const CALLS_OFF = 4
const THINKS_MS = 400

/** Buys one thing after the other until the market closes, and says of each that it has arrived, until it is over. */
export async function goShopping(send: Send, buyer: Person, shopping: Shopping): Promise<void> {
  const dice = newDice(shopping.seed, buyer.handle)
  const { items } = (await send(buyer, { path: '/orders' })).json as OrderListView
  /** Numbers of orders of which something is still to arrive. */
  const expected = new Set(items.filter(isOpen).map(({ number }) => number))
  for (let count = 1; !shopping.over.aborted; count++) {
    const order = shopping.closing.aborted ? null : await buy(send, buyer, { ...shopping, dice, count })
    if (order) expected.add(order.number)
    const [number] = [...expected].slice(dice.roll(expected.size))
    if (number && !(await receive(send, buyer, number))) expected.delete(number)
    await sleep(dice.roll(THINKS_MS), undefined, { signal: shopping.over }).catch(() => undefined)
  }
}

async function buy(
  send: Send,
  buyer: Person,
  { stalls, tally, dice, run, count }: Shopping & { dice: Dice; count: number },
): Promise<OrderView | null> {
  const variantId = dice.pick(stalls.goods) ?? ''
  const quantity = 1 + dice.roll(3)
  const held = await send(buyer, { method: 'PUT', path: `/cart/lines/${variantId}`, body: { quantity } })
  if (held.status !== 200) {
    stalls.soldOut.add(variantId)
    tally.refused++
    return null
  }
  if (dice.chance(WALKS_AWAY)) {
    tally.walkedAway++
    return null
  }
  const quote = await send(buyer, { path: '/orders/quote?country=DE' })
  if (quote.status !== 200) return null
  const isDeclined = dice.chance(IS_DECLINED)
  const body = {
    address: ADDRESS,
    card: isDeclined ? DECLINED : PAYS,
    expectedTotalCents: (quote.json as QuoteView).totalCents,
  }
  const answer = await send(buyer, { method: 'POST', path: '/orders', body, key: `${run}-${buyer.handle}-${count}` })
  if (answer.status !== 201) {
    tally[isDeclined ? 'declined' : 'refused']++
    // Such as lines whose time is over: they would stand in the way for ever.
    await send(buyer, { method: 'DELETE', path: '/cart' })
    return null
  }
  tally.sales++
  const order = answer.json as OrderView
  if (dice.chance(CALLS_OFF)) await callOff(send, buyer, order, tally)
  return order
}

async function callOff(send: Send, buyer: Person, { number, sellerOrders }: OrderView, tally: Tally): Promise<void> {
  for (const { id } of sellerOrders) {
    const path = `/orders/${number}/seller-orders/${id}/cancel`
    const { status } = await send(buyer, {
      method: 'POST',
      path,
      body: { reason: 'Changed my mind' },
      key: `off-${id}`,
    })
    if (status === 200) tally.cancelled++
  }
}

/** Says of what was sent that it is here. Returns whether something is still to come. */
async function receive(send: Send, buyer: Person, number: string): Promise<boolean> {
  const { status, json } = await send(buyer, { path: `/orders/${number}` })
  if (status !== 200) return false
  const order = json as OrderView
  for (const { id, status: state } of order.sellerOrders) {
    if (state !== 'shipped') continue
    await send(buyer, { method: 'POST', path: `/orders/${number}/seller-orders/${id}/receive` })
  }
  return order.sellerOrders.some(({ status: state }) => state === 'paid')
}

function isOpen({ sellerOrders }: OrderView): boolean {
  return sellerOrders.some(({ status }) => status === 'paid' || status === 'shipped')
}
