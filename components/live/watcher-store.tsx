import type { Watchers } from '#lib/live/events'

const counts = new Map<string, number>()
const listeners = new Set<() => void>()

export function setWatchers(arrived: readonly Watchers[]): void {
  for (const { productId, count } of arrived) counts.set(productId, count)
  if (arrived.length > 0) for (const listener of listeners) listener()
}

/** How many browsers have the product on their screen, this one included; 0 until it is known. */
export function watchersOf(productId: string): number {
  return counts.get(productId) ?? 0
}

export function subscribeToWatchers(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
