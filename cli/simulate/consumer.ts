import { setTimeout as sleep } from 'node:timers/promises'
import type { Options } from './options.ts'
import { ask, must, type Visitor } from '../runner/client.ts'
import { ADDRESS, CARD } from '../runner/purchase.ts'
import type { Stalls, Tally } from './producer.ts'
import type { Scenario, Step } from './scenario.ts'

export interface Shopping {
  readonly stalls: Stalls
  readonly wait: Options['wait']
  readonly tally: Tally
  readonly over: AbortSignal
  /** Makes keys that no simulation before had. */
  readonly run: string
  /** Told of each piece that is paid for, by its product's id in the scenario. */
  readonly onBought: (productId: string) => void
}

/** One piece in the cart. */
interface Piece {
  readonly productId: string
  readonly variantId: string
}

/** No offer is waited for longer than this before it is looked for. */
const LOOK_MS = 100

/** It was over before a consumer had everything. */
export class GivenUp extends Error {}

/**
 * Goes on all shopping trips, one after the other: adds and removes pieces one at a time, and pays at the end of each.
 * Rejects: when it is over before, with `GivenUp`, which names what was waited for.
 */
export async function shop(
  visitor: Visitor,
  { name, trips, retryMs }: Scenario['consumers'][number],
  shopping: Shopping,
): Promise<void> {
  for (const [index, steps] of trips.entries()) {
    const pieces: Piece[] = []
    for (const step of steps.flatMap(oneByOne)) {
      if (step.type === 'remove') await putBack(visitor, step, pieces)
      else pieces.push(await find(visitor, step, { ...shopping, name, retryMs, pieces }))
    }
    if (pieces.length > 0) await pay(visitor, pieces.length, `${shopping.run}-${visitor.handle}-${index}`)
    shopping.tally.bought += pieces.length
    for (const { productId } of pieces) shopping.onBought(productId)
  }
}

function oneByOne(step: Step): Step[] {
  return Array.from({ length: step.pieces }, () => ({ ...step, pieces: 1 }))
}

interface Wish extends Shopping {
  readonly name: string
  readonly retryMs: number
  /** What is in the cart already. */
  readonly pieces: readonly Piece[]
}

/** Adds one piece of a product, whoever made it, and waits for it where there is none. */
async function find(visitor: Visitor, { productId }: Step, wish: Wish): Promise<Piece> {
  const makers = wish.stalls.get(productId) ?? []
  for (;;) {
    if (wish.over.aborted) throw new GivenUp(`${wish.name} waits for ${productId}`)
    for (const variantId of await listFilled(visitor, makers)) {
      if (await take(visitor, variantId, wish.pieces)) return { productId, variantId }
    }
    const offered =
      wish.wait === 'waitlist' ? await awaitOffer(visitor, makers, wish) : await rest(wish.retryMs, wish.over)
    if (offered) return { productId, variantId: offered }
  }
}

/** Those of the variants that have a piece to sell. */
async function listFilled({ market }: Visitor, variantIds: readonly string[]): Promise<string[]> {
  const { stock } = await must(market.stock.$get({ query: { variantId: variantIds.join(',') } }))
  const filled = new Set(stock.filter(({ available }) => available > 0).map(({ variantId }) => variantId))
  return variantIds.filter((variantId) => filled.has(variantId))
}

/** Has the cart hold one piece more. Returns whether it does; false when others were faster. */
async function take({ market }: Visitor, variantId: string, pieces: readonly Piece[]): Promise<boolean> {
  const json = { quantity: countOf(variantId, pieces) + 1 }
  const answer = await ask(market.cart.lines[':variantId'].$put({ param: { variantId }, json }))
  if (!answer.ok && !['sold-out', 'not-enough'].includes(answer.code)) throw new Error(answer.message)
  return answer.ok
}

/** Gives the piece back that was added last. */
async function putBack({ market }: Visitor, { productId }: Step, pieces: Piece[]): Promise<void> {
  const place = pieces.findLastIndex((piece) => piece.productId === productId)
  const [piece] = place < 0 ? [] : pieces.splice(place, 1)
  if (!piece) return
  const { variantId } = piece
  const json = { quantity: countOf(variantId, pieces) }
  await must(market.cart.lines[':variantId'].$put({ param: { variantId }, json }))
}

/**
 * Joins the waitlist of every maker and takes the first piece that is offered; the other places are given up, and with them
 * what was offered meanwhile. Returns whose piece it was; null when there is one to be had without waiting.
 */
async function awaitOffer(visitor: Visitor, makers: readonly string[], wish: Wish): Promise<string | null> {
  const { waitlist } = visitor.market
  for (const variantId of makers) {
    const joined = await ask(waitlist[':variantId'].$put({ param: { variantId }, json: { quantity: 1 } }))
    if (!joined.ok && joined.code !== 'still-available') throw new Error(joined.message)
    if (!joined.ok) return leave(visitor, makers, null)
  }
  while (!wish.over.aborted) {
    const { places } = await must(waitlist.$get())
    const offer = places.find((place) => place.offer && makers.includes(place.variantId))
    if (offer && (await take(visitor, offer.variantId, wish.pieces))) return leave(visitor, makers, offer.variantId)
    await rest(Math.min(wish.retryMs, LOOK_MS), wish.over)
  }
  return null
}

async function leave({ market }: Visitor, makers: readonly string[], taken: string | null): Promise<string | null> {
  const others = makers.filter((variantId) => variantId !== taken)
  await Promise.all(others.map((variantId) => must(market.waitlist[':variantId'].$delete({ param: { variantId } }))))
  return taken
}

/** Pays for the cart. Rejects: an order of another number of pieces than were put into it. */
async function pay({ market }: Visitor, pieces: number, key: string): Promise<void> {
  const { totalCents } = await must(market.orders.quote.$get({ query: { country: ADDRESS.country } }))
  const payment = { address: ADDRESS, card: CARD, expectedTotalCents: totalCents }
  const order = await must(market.orders.$post({ header: { 'idempotency-key': key }, json: payment }))
  const lines = 'sellerOrders' in order ? order.sellerOrders.flatMap((part) => part.lines) : []
  const bought = lines.reduce((sum, { quantity }) => sum + quantity, 0)
  if (bought !== pieces) throw new Error(`The order is of ${bought} pieces, not of ${pieces}.`)
}

function countOf(variantId: string, pieces: readonly Piece[]): number {
  return pieces.filter((piece) => piece.variantId === variantId).length
}

async function rest(ms: number, over: AbortSignal): Promise<null> {
  await sleep(ms, undefined, { signal: over }).catch(() => undefined)
  return null
}
