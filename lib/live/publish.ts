import { once } from '#lib/once'
import { FLUSH_MS } from './rules.ts'
import type { LiveEvent, StockState } from './events.ts'

/** Who carries what is published to browsers: the node's gateway. */
export interface Carrier {
  /** All that changed, and of it what other nodes do not know yet. */
  carryStock(states: readonly StockState[], fresh: readonly StockState[]): void
  carry(room: string, event: LiveEvent): void
  cutSession(sid: string): void
}

interface Outbox {
  readonly carriers: Set<Carrier>
  /** By variant: only the latest state survives until the flush. */
  readonly states: Map<string, StockState>
  /** Those of the states that came to be on this node. */
  readonly fresh: Set<StockState>
  timer: NodeJS.Timeout | null
  /** By a clock that nobody sets back. */
  flushedAt: number
}

/**
 * Tells the browsers that show these products. At most one message per product leaves every 50 ms, however many
 * changes there were, and it carries the latest state of each variant.
 * Does nothing where no gateway is attached: in programs, the seed, tests.
 * Concurrency: call it after COMMIT; an older version that comes later than a newer one is dropped.
 */
export function publishStock(states: readonly StockState[]): void {
  gather(states, true)
}

/** Takes in what another node has published or the database was found to say: it waits for the same flush as what happens here. */
export function relayStock(states: readonly StockState[]): void {
  gather(states, false)
}

function gather(states: readonly StockState[], isFresh: boolean): void {
  const box = outbox()
  if (box.carriers.size === 0) return
  for (const state of states) {
    const waiting = box.states.get(state.variantId)
    if (waiting && waiting.version >= state.version) continue
    if (waiting) box.fresh.delete(waiting)
    box.states.set(state.variantId, state)
    if (isFresh) box.fresh.add(state)
  }
  if (box.states.size > 0)
    box.timer ??= setTimeout(flush, Math.max(0, box.flushedAt + FLUSH_MS - performance.now())).unref()
}

/** Tells everyone in a room at once: `product:<id>`, `shop:<id>`, `seller:<id>` or `user:<id>`. Does nothing without a gateway. */
export function publishTo(room: string, event: LiveEvent): void {
  for (const carrier of outbox().carriers) carrier.carry(room, event)
}

/** Cuts every live connection of a session that was revoked. They may come back as visitors. */
export function cutSession(sid: string): void {
  for (const carrier of outbox().carriers) carrier.cutSession(sid)
}

/** From now on `carrier` gets what is published in this process; the returned function ends that. */
export function attachCarrier(carrier: Carrier): () => void {
  const { carriers } = outbox()
  carriers.add(carrier)
  return () => void carriers.delete(carrier)
}

function flush(): void {
  const box = outbox()
  const [states, fresh] = [[...box.states.values()], [...box.fresh]]
  box.states.clear()
  box.fresh.clear()
  box.timer = null
  box.flushedAt = performance.now()
  for (const carrier of box.carriers) carrier.carryStock(states, fresh)
}

/** Pages and the server load this file separately; the outbox exists once. */
function outbox(): Outbox {
  return once('live.outbox', () => ({
    carriers: new Set(),
    states: new Map(),
    fresh: new Set(),
    timer: null,
    flushedAt: -Infinity,
  }))
}
