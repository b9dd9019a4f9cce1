import { io, type Socket } from 'socket.io-client'
import { Fault } from '#lib/embedded/fault'
import type { ClientToServerEvents, ServerToClientEvents, StockState, Watchers } from '#lib/live/events'
import { newerStates, packSubscriptions } from '#lib/live/rules'
import type { Message } from './happenings.ts'

type Line = Socket<ServerToClientEvents, ClientToServerEvents>

interface Listening {
  readonly origin: string
  readonly productId: string
  readonly signal: AbortSignal
  readonly onMessage: (message: Message) => void
  /** The page says something else now, or may: events that came while the connection was away were not heard. */
  readonly onEdit: () => Promise<void>
}

const ANSWER_MS = 5_000

/**
 * Hears a product until the signal. As a browser does: versions never go back, and each connection begins with what is newer.
 * Refuses, as a Fault: a market that takes no connection from the start, or that does not know the product.
 */
export function hearProduct({ origin, productId, signal, onMessage, onEdit }: Listening): Promise<void> {
  const latest = new Map<string, StockState>()
  const room = `product:${productId}`
  const line: Line = io(origin, {
    transports: ['websocket'],
    forceNew: true,
    reconnectionDelay: 500,
    reconnectionDelayMax: 5_000,
    extraHeaders: { origin },
  })
  let [isBack, watching] = [false, 0]

  const take = (arrived: readonly StockState[]) => {
    for (const state of newerStates((id) => latest.get(id)?.version, arrived)) {
      onMessage({ type: 'stock', state, before: latest.get(state.variantId) ?? null })
      latest.set(state.variantId, state)
    }
  }
  const look = ({ count }: Watchers) => {
    if (count !== watching) onMessage({ type: 'watchers', count })
    watching = count
  }
  const subscribe = (end: (fault: Fault) => void) => {
    const known = Object.fromEntries([...latest].map(([id, { version }]) => [id, version]))
    const [message = []] = packSubscriptions([{ room, known }])
    line.timeout(ANSWER_MS).emit('subscribe', message, (error, snapshot) => {
      // An answer that does not come is a connection that only looks alive.
      if (error) return void (line.connected && line.disconnect().connect())
      const [refusal] = snapshot.refused
      if (refusal?.reason === 'unknown') return end(new Fault(`${origin} has no counts of this product.`))
      if (refusal) return void setTimeout(() => line.connected && subscribe(end), ANSWER_MS)
      if (isBack) onMessage({ type: 'connection', state: 'back' })
      if (isBack) void onEdit()
      isBack = true
      take(snapshot.states)
      snapshot.watchers.forEach(look)
    })
  }

  const ended = new Promise<void>((resolve, reject) => {
    signal.addEventListener('abort', () => resolve(), { once: true })
    line.on('connect', () => subscribe(reject))
    line.on('connect_error', (error) => {
      if (!isBack) reject(new Fault(`${origin} refused the live connection (${error.message}). ${OTHER_ADDRESS}`))
    })
  })
  line.on('disconnect', () => !signal.aborted && onMessage({ type: 'connection', state: 'lost' }))
  line.on('stock', take)
  line.on('watchers', look)
  line.on('event', (_, event) => void (event.type === 'product' && onEdit()))
  comeBack(line)
  return ended.finally(() => line.disconnect())
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
