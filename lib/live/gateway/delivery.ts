import { SECOND_MS } from '#lib/time'
import type { LiveEvent, PriceState, StockState, Watchers } from '../events.ts'
import { roundWatchers } from '../rules.ts'
import type { LiveServer, LiveSocket } from '../types.ts'
import type { Board } from './board.ts'
import { eventFrame, unsentOf, writeFrame } from './frame.ts'
import type { Watching } from './watching.ts'

/** A socket whose unsent messages exceed either of these does not read; the honest reach neither. */
const UNSENT_MESSAGES = 128
const UNSENT_BYTES = 128_000

export interface Boards {
  readonly stock: Board<StockState>
  readonly prices: Board<PriceState>
}

/** Carries states and events into rooms, and spares whoever does not read. */
export interface Delivery {
  readonly stock: (states: readonly StockState[]) => void
  readonly prices: (states: readonly PriceState[]) => void
  event(room: string, event: LiveEvent): void
  /** Has everybody read again what they know by events; at most once a second. */
  missed(): void
  /** Tells each product's watchers how many they are, where that changed. */
  watchers(): void
  watchersOf(productId: string): Watchers
  forget(productId: string): void
  /** Sends those who read again what they missed. */
  catchUp(): void
}

export function createDelivery(io: LiveServer, boards: Boards, watching: Pick<Watching, 'count'>): Delivery {
  const told = new Map<string, number>()
  const behind = new Set<LiveSocket>()
  let missedAt = -Infinity

  const watchersOf = (productId: string): Watchers => ({ productId, count: roundWatchers(watching.count(productId)) })

  /** Tells a product's watchers; who does not read is noted to have missed something of it. */
  const tell = (productId: string, event: 'stock' | 'prices' | 'watchers', what: unknown) => {
    tellRoom(io, roomOf(productId), [event, what], (socket) => {
      socket.data.behind.add(productId)
      behind.add(socket)
    })
  }

  return {
    stock(states) {
      for (const [productId, news] of byProduct(boards.stock.put(states))) tell(productId, 'stock', news)
    },
    prices(states) {
      for (const [productId, news] of byProduct(boards.prices.put(states))) tell(productId, 'prices', news)
    },
    event(room, event) {
      if (event.type === 'stock') return this.stock([event])
      // An event is not sent again later; who comes back reads the page anew.
      tellRoom(io, room, ['event', room, event], (socket) => socket.conn.close(true))
    },
    missed() {
      const now = performance.now()
      if (now < missedAt + SECOND_MS) return
      missedAt = now
      io.local.emit('missed')
    },
    watchers() {
      for (const productId of boards.stock.productIds()) {
        const watchers = watchersOf(productId)
        if (told.get(productId) === watchers.count) continue
        told.set(productId, watchers.count)
        tell(productId, 'watchers', watchers)
      }
    },
    watchersOf,
    forget: (productId) => void told.delete(productId),
    catchUp() {
      for (const socket of behind) {
        if (socket.connected && isBehind(socket)) continue
        behind.delete(socket)
        if (socket.connected) resend(socket, boards, watchersOf)
      }
    },
  }
}

/** Sends an event to all of a room who read, encoded once; the others are `skip`ped. */
function tellRoom(
  io: LiveServer,
  room: string,
  [event, ...args]: readonly [string, ...unknown[]],
  skip: (socket: LiveSocket) => void,
): void {
  const { adapter, sockets } = io.of('/')
  const ids = adapter.rooms.get(room)
  if (!ids) return
  const frame = eventFrame(event, ...args)
  for (const id of [...ids]) {
    const socket = sockets.get(id)
    if (!socket) continue
    if (isBehind(socket)) skip(socket)
    else if (!writeFrame(socket, frame)) socket.emit(event as 'missed', ...(args as []))
  }
}

function resend(socket: LiveSocket, boards: Boards, watchersOf: (productId: string) => Watchers): void {
  const missed = [...socket.data.behind].filter((productId) => socket.rooms.has(roomOf(productId)))
  socket.data.behind.clear()
  for (const productId of missed) {
    socket.emit('stock', boards.stock.statesOf(productId))
    const prices = boards.prices.statesOf(productId)
    if (prices.length > 0) socket.emit('prices', prices)
    socket.emit('watchers', watchersOf(productId))
  }
}

/** Whether a socket has not read what it was sent. */
export function isBehind(socket: LiveSocket): boolean {
  const { messages, bytes } = unsentOf(socket)
  return messages > UNSENT_MESSAGES || bytes > UNSENT_BYTES
}

function byProduct<State extends { productId: string }>(states: readonly State[]): Map<string, State[]> {
  return Map.groupBy(states, (state) => state.productId)
}

function roomOf(productId: string): string {
  return `product:${productId}`
}
