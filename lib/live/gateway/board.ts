import { newerStates, type Versioned } from '../rules.ts'

interface Entry<State> {
  readonly states: Map<string, State>
  isRead: boolean
  reading: Promise<void> | null
}

/** The latest known facts of one kind, counts or prices, about every product that someone on this node watches. */
export interface Board<State extends Versioned> {
  /**
   * Guarantees that the products' facts are on the board, at least as new as the moment of the call.
   * One read serves all who come while it is under way, and whoever comes later needs none.
   * Concurrency: join the room first, then call this; then no change falls between.
   */
  warm(productIds: readonly string[]): Promise<void>
  /** Takes in states of watched products; returns those that were news. */
  put(states: readonly State[]): State[]
  statesOf(productId: string): State[]
  /** Of the states, those that are news, without taking them in. */
  newsIn(states: readonly State[]): State[]
  isWatched(productId: string): boolean
  drop(productId: string): void
  productIds(): string[]
}

export function createBoard<State extends Versioned>(
  readAll: (productIds: readonly string[]) => Promise<readonly State[]>,
): Board<State> {
  const entries = new Map<string, Entry<State>>()
  const versionOf = (state: State) => entries.get(state.productId)?.states.get(state.variantId)?.version
  const newsIn = (states: readonly State[]) => {
    const watched = states.filter((state) => entries.has(state.productId))
    const byVariant = new Map(watched.map((state) => [state.variantId, versionOf(state)]))
    return newerStates((variantId) => byVariant.get(variantId), watched)
  }

  function put(states: readonly State[]): State[] {
    const news = newsIn(states)
    for (const state of news) entries.get(state.productId)?.states.set(state.variantId, state)
    return news
  }

  /** The read belongs to the entries it began with: one that was dropped meanwhile is read anew by its next watcher. */
  function read(cold: ReadonlyMap<string, Entry<State>>): Promise<void> {
    const reading = readAll([...cold.keys()]).then(
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
    isWatched: (productId) => entries.has(productId),
    drop: (productId) => void entries.delete(productId),
    productIds: () => [...entries.keys()],
  }
}

function entryOf<State>(entries: Map<string, Entry<State>>, productId: string): Entry<State> {
  let entry = entries.get(productId)
  if (!entry) {
    entry = { states: new Map(), isRead: false, reading: null }
    entries.set(productId, entry)
  }
  return entry
}
