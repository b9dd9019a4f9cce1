import { setTimeout as sleep } from 'node:timers/promises'
import { ask, must, type Visitor } from '../runner/client.ts'
import { listGoods } from '../runner/people.ts'
import { newDice } from './dice.ts'

/** What is on sale, and what sellers heard is sold out. */
export interface Stalls {
  readonly goods: string[]
  readonly soldOut: Set<string>
}

/** A shop has so many products, each first with so many pieces. */
const PRODUCTS = 3
const PIECES = 25
/** How many pieces come again when there are none. */
const MORE = 20
const PERIOD_MS = 300

/** Every shop without goods publishes some. Returns all that is on sale. */
export async function publishGoods(sellers: readonly Visitor[], seed: number): Promise<Stalls> {
  const known = await listGoods(sellers.map(({ handle }) => handle))
  const made = await Promise.all(
    sellers.map(async (seller) => {
      const own = known.filter(({ handle }) => handle === seller.handle)
      if (own.length > 0) return own.map(({ variantId }) => variantId)
      const dice = newDice(seed, seller.handle)
      return Promise.all(Array.from({ length: PRODUCTS }, (_, index) => publish(seller, index, dice.roll(4_000))))
    }),
  )
  return { goods: made.flat(), soldOut: new Set() }
}

async function publish({ handle, market }: Visitor, index: number, extraCents: number): Promise<string> {
  const json = {
    title: `Ware ${index + 1} of ${handle}`,
    categorySlug: 'other',
    variants: [{ priceCents: `${500 + extraCents}`, quantity: PIECES }],
    publish: true,
  }
  const { variants } = await must(market.products.$post({ json }))
  return variants[0]?.id ?? ''
}

/** Sends what is ordered and fills up what is sold out, until it is over. */
export async function keepShop(
  { market }: Visitor,
  stalls: Stalls,
  { over, goods }: { over: AbortSignal; goods: readonly string[] },
): Promise<void> {
  while (!over.aborted) {
    const paid = await must(market.seller.orders.$get({ query: { status: 'paid' } }))
    for (const { id } of paid.items) {
      // One that its buyer has called off meanwhile stays where it is.
      await ask(market.seller.orders[':id'].ship.$post({ param: { id }, json: {} }))
    }
    for (const variantId of goods.filter((each) => stalls.soldOut.delete(each))) {
      await must(market.stock[':variantId'].adjustments.$post({ param: { variantId }, json: { delta: MORE } }))
    }
    await sleep(PERIOD_MS, undefined, { signal: over }).catch(() => undefined)
  }
}
