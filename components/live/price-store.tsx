import type { PriceState } from '#lib/live/events'
import { createFactStore } from './fact-store.tsx'

const store = createFactStore<PriceState>()

/** Takes in prices that arrived, by whichever way. Never lets a version go back. */
export function applyPrices(arrived: readonly PriceState[]): void {
  store.apply(arrived)
}

/** The latest prices of a product's variants, of the product's latest revision that is known. */
export function pricesOf(productId: string): PriceState[] {
  const prices = store.variantsOf(productId).flatMap((variantId) => store.latest(variantId) ?? [])
  // A variant that was taken out of the product is not told again: it stays behind.
  const latest = Math.max(...prices.map((price) => price.version))
  return prices.filter((price) => price.version === latest)
}

export const { revisionOf: priceRevisionOf, subscribe: subscribeToPrices } = store
