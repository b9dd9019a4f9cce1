import type { RatingState } from '#lib/live/events'

type Rating = Pick<RatingState, 'up' | 'down' | 'version'>

const ratings = new Map<string, Rating>()
const listeners = new Set<() => void>()

/** Takes in what a shop or a product comes to, by whichever way it came. Never lets a version go back. */
export function applyRating(kind: 'shop' | 'product', id: string, { up, down, version }: Rating): void {
  const key = `${kind}:${id}`
  const known = ratings.get(key)
  if (known && known.version >= version) return
  ratings.set(key, { up, down, version })
  for (const listener of listeners) listener()
}

/** What it comes to as far as this tab knows. */
export function latestRating(kind: 'shop' | 'product', id: string): Rating | undefined {
  return ratings.get(`${kind}:${id}`)
}

export function subscribeToRatings(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
