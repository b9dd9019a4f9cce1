import { io, type Socket } from 'socket.io-client'
import { Fault } from '#lib/embedded/fault'
import type {
  ClientToServerEvents,
  PriceState,
  ServerToClientEvents,
  StockState,
  Subscription,
  Watchers,
} from '#lib/live/events'
import { newerStates, packSubscriptions } from '#lib/live/rules'
import type { Message } from './happenings.ts'

type Line = Socket<ServerToClientEvents, ClientToServerEvents>

interface Listening {
  readonly origin: string
  /** As many as a browser may hear. */
  readonly productIds: readonly string[]
  readonly signal: AbortSignal
  readonly onMessage: (message: Message) => void
  /** A page says something else now, or may: events that came while the connection was away were not heard. */
  readonly onEdit?: () => Promise<void>
  readonly onPrices?: (prices: readonly PriceState[]) => void
}

const ANSWER_MS = 5_000

/**
 * Hears products until the signal. As a browser does: versions never go back, and each connection begins with what is newer.
 * Refuses, as a Fault: a market that takes no connection from the start, or that knows none of the products.
 */
export function hearProducts({ origin, productIds, signal, onMessage, onEdit, onPrices }: Listening): Promise<void> {
  const { take, look, wish } = openBook(onMessage)
  const line: Line = io(origin, {
    transports: ['websocket'],
    forceNew: true,
    reconnectionDelay: 500,
    reconnectionDelayMax: 5_000,
    extraHeaders: { origin },
  })
  let [isBack, isHeard] = [false, false]

  const subscribe = (end: (fault: Fault) => void) => {
    for (const message of packSubscriptions(productIds.map(wish))) {
      line.timeout(ANSWER_MS).emit('subscribe', message, (error, snapshot) => {
        // An answer that does not come is a connection that only looks alive.
        if (error) return void (line.connected && line.disconnect().connect())
        const { refused } = snapshot
        if (refused.length === productIds.length && refused.every(({ reason }) => reason === 'unknown')) {
          return end(new Fault(`${origin} has no counts of this product.`))
        }
        if (refused.some(({ reason }) => reason !== 'unknown'))
          setTimeout(() => line.connected && subscribe(end), ANSWER_MS)
        if (isBack && !isHeard) {
          onMessage({ type: 'connection', state: 'back' })
          void onEdit?.()
        }
        isBack = isHeard = true
        take(snapshot.states)
        onPrices?.(snapshot.prices)
        snapshot.watchers.forEach(look)
      })
    }
  }

  const ended = new Promise<void>((resolve, reject) => {
    signal.addEventListener('abort', () => resolve(), { once: true })
    line.on('connect', () => subscribe(reject))
    line.on('connect_error', (error) => {
      if (!isBack) reject(new Fault(`${origin} refused the live connection (${error.message}). ${OTHER_ADDRESS}`))
    })
  })
  line.on('disconnect', () => {
    isHeard = false
    if (!signal.aborted) onMessage({ type: 'connection', state: 'lost' })
  })
  line.on('stock', take)
  line.on('watchers', look)
  line.on('event', (_, event) => void (event.type === 'product' && onEdit?.()))
  line.on('prices', (prices) => onPrices?.(prices))
  comeBack(line)
  return ended.finally(() => line.disconnect())
}

/** What was heard so far: only what is newer, or another number, is passed on. */
function openBook(onMessage: Listening['onMessage']) {
  const latest = new Map<string, StockState>()
  const watching = new Map<string, number>()
  return {
    take: (arrived: readonly StockState[]) => {
      for (const state of newerStates((id) => latest.get(id)?.version, arrived)) {
        onMessage({ type: 'stock', state, before: latest.get(state.variantId) ?? null })
        latest.set(state.variantId, state)
      }
    },
    look: ({ productId, count }: Watchers) => {
      if (count !== (watching.get(productId) ?? 0)) onMessage({ type: 'watchers', count })
      watching.set(productId, count)
    },
    wish: (productId: string): Subscription => {
      const known = [...latest].filter(([, state]) => state.productId === productId)
      return {
        room: `product:${productId}`,
        known: Object.fromEntries(known.map(([id, { version }]) => [id, version])),
      }
    },
  }
}

/** After a farewell of the server's the library stays away by itself: it comes back when it was told to. */
function comeBack(line: Line): void {
  let withinMs = 2_000
  line.on('closing', (returnWithinMs) => void (withinMs = returnWithinMs))
  line.on('disconnect', (reason) => {
    if (reason === 'io server disconnect') setTimeout(() => line.connect(), Math.random() * withinMs)
  })
}

const OTHER_ADDRESS = 'Browsers may know the market under another address: say it with --url.'
