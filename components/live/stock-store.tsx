import type { LiveEvent, StockState } from '#lib/live/events'
import { newerStates } from '#lib/live/rules'
import { tellRoom } from './live-rooms.tsx'

/** The latest known count of every variant this tab has met, and who wants to hear of each product. */
const latest = new Map<string, StockState>()
const variantsOf = new Map<string, Set<string>>()
const revisions = new Map<string, number>()
const listeners = new Map<string, Set<() => void>>()

/** Takes in what arrived, by whichever way: a page, a message, a snapshot, a poll. Never lets a version go back. */
export function applyStock(arrived: readonly StockState[]): void {
  const news = newerStates((variantId) => latest.get(variantId)?.version, arrived)
  for (const state of news) {
    latest.set(state.variantId, state)
    addTo(variantsOf, state.productId, state.variantId)
  }
  for (const productId of new Set(news.map((state) => state.productId))) {
    revisions.set(productId, revisionOf(productId) + 1)
    for (const listener of listeners.get(productId) ?? []) listener()
  }
  for (const state of news) tellRoom(`product:${state.productId}`, { type: 'stock', ...state } satisfies LiveEvent)
}

/** The states, each replaced by the latest where that is newer. */
export function withLatest(states: readonly StockState[]): StockState[] {
  return states.map((state) => {
    const live = latest.get(state.variantId)
    return live && live.version > state.version ? live : state
  })
}

/** What a subscription says it knows of a product: version by variant. */
export function knownVersions(productId: string): Record<string, number> {
  const variantIds = [...(variantsOf.get(productId) ?? [])]
  return Object.fromEntries(variantIds.map((variantId) => [variantId, latest.get(variantId)?.version ?? 0]))
}

/** Rises with every change of one of the product's counts. */
export function revisionOf(productId: string): number {
  return revisions.get(productId) ?? 0
}

export function subscribeToProduct(productId: string, listener: () => void): () => void {
  addTo(listeners, productId, listener)
  return () => void listeners.get(productId)?.delete(listener)
}

function addTo<T>(sets: Map<string, Set<T>>, key: string, value: T): void {
  const set = sets.get(key)
  if (set) set.add(value)
  else sets.set(key, new Set([value]))
}
