import type { RoomKind } from '#lib/live/gateway'
import { listStock } from './queries.ts'

/** `product:<id>`: open to everyone; its snapshot is the count of each variant. */
export const productRoom: RoomKind = {
  canJoin: () => Promise.resolve(true),
  snapshot: async (productId) => {
    const stock = await listStock({ productIds: [productId] })
    return stock.map((state) => ({ type: 'stock' as const, ...state }))
  },
}
