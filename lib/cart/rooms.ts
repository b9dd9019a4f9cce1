import type { RoomKind } from '#lib/live/types'

/** `user:<id>`: one's own devices only. It carries no numbers to catch up on: a device that returns reads its cart again. */
export const userRoom: RoomKind = {
  canJoin: (member, userId) => Promise.resolve(member?.userId === userId),
}
