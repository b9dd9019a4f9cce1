import type { RoomKind } from '#lib/live/types'

/** `seller:<id>`: the shop's own devices only. It carries no numbers to catch up on: a device that returns reads its page again. */
export const sellerRoom: RoomKind = {
  canJoin: (member, sellerId) => Promise.resolve(member?.sellerId === sellerId),
}
