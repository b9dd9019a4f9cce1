import type { RoomKind } from '#lib/live/gateway'

/** `product:<id>`: open to everyone. The gateway reads its counts by itself; there is nothing else to catch up on. */
export const productRoom: RoomKind = {
  canJoin: () => Promise.resolve(true),
}
