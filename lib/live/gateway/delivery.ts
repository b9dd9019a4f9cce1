import type { LiveEvent, StockState, Watchers } from '../events.ts'
import { roundWatchers } from '../rules.ts'
import type { Connection, LiveServer, LiveSocket } from '../types.ts'
import type { Board } from './board.ts'

/** A socket whose unsent messages exceed either of these does not read; the honest reach neither. */
const UNSENT_MESSAGES = 128
const UNSENT_BYTES = 128_000

/** Carries states and events into rooms, and spares whoever does not read. */
export interface Delivery {
  readonly stock: (states: readonly StockState[]) => void
  event(room: string, event: LiveEvent): void
  /** Tells each product's watchers how many they are, where that changed. */
  watchers(): void
  watchersOf(productId: string): Watchers
  forget(productId: string): void
  /** Sends a socket that reads again the counts it missed. */
  catchUp(socket: LiveSocket): void
}

export function createDelivery(io: LiveServer, board: Board): Delivery {
  const told = new Map<string, number>()
  const { adapter, sockets } = io.of('/')

  const watchersOf = (productId: string): Watchers => ({
    productId,
    count: roundWatchers(adapter.rooms.get(roomOf(productId))?.size ?? 0),
  })

  /** Those in the room who do not read: they are left out, so that what they cost stays bounded. */
  function slowIn(room: string): LiveSocket[] {
    const slow: LiveSocket[] = []
    for (const id of adapter.rooms.get(room) ?? []) {
      const socket = sockets.get(id)
      if (socket && isBehind(socket)) slow.push(socket)
    }
    return slow
  }

  return {
    stock(states) {
      const byProduct = Map.groupBy(board.put(states), (state) => state.productId)
      for (const [productId, news] of byProduct) {
        const room = roomOf(productId)
        const slow = slowIn(room)
        for (const socket of slow) socket.data.behind.add(productId)
        const ids = slow.map((socket) => socket.id)
        io.local.to(room).except(ids).emit('stock', news)
      }
    },
    event(room, event) {
      if (event.type === 'stock') return this.stock([event])
      // An event is not sent again later; who comes back reads the page anew.
      for (const socket of slowIn(room)) socket.conn.close(true)
      io.local.to(room).emit('event', room, event)
    },
    watchers() {
      for (const productId of board.productIds()) {
        const watchers = watchersOf(productId)
        if (told.get(productId) === watchers.count) continue
        told.set(productId, watchers.count)
        const slow = slowIn(roomOf(productId)).map((socket) => socket.id)
        io.local.to(roomOf(productId)).except(slow).emit('watchers', watchers)
      }
    },
    watchersOf,
    forget: (productId) => void told.delete(productId),
    catchUp(socket) {
      if (socket.data.behind.size === 0) return
      const missed = [...socket.data.behind].filter((productId) => socket.rooms.has(roomOf(productId)))
      socket.data.behind.clear()
      for (const productId of missed) socket.emit('stock', board.statesOf(productId))
    },
  }
}

/** Whether a socket has not read what it was sent. */
export function isBehind({ conn }: LiveSocket): boolean {
  const unsent = connectionOf(conn).writeBuffer
  if (unsent.length === 0) return false
  if (unsent.length > UNSENT_MESSAGES) return true
  const bytes = unsent.reduce((total, { data }) => total + (typeof data === 'string' ? data.length : 0), 0)
  return bytes > UNSENT_BYTES
}

/** The buffer is private in the library's types, and what its own guide tells to look at. */
function connectionOf(conn: unknown): Connection {
  return conn as Connection
}

function roomOf(productId: string): string {
  return `product:${productId}`
}
