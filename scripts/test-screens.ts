import { io, type Socket } from 'socket.io-client'
import type { ClientToServerEvents, LiveEvent, ServerToClientEvents, StockState } from '#lib/live/events'
import { newerStates } from '#lib/live/rules'

/** A page with several products on it, as far as the live channel can see. */
export interface Screen {
  /** By variant. */
  readonly shown: ReadonlyMap<string, StockState>
  /** Rooms that are heard on the connection that there is now. */
  readonly joined: ReadonlySet<string>
  readonly events: readonly LiveEvent[]
  /** When it was last told that events were lost; 0 before. */
  readonly missedAt: number
  /** For each message with counts: the product, and when it came. */
  readonly messages: readonly (readonly [productId: string, at: number])[]
  breakOff(): void
  close(): void
}

/** Connects as `components/live/live-socket` does, and hears these rooms. */
export function openScreen(
  url: string,
  rooms: readonly string[],
  headers: Readonly<Record<string, string>> = {},
): Screen {
  const socket: Socket<ServerToClientEvents, ClientToServerEvents> = io(url, {
    transports: ['websocket'],
    forceNew: true,
    reconnectionDelay: 500,
    reconnectionDelayMax: 5_000,
    randomizationFactor: 0.5,
    extraHeaders: { origin: url, ...headers },
  })
  const shown = new Map<string, StockState>()
  const joined = new Set<string>()
  const screen = {
    shown,
    joined,
    events: [] as LiveEvent[],
    missedAt: 0,
    messages: [] as (readonly [string, number])[],
  }
  const apply = (states: readonly StockState[]) => {
    for (const state of newerStates((id) => shown.get(id)?.version, states)) shown.set(state.variantId, state)
  }
  const knownOf = (room: string) =>
    Object.fromEntries(
      [...shown.values()].filter((each) => room.endsWith(each.productId)).map((each) => [each.variantId, each.version]),
    )
  socket.on('stock', (states) => {
    screen.messages.push([states[0]?.productId ?? '', performance.now()])
    apply(states)
  })
  socket.on('event', (_, event) => screen.events.push(event))
  socket.on('missed', () => void (screen.missedAt = performance.now()))
  socket.on('disconnect', () => joined.clear())
  socket.on('connect', () => {
    const wishes = rooms.map((room) => ({ room, known: knownOf(room) }))
    socket.emit('subscribe', wishes, (snapshot) => {
      apply(snapshot.states)
      const refused = new Set(snapshot.refused.map(({ room }) => room))
      for (const room of rooms) if (!refused.has(room)) joined.add(room)
    })
  })
  return Object.assign(screen, {
    breakOff: () => (socket.io.engine.transport as unknown as { ws: { terminate(): void } }).ws.terminate(),
    close: () => void socket.disconnect(),
  })
}

/** Most messages about one product that a screen got within a second. */
export function busiestSecond({ messages }: Screen): number {
  let busiest = 0
  for (const times of Map.groupBy(messages, ([productId]) => productId).values()) {
    let first = 0
    for (const [index, [, at]] of times.entries()) {
      while ((times[first]?.[1] ?? 0) <= at - 1_000) first += 1
      busiest = Math.max(busiest, index - first + 1)
    }
  }
  return busiest
}
