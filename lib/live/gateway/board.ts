import type { StockState } from '../events.ts'
import { newerStates } from '../rules.ts'

interface Entry {
  readonly states: Map<string, StockState>
  isRead: boolean
  reading: Promise<void> | null
}

/** The latest known counts of every product that someone on this node watches. */
export interface Board {
  /**
   * Guarantees that the products' counts are on the board, at least as new as the moment of the call.
   * One read serves all who come while it is under way, and whoever comes later needs none.
   * Concurrency: join the room first, then call this; then no change falls between.
   */
  warm(productIds: readonly string[]): Promise<void>
  /** Takes in states of watched products; returns those that were news. */
  put(states: readonly StockState[]): StockState[]
  statesOf(productId: string): StockState[]
  /** Of the states, those that are news, without taking them in. */
  newsIn(states: readonly StockState[]): StockState[]
  drop(productId: string): void
  productIds(): string[]
}

export function createBoard(readStock: (productIds: readonly string[]) => Promise<readonly StockState[]>): Board {
  const entries = new Map<string, Entry>()
  const versionOf = (state: StockState) => entries.get(state.productId)?.states.get(state.variantId)?.version
  const newsIn = (states: readonly StockState[]) => {
    const watched = states.filter((state) => entries.has(state.productId))
    const byVariant = new Map(watched.map((state) => [state.variantId, versionOf(state)]))
    return newerStates((variantId) => byVariant.get(variantId), watched)
  }

  function put(states: readonly StockState[]): StockState[] {
    const news = newsIn(states)
    for (const state of news) entries.get(state.productId)?.states.set(state.variantId, state)
    return news
  }

  /** The read belongs to the entries it began with: one that was dropped meanwhile is read anew by its next watcher. */
  function read(cold: ReadonlyMap<string, Entry>): Promise<void> {
    const reading = readStock([...cold.keys()]).then(
      (states) => {
        put(states.filter((state) => cold.get(state.productId) === entries.get(state.productId)))
        for (const entry of cold.values()) Object.assign(entry, { isRead: true, reading: null })
      },
      (error: unknown) => {
        for (const entry of cold.values()) entry.reading = null
        throw error
      },
    )
    for (const entry of cold.values()) entry.reading = reading
    return reading
  }

  return {
    async warm(productIds) {
      const wanted = productIds.map((id) => [id, entryOf(entries, id)] as const)
      const cold = new Map(wanted.filter(([, entry]) => !entry.isRead && !entry.reading))
      if (cold.size > 0) void read(cold).catch(() => undefined)
      await Promise.all(wanted.flatMap(([, entry]) => entry.reading ?? []))
    },
    put,
    newsIn,
    statesOf: (productId) => [...(entries.get(productId)?.states.values() ?? [])],
    drop: (productId) => void entries.delete(productId),
    productIds: () => [...entries.keys()],
  }
}

function entryOf(entries: Map<string, Entry>, productId: string): Entry {
  let entry = entries.get(productId)
  if (!entry) {
    entry = { states: new Map(), isRead: false, reading: null }
    entries.set(productId, entry)
  }
  return entry
}
