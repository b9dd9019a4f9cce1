import type { RoomKind } from '#lib/live/types'
import { getSellerRating } from './queries.ts'

/** `shop:<id>`: what a shop's reviews come to, open to everyone. Whoever joins is told it, so that nothing is missed. */
export const shopRoom: RoomKind = {
  canJoin: () => Promise.resolve(true),
  snapshot: async (sellerId) => {
    const { up, down, version } = await getSellerRating(sellerId)
    return [{ type: 'rating', sellerId, productId: null, up, down, version }]
  },
}
