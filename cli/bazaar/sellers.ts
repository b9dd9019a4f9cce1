import { setTimeout as sleep } from 'node:timers/promises'
import type { SellerOrderListView } from '#lib/orders/schema'
import type { OwnProductView } from '#lib/catalog/schema'
import type { Send } from './client.ts'
import { newDice } from './dice.ts'
import { listGoods, type Person } from './people.ts'

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
export async function publishGoods(send: Send, sellers: readonly Person[], seed: number): Promise<Stalls> {
  const known = await listGoods(sellers.map(({ handle }) => handle))
  const made = await Promise.all(
    sellers.map(async (seller) => {
      const own = known.filter(({ handle }) => handle === seller.handle)
      if (own.length > 0) return own.map(({ variantId }) => variantId)
      const dice = newDice(seed, seller.handle)
      return Promise.all(Array.from({ length: PRODUCTS }, (_, index) => publish(send, seller, index, dice.roll(4_000))))
    }),
  )
  return { goods: made.flat(), soldOut: new Set() }
}

async function publish(send: Send, seller: Person, index: number, extraCents: number): Promise<string> {
  const body = {
    title: `Ware ${index + 1} of ${seller.handle}`,
    categorySlug: 'other',
    variants: [{ priceCents: `${500 + extraCents}`, quantity: PIECES }],
  }
  const draft = await send(seller, { method: 'POST', path: '/products', body })
  const { id, variants } = draft.json as OwnProductView
  const published = await send(seller, { method: 'POST', path: `/products/${id}/publish` })
  const [variant] = variants ?? []
  if (published.status !== 200 || !variant) throw new Error(`Nothing was published: ${JSON.stringify(draft.json)}`)
  return variant.id
}

/** Sends what is ordered and fills up what is sold out, until it is over. */
export async function keepShop(
  send: Send,
  seller: Person,
  stalls: Stalls,
  { over, goods }: { over: AbortSignal; goods: readonly string[] },
): Promise<void> {
  while (!over.aborted) {
    const answer = await send(seller, { path: '/seller/orders?status=paid' })
    for (const { id } of (answer.json as SellerOrderListView).items) {
      // One that its buyer has called off meanwhile stays where it is.
      await send(seller, { method: 'POST', path: `/seller/orders/${id}/ship`, body: {} })
    }
    for (const variantId of goods.filter((each) => stalls.soldOut.delete(each))) {
      await send(seller, { method: 'POST', path: `/stock/${variantId}/adjustments`, body: { delta: MORE } })
    }
    await sleep(PERIOD_MS, undefined, { signal: over }).catch(() => undefined)
  }
}
