import type { LiveServer, WatchCount } from '../types.ts'

/** After so many news of what changed, all is said once: what was lost on the way is right again by then. */
const WHOLE_EVERY = 10

/** How many look at each product, on this node and on the others. */
export interface Watching {
  /** As of the last `refresh`, or of the first question since. */
  count(productId: string): number
  /** Has each product counted anew: once a second, and not for each of a thousand who come at once. */
  refresh(): void
  /** What of this node's counts the others are to hear now; 0 where nobody looks any more. */
  news(): WatchCount[]
  hear(node: string, counts: readonly WatchCount[]): void
  /** A node is gone, and whoever looked at anything there comes back to another. */
  forget(node: string): void
}

/** `watched` says which products anybody on this node looks at. */
export function createWatching(io: LiveServer, watched: () => readonly string[]): Watching {
  const counted = new Map<string, number>()
  const countHere = (productId: string) => {
    const count = counted.get(productId) ?? countBuyers(io, productId)
    counted.set(productId, count)
    return count
  }
  const others = new Map<string, Map<string, number>>()
  let said = new Map<string, number>()
  let turn = 0
  return {
    count(productId) {
      let count = countHere(productId)
      for (const counts of others.values()) count += counts.get(productId) ?? 0
      return count
    },
    refresh: () => counted.clear(),
    news() {
      const now = new Map(watched().map((productId) => [productId, countHere(productId)]))
      const isWhole = turn++ % WHOLE_EVERY === 0
      const changed = [...now].filter(([productId, count]) => isWhole || said.get(productId) !== count)
      const gone = [...said.keys()].filter((productId) => !now.has(productId))
      said = now
      return [...changed, ...gone.map((productId): WatchCount => [productId, 0])]
    },
    hear(node, counts) {
      const known = others.get(node) ?? new Map<string, number>()
      others.set(node, known)
      for (const [productId, count] of counts) {
        if (count > 0) known.set(productId, count)
        else known.delete(productId)
      }
    },
    forget: (node) => void others.delete(node),
  }
}

/** How many look at a product from outside a shop: a seller's own screens hear all that the shop sells. */
function countBuyers(io: LiveServer, productId: string): number {
  const { adapter, sockets } = io.of('/')
  let count = 0
  for (const id of adapter.rooms.get(`product:${productId}`) ?? []) {
    const socket = sockets.get(id)
    if (socket && !socket.rooms.has(`seller:${socket.data.member?.sellerId}`)) count += 1
  }
  return count
}
