import type { LiveEvent, StockState } from '#lib/live/events'
import { createFactStore } from './fact-store.tsx'
import { tellRoom } from './live-rooms.tsx'

const store = createFactStore<StockState>()

/** Takes in counts that arrived, by whichever way. Never lets a version go back. */
export function applyStock(arrived: readonly StockState[]): void {
  for (const state of store.apply(arrived)) {
    tellRoom(`product:${state.productId}`, { type: 'stock', ...state } satisfies LiveEvent)
  }
}

/** The states, each replaced by the latest where that is newer. */
export function withLatest(states: readonly StockState[]): StockState[] {
  return states.map((state) => {
    const live = store.latest(state.variantId)
    return live && live.version > state.version ? live : state
  })
}

/** What a subscription says it knows of a product: version by variant. */
export function knownVersions(productId: string): Record<string, number> {
  return Object.fromEntries(
    store.variantsOf(productId).map((variantId) => [variantId, store.latest(variantId)?.version ?? 0]),
  )
}

export const { revisionOf, subscribe: subscribeToProduct } = store
