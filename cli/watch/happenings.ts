import type { ProductView } from '#lib/catalog/schema'
import type { StockState } from '#lib/live/events'

/** What the live channel brought about the product. */
export type Message =
  | { readonly type: 'stock'; readonly state: StockState; readonly before: StockState | null }
  | Extract<Happening, { type: 'watchers' | 'connection' }>

/** One line of the output; with --json exactly these fields. */
export type Happening =
  | { readonly type: 'product'; readonly productId: string; readonly title: string; readonly revision: number }
  | ({ readonly type: 'stock'; readonly held: number } & StockState)
  | { readonly type: 'price'; readonly variantId: string; readonly fromCents: string; readonly toCents: string }
  | { readonly type: 'watchers'; readonly count: number }
  | { readonly type: 'connection'; readonly state: 'lost' | 'back' }

const COUNTS = ['available', 'onHand', 'waiting', 'onSale', 'opensAt'] as const

/** What there is to say about a message: nothing where only the version moved. */
export function happeningsOf(message: Message): Happening[] {
  if (message.type !== 'stock') return [message]
  const { state, before } = message
  if (before && COUNTS.every((name) => before[name] === state[name])) return []
  return [{ type: 'stock', held: state.onHand - state.available, ...state }]
}

/** The versions that cost something else than before. */
export function priceChanges(before: Pick<ProductView, 'variants'>, after: Pick<ProductView, 'variants'>): Happening[] {
  const prices = new Map(before.variants.map((variant) => [variant.id, variant.priceCents]))
  return after.variants.flatMap(({ id, priceCents }) => {
    const fromCents = prices.get(id)
    if (fromCents === undefined || fromCents === priceCents) return []
    return [{ type: 'price' as const, variantId: id, fromCents, toCents: priceCents }]
  })
}
