import { createBatcher } from '#lib/batch'
import { lockCartsForCheckout, type CheckoutCart } from '#lib/cart/commands'
import { hotPool, sqlState, transact, type Tx } from '#lib/db'
import { env } from '#lib/env'
import { newId } from '#lib/ids'
import { beginCheckouts, type CheckoutLine } from '#lib/inventory/commands/checkout'
import { CURRENCY, type Cents } from '#lib/money'
import { once } from '#lib/once'
import { ok, refuse, type Result } from '#lib/result'
import type { OrderCode } from '../errors.ts'
import type { ProviderName } from '../payments/provider.ts'
import { cartLinesOf, readTerms } from '../queries/quote.ts'
import { goodsOf, isSameGoods, priceCart, totalOf } from '../rules/lines.ts'
import type { OrderInput } from '../schema.ts'
import { freeKeys } from '../sql/key.ts'
import type { SellerPart, StoredAnswer, Terms } from '../types.ts'
import { claimKeys, inProgress } from './claim-key.ts'
import { writeDrafts } from './write-drafts.ts'

export interface OrderRequest {
  readonly buyerId: string
  /** The buyer's own shop, from which nothing may be bought. */
  readonly sellerId: string | null
  readonly key: string
  readonly input: OrderInput
  /** Who it is paid through, where that is not the market's choice. */
  readonly provider?: ProviderName
}

/** An order to be paid. */
export interface Draft {
  readonly orderId: string
  readonly providerKey: string
  readonly amountCents: Cents
  readonly currency: string
}

/** A draft, or what the first request with this key was answered. */
export type Prepared = { readonly draft: Draft } | { readonly answer: StoredAnswer }

/** A request with the id that its order will have, the same however often it is run. */
interface Numbered extends OrderRequest {
  readonly orderId: string
}

type Outcome = Result<Prepared, OrderCode>

export const ORDER_ROUTE = 'POST /orders'

/**
 * PREPARE: takes the key, prices the cart and turns its holds into the order's. Requests of a node go together, as one transaction.
 * Guarantees: a refusal leaves nothing behind, not even the key, and is nobody else's; the card's number and cvc are not written
 * anywhere; run again after its COMMIT was not heard of, it finds what it made.
 * Concurrency: the keys' rows come first, so repeats meet on their unique index; then the carts, then their holds, each in order.
 * No stock lock.
 * Refuses: in-progress, key-reused, total-changed, and what `priceCart` does.
 */
export async function prepareOrder(request: OrderRequest): Promise<Outcome> {
  try {
    return await prepareBatcher()({ ...request, orderId: newId() })
  } catch (error) {
    // 55P03: the key or the cart has been locked by another request for longer than we wait.
    if (sqlState(error) === '55P03') return inProgress()
    throw error
  }
}

function prepareBatcher() {
  return once('prepare-batcher', () =>
    createBatcher<Numbered, Outcome>({
      run: prepareOrders,
      // One: nothing in it waits for long, and a second lane halves the batches.
      laneOf: () => '',
      lanes: 1,
      maxBatch: 64,
      maxQueue: 2_000,
      maxWaitMs: 5_000,
    }),
  )
}

/**
 * In order. Of several requests of one buyer each sees what those before it left: in one transaction the unique key of a cart's
 * attempts would refuse them all, and the batch be split, which would be a way to slow others down.
 */
async function prepareOrders(requests: readonly Numbered[]): Promise<Outcome[]> {
  const first = new Map(requests.toReversed().map((request) => [request.buyerId, request]))
  const now = requests.filter((request) => first.get(request.buyerId) === request)
  const answers = await prepareEach(now)
  if (now.length === requests.length) return answers
  const later = requests.filter((request) => first.get(request.buyerId) !== request)
  const byRequest = new Map([...zip(now, answers), ...zip(later, await prepareOrders(later))])
  return requests.map((request) => byRequest.get(request) ?? inProgress())
}

/** Those whose lines fell due between the reading and the writing are done again, alone: the database's clock has the last word. */
async function prepareEach(requests: readonly Numbered[]): Promise<Outcome[]> {
  try {
    return await transact((tx) => prepare(tx, requests), hotPool())
  } catch (error) {
    if (!(error instanceof Lapsed)) throw error
    if (requests.length === 1) return [refuse('lines-lapsed', { lines: error.lines })]
    const answers: Outcome[] = []
    for (const request of requests) answers.push(...(await prepareEach([request])))
    return answers
  }
}

class Lapsed extends Error {
  readonly lines: number
  constructor(lines: number) {
    super('Lines fell due while they were being sold.')
    this.lines = lines
  }
}

async function prepare(tx: Tx, requests: readonly Numbered[]): Promise<Outcome[]> {
  const [claims, carts] = await Promise.all([
    claimKeys(
      tx,
      requests.map(({ buyerId, key, input, orderId }) => ({
        ...{ key: { userId: buyerId, route: ORDER_ROUTE, key }, input },
        subject: { orderId },
      })),
    ),
    lockCartsForCheckout(
      tx,
      requests.map((request) => request.buyerId),
    ),
  ])
  const mine = requests.filter((_, index) => isMine(claims[index]))
  const priced = new Map(zip(mine, await priceEach(tx, mine, carts)))
  const sold = mine.flatMap((request) => {
    const [cart, parts] = [carts.get(request.buyerId), priced.get(request)]
    return cart && parts?.ok ? [{ ...request, ...cart, parts: parts.value }] : []
  })
  const refused = mine.filter((request) => !priced.get(request)?.ok)
  if (refused.length > 0) tx.send(freeKeys(refused.map((request) => request.orderId)))
  if (sold.length > 0) await hand(tx, sold)
  return requests.map((request, index): Outcome => {
    const claimed = claims[index] ?? inProgress()
    if (!claimed.ok) return claimed
    if (claimed.value === 'made') return ok({ draft: draftOf(request) })
    if (claimed.value) return ok({ answer: claimed.value })
    const parts = priced.get(request) ?? inProgress()
    return parts.ok ? ok({ draft: draftOf(request) }) : parts
  })
}

function isMine(claim: Awaited<ReturnType<typeof claimKeys>>[number] | undefined): boolean {
  return claim?.ok === true && claim.value === null
}

async function priceEach(
  tx: Tx,
  requests: readonly Numbered[],
  carts: ReadonlyMap<string, CheckoutCart>,
): Promise<Result<SellerPart[], OrderCode>[]> {
  if (requests.length === 0) return []
  const lines = requests.flatMap((request) => carts.get(request.buyerId)?.lines ?? [])
  const terms = await readTerms(tx, unique(lines.map((line) => line.variantId)), unique(requests.map(countryOf)))
  return requests.map((request) => price(request, carts.get(request.buyerId), terms))
}

function price(
  { input, sellerId }: Numbered,
  cart: CheckoutCart | undefined,
  terms: Terms,
): Result<SellerPart[], OrderCode> {
  const { country } = input.address
  const to = { country, methodIds: input.shippingMethodIds ?? [], ownSellerId: sellerId }
  const parts = priceCart(cartLinesOf(cart?.lines ?? []), terms, to)
  if (!parts.ok) return parts
  const totalCents = totalOf(parts.value)
  if (totalCents === BigInt(input.expectedTotalCents)) return parts
  return refuse('total-changed', { totalCents: totalCents.toString() })
}

/** Writes the drafts, and hands them the holds that they sell. */
async function hand(
  tx: Tx,
  sold: readonly (Numbered & CheckoutCart & { readonly parts: readonly SellerPart[] })[],
): Promise<void> {
  const { CHECKOUT_TTL_MS } = env()
  writeDrafts(
    tx,
    sold.map((request) => ({ ...request, ...draftOf(request) })),
  )
  const held = Map.groupBy(await beginCheckouts(tx, sold, CHECKOUT_TTL_MS), (line) => line.orderId)
  for (const { orderId, parts } of sold) requireHeld(parts, held.get(orderId) ?? [])
}

function requireHeld(parts: readonly SellerPart[], held: readonly CheckoutLine[]): void {
  const goods = parts.flatMap((part) => goodsOf(part.lines))
  if (!isSameGoods(goods, held)) throw new Lapsed(goods.length - held.length)
}

/** What is to be paid: what the buyer expected, or it was refused. */
function draftOf({ orderId, input }: Numbered): Draft {
  const amountCents = BigInt(input.expectedTotalCents)
  return { orderId, providerKey: `order:${orderId}`, amountCents, currency: CURRENCY }
}

function countryOf({ input }: Numbered): string {
  return input.address.country
}

function unique(words: readonly string[]): string[] {
  return [...new Set(words)]
}

function zip<A, B>(left: readonly A[], right: readonly B[]): [A, B][] {
  return left.flatMap((each, index) => {
    const other = right[index]
    return other === undefined ? [] : [[each, other]]
  })
}
