import { log } from '#lib/log'
import type { LiveEvent, RoomRefusal, Snapshot, Subscription } from '../events.ts'
import { isPublic, newerStates, parseRoom, type RoomName } from '../rules.ts'
import { subscribeInput, unsubscribeInput } from '../schema.ts'
import type { GatewayOptions, LiveSocket } from '../types.ts'
import { isBehind, type Boards, type Delivery } from './delivery.ts'

interface Context {
  readonly options: GatewayOptions
  readonly boards: Boards
  readonly delivery: Delivery
  readonly roomsPerSocket: number
}

/** What a browser sends in its place may be anything. */
type Answer = (snapshot: Snapshot) => void

interface Wish extends Subscription, RoomName {}

/**
 * Lets a socket join and leave rooms, one request after the other.
 * Invariant: whatever is sent, no handler throws; what cannot be understood is not answered.
 */
export function serveSubscriptions(socket: LiveSocket, context: Context): void {
  const inTurn = (work: () => Promise<void> | void) => {
    socket.data.turn = socket.data.turn.then(work).catch((error: unknown) => {
      log().error({ err: error }, 'A live subscription failed')
    })
  }
  socket.on('subscribe', (request: unknown, answer?: Answer) => {
    const parsed = subscribeInput.safeParse(request)
    if (!parsed.success || typeof answer !== 'function') return
    // Asking without reading the answers would fill our memory.
    if (isBehind(socket)) return void socket.conn.close(true)
    inTurn(async () => {
      const snapshot = await subscribe(socket, parsed.data, context)
      if (socket.connected) answer(snapshot)
    })
  })
  socket.on('unsubscribe', (request: unknown) => {
    const parsed = unsubscribeInput.safeParse(request)
    if (!parsed.success) return
    inTurn(() => {
      for (const room of parsed.data) if (parseRoom(room)) void socket.leave(room)
    })
  })
}

/** Joins first and reads then: what changes in between arrives as a message, and the higher version wins. */
async function subscribe(socket: LiveSocket, subscriptions: Subscription[], context: Context): Promise<Snapshot> {
  const refused = new Map<string, RoomRefusal>()
  const joined: Wish[] = []
  for (const subscription of subscriptions) {
    const name = parseRoom(subscription.room)
    const refusal = name ? await join(socket, subscription.room, name, context) : 'unknown'
    if (refusal) refused.set(subscription.room, refusal)
    else if (name) joined.push({ ...subscription, ...name })
  }
  await refuseUnread(socket, joined, refused, context.boards)
  const { boards } = context
  const heard = joined.filter(({ room }) => !refused.has(room))
  const products = heard.filter(({ kind }) => kind === 'product')
  return {
    serverNow: new Date().toISOString(),
    states: products.flatMap(({ id, known }) => newerStates((variant) => known[variant], boards.stock.statesOf(id))),
    prices: products.flatMap(({ id }) => boards.prices.statesOf(id)),
    watchers: products.map(({ id }) => context.delivery.watchersOf(id)),
    events: await eventsFor(socket, heard, context),
    refused: [...refused].map(([room, reason]) => ({ room, reason })),
  }
}

async function join(socket: LiveSocket, room: string, name: RoomName, context: Context): Promise<RoomRefusal | null> {
  const { kind, id } = name
  const { options, roomsPerSocket } = context
  const { member } = socket.data
  try {
    const isOver = !isPublic(name) && member?.sid && !(await options.isLive(member.sid))
    if (isOver || !(await options.rooms[kind].canJoin(member, id))) return 'not-allowed'
  } catch (error) {
    log().warn({ err: error }, 'A room could not be asked who may join')
    return 'unavailable'
  }
  if (!socket.rooms.has(room) && heardRooms(socket).length >= roomsPerSocket) return 'too-many'
  // Joining after the end would keep the room for ever.
  if (socket.connected) await socket.join(room)
  return null
}

/** Puts the products' counts and prices on the boards; leaves the rooms of those that have none, or could not be read. */
async function refuseUnread(
  socket: LiveSocket,
  joined: readonly Wish[],
  refused: Map<string, RoomRefusal>,
  { stock, prices }: Boards,
): Promise<void> {
  const products = joined.filter(({ kind }) => kind === 'product')
  if (products.length === 0 || !socket.connected) return
  const ids = products.map(({ id }) => id)
  const isRead = await Promise.all([stock.warm(ids), prices.warm(ids)]).then(
    () => true,
    () => false,
  )
  for (const { id, room } of products) {
    if (isRead && stock.statesOf(id).length > 0) continue
    refused.set(room, isRead ? 'unknown' : 'unavailable')
    await socket.leave(room)
  }
}

async function eventsFor(
  socket: LiveSocket,
  heard: readonly Wish[],
  { options }: Context,
): Promise<Snapshot['events']> {
  const events: { room: string; event: LiveEvent }[] = []
  for (const { room, kind, id } of heard) {
    const known = (await options.rooms[kind].snapshot?.(id, socket.data.member)) ?? []
    events.push(...known.map((event) => ({ room, event })))
  }
  return events
}

/** The rooms a socket asked for, without the ones it has by being connected. */
export function heardRooms(socket: LiveSocket): string[] {
  return [...socket.rooms].filter((room) => parseRoom(room))
}
