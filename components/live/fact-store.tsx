import { newerStates, type Versioned } from '#lib/live/rules'

/** The latest known facts of one kind about every variant this tab has met, and who wants to hear of each product. */
export interface FactStore<State extends Versioned> {
  /** Takes in what arrived, by whichever way: a page, a message, a snapshot, a poll. Never lets a version go back. Returns what was news. */
  apply(arrived: readonly State[]): State[]
  latest(variantId: string): State | undefined
  /** The variants of a product that were met, in the order they were. */
  variantsOf(productId: string): readonly string[]
  /** Rises with every change of one of the product's facts; 0 while none is known. */
  revisionOf(productId: string): number
  subscribe(productId: string, listener: () => void): () => void
}

export function createFactStore<State extends Versioned>(): FactStore<State> {
  const facts = new Map<string, State>()
  const variants = new Map<string, Set<string>>()
  const revisions = new Map<string, number>()
  const listeners = new Map<string, Set<() => void>>()
  const revisionOf = (productId: string) => revisions.get(productId) ?? 0

  return {
    apply(arrived) {
      const news = newerStates((variantId) => facts.get(variantId)?.version, arrived)
      for (const state of news) {
        facts.set(state.variantId, state)
        addTo(variants, state.productId, state.variantId)
      }
      for (const productId of new Set(news.map((state) => state.productId))) {
        revisions.set(productId, revisionOf(productId) + 1)
        for (const listener of listeners.get(productId) ?? []) listener()
      }
      return news
    },
    latest: (variantId) => facts.get(variantId),
    variantsOf: (productId) => [...(variants.get(productId) ?? [])],
    revisionOf,
    subscribe(productId, listener) {
      addTo(listeners, productId, listener)
      return () => void listeners.get(productId)?.delete(listener)
    },
  }
}

function addTo<T>(sets: Map<string, Set<T>>, key: string, value: T): void {
  const set = sets.get(key)
  if (set) set.add(value)
  else sets.set(key, new Set([value]))
}
