import type { Caller } from './caller.ts'
import type { Person } from './people.ts'
import { openSession, signUp } from './session.ts'

/** What a buyer and the seller it buys from tell each other beside the market. */
export interface Counter {
  /** Seller orders that are to be sent. */
  readonly toShip: string[]
  /** Those that were. */
  readonly shipped: Set<string>
}

const CATEGORIES = ['other', 'home', 'toys', 'garden'] as const
export const WORDS = ['amber', 'basil', 'cedar', 'denim', 'ember', 'fig', 'ginger', 'hazel', 'indigo', 'jade'] as const
const PIECES = 200
const SALES = 3

/** Sells until the run is over: the assignment's functions of a seller in turn. */
export async function sell(caller: Caller, person: Person, place: number, counter: Counter): Promise<void> {
  const session = openSession(caller, person, place, signUp('seller'))
  const { api } = caller
  for (let round = place; !caller.isDone(); round++) {
    const word = WORDS[(place + round) % WORDS.length] ?? ''
    const json = {
      title: `${word} ware ${round} of ${person.handle}`,
      categorySlug: CATEGORIES[0],
      keywords: [word, 'bench'],
      condition: 'good' as const,
      variants: [{ priceCents: '1000', quantity: PIECES }],
      publish: true,
    }
    const product =
      round % SALES === 0 ? await caller.call('seller: put on sale', () => api.products.$post({ json })) : null
    const variant = product?.variants[0]
    if (product && variant) {
      const param = { id: product.id, variantId: variant.id }
      await caller.call('seller: change price', () =>
        api.products[':id'].variants[':variantId'].$patch({ param, json: { priceCents: '900' } }),
      )
      const delta = { delta: -10, note: '', ifOver: 'queue' as const }
      await caller.call('seller: remove quantity', () =>
        api.stock[':variantId'].adjustments.$post({ param: { variantId: variant.id }, json: delta }),
      )
    }
    await caller.call('seller: list on sale', () => api.seller.products.$get({ query: { status: 'published' } }))
    await caller.call('seller: own rating', () => api.seller.rating.$get())
    const id = counter.toShip.shift()
    if (id) {
      await caller.call('seller: ship', () => api.seller.orders[':id'].ship.$post({ param: { id }, json: {} }))
      counter.shipped.add(id)
    }
    await session.spend(4)
  }
}
