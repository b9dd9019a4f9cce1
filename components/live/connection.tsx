'use client'

import { call, createClient } from '#lib/api/client'
import { isHeard } from './socket.tsx'
import { applyStates, knownVariants } from './stock-store.tsx'

/** Shorter breaks nobody needs to hear of. */
const PATIENCE_MS = 5_000
const POLL_MS = 5_000

export interface Connection {
  readonly isLive: boolean
  /** When numbers last came, by this device's clock. */
  readonly heardAt: number
}

const FRESH: Connection = { isLive: true, heardAt: 0 }
const listeners = new Set<() => void>()
const api = createClient()
let connection = FRESH
let patience: ReturnType<typeof setTimeout> | null = null
let poll: ReturnType<typeof setInterval> | null = null

/** Told by the socket. A break becomes known only when it lasts; from then on the page asks every five seconds. */
export function setConnected(isConnected: boolean): void {
  if (isConnected) {
    if (patience) clearTimeout(patience)
    if (poll) clearInterval(poll)
    patience = poll = null
    change({ isLive: true, heardAt: Date.now() })
  } else patience ??= setTimeout(giveUp, PATIENCE_MS)
}

export function noteContact(): void {
  connection = { ...connection, heardAt: Date.now() }
}

export function onConnection(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const readConnection = () => connection
export const assumedConnection = () => FRESH

function giveUp(): void {
  change({ ...connection, isLive: false })
  poll ??= setInterval(() => void pollStock(), POLL_MS)
  void pollStock()
}

/** The way round a network that blocks WebSockets. */
async function pollStock(): Promise<void> {
  const ids = knownVariants()
    .filter((state) => isHeard(`product:${state.productId}`))
    .map((state) => state.variantId)
  if (ids.length === 0) return
  const answer = await call(api.stock.$get({ query: { variantId: ids.slice(0, 100).join(',') } }))
  if (!answer.ok) return
  applyStates(answer.value.stock)
  change({ isLive: false, heardAt: Date.now() })
}

function change(next: Connection): void {
  connection = next
  for (const listener of listeners) listener()
}
