import { io, type Socket } from 'socket.io-client'
import type { ClientToServerEvents, ServerToClientEvents, StockState } from '#lib/live/events'

/** A tab that shows one product, as far as the live channel can see. */
export interface TestBrowser {
  /** What it shows. */
  readonly shown: StockState | null
  /** When it last heard where things stand on a new connection; 0 before the first. */
  readonly caughtUpAt: number
  /** When its connection last broke; 0 as long as it did not. */
  readonly brokeAt: number
  /** How long it was without, each time. */
  readonly waits: readonly number[]
  /** Handshakes that failed. */
  readonly failures: number
  /** Messages with another number for the version that is shown, and snapshots that are no newer than what was known. */
  readonly wrong: number
  /** Loses its connection without a word, as with its network. It comes back by itself. */
  breakOff(): void
  close(): void
}

/**
 * Connects as `components/live/live-socket` does: the same waits, a farewell that is obeyed, and a snapshot on every connection.
 */
export function openBrowser(url: string, productId: string): TestBrowser {
  const socket: Socket<ServerToClientEvents, ClientToServerEvents> = io(url, {
    transports: ['websocket'],
    forceNew: true,
    reconnectionDelay: 500,
    reconnectionDelayMax: 5_000,
    randomizationFactor: 0.5,
    timeout: 8_000,
    extraHeaders: { origin: url },
  })
  const tab = {
    shown: null as StockState | null,
    caughtUpAt: 0,
    brokeAt: 0,
    waits: [] as number[],
    failures: 0,
    wrong: 0,
  }
  let withinMs = 2_000
  const apply = (states: readonly StockState[]) => {
    for (const state of states) {
      if (state.version === tab.shown?.version && state.available !== tab.shown.available) tab.wrong++
      if (!tab.shown || state.version > tab.shown.version) tab.shown = state
    }
  }
  socket.on('stock', apply)
  socket.on('closing', (within) => (withinMs = within))
  socket.on('disconnect', (reason) => {
    // One that breaks again before it has caught up has been without since the first time.
    if (tab.caughtUpAt >= tab.brokeAt) tab.brokeAt = performance.now()
    if (reason === 'io server disconnect') setTimeout(() => socket.connect(), Math.random() * withinMs)
  })
  socket.on('connect_error', () => tab.failures++)
  socket.on('connect', () => {
    const known: Record<string, number> = tab.shown ? { [tab.shown.variantId]: tab.shown.version } : {}
    socket.emit('subscribe', [{ room: `product:${productId}`, known }], (snapshot) => {
      // A snapshot says only what is newer than what is known.
      if (snapshot.states.some((state) => state.version <= (known[state.variantId] ?? -1))) tab.wrong++
      apply(snapshot.states)
      tab.caughtUpAt = performance.now()
      if (tab.brokeAt) tab.waits.push(tab.caughtUpAt - tab.brokeAt)
    })
  })
  return Object.assign(tab, {
    breakOff: () => (socket.io.engine.transport as unknown as { ws: { terminate(): void } }).ws.terminate(),
    close: () => void socket.disconnect(),
  })
}
