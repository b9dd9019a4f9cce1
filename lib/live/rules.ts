import type { StockState, Subscription } from './events.ts'

/** How long changes of a product gather before they leave together. */
export const FLUSH_MS = 50

/** Rooms a browser may hear at a time; the client asks for no more. */
export const ROOMS_PER_SOCKET = 50

/** From this number down a product is called nearly gone. */
export const FEW = 5

/** Bytes of a subscription message; the gateway takes frames of 16 KB. */
const MESSAGE_BYTES = 12_000

export type RoomKindName = 'product' | 'shop' | 'seller' | 'user'

export interface RoomName {
  readonly kind: RoomKindName
  readonly id: string
}

/** The kind and id that a room's name says; null for a name that is none. */
export function parseRoom(room: string): RoomName | null {
  const match = /^(product|shop|seller|user):([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(room)
  return match ? { kind: match[1] as RoomKindName, id: match[2] ?? '' } : null
}

/** Whether a room tells what everyone may know, so that no session is needed to stay in it. */
export function isPublic({ kind }: RoomName): boolean {
  return kind === 'product' || kind === 'shop'
}

/** A fact about a variant that is told whole each time. */
export interface Versioned {
  readonly variantId: string
  readonly productId: string
  readonly version: number
}

/**
 * Of the states that arrived, those to apply over what is known.
 * Invariant: a version never goes back, whatever is lost, repeated or overtaken on the way.
 */
export function newerStates<State extends Versioned>(
  versionOf: (variantId: string) => number | undefined,
  arrived: readonly State[],
): State[] {
  const latest = new Map<string, State>()
  for (const state of arrived) {
    const known = latest.get(state.variantId)?.version ?? versionOf(state.variantId)
    if (known === undefined || state.version > known) latest.set(state.variantId, state)
  }
  return [...latest.values()]
}

/** Splits subscriptions into messages that fit a frame. A product with too many variants is asked for in whole. */
export function packSubscriptions(subscriptions: readonly Subscription[], maxBytes = MESSAGE_BYTES): Subscription[][] {
  const messages: Subscription[][] = []
  let room = 0
  for (const wish of subscriptions) {
    const fits = sizeOf(wish) <= maxBytes
    const subscription = fits ? wish : { room: wish.room, known: {} }
    const size = sizeOf(subscription)
    const current = messages.at(-1)
    if (current && size <= room) current.push(subscription)
    else messages.push([subscription])
    room = (current && size <= room ? room : maxBytes) - size
  }
  return messages
}

/** Names and ids are plain ASCII, so characters are bytes. */
function sizeOf(subscription: Subscription): number {
  return JSON.stringify(subscription).length + 1
}

/** Splits a list so that each part, written as JSON, has at most so many bytes. Whatever is larger by itself stands alone. */
export function chunkBySize<T>(items: readonly T[], maxBytes: number): T[][] {
  const chunks: T[][] = []
  let room = 0
  for (const item of items) {
    const size = new TextEncoder().encode(JSON.stringify(item)).length + 1
    const current = chunks.at(-1)
    if (current && size <= room) current.push(item)
    else chunks.push([item])
    room = (current && size <= room ? room : maxBytes) - size
  }
  return chunks
}

/** Whether a batch shows that one before it has not arrived; what comes twice or late is none. */
export function isGap(lastNumber: number | undefined, number: number): boolean {
  return lastNumber !== undefined && number > lastNumber + 1
}

/** What is left of an allowance that fills up by `perSecond` and holds at most one second's worth. */
export interface Allowance {
  readonly left: number
  readonly at: number
}

/** Takes one from the allowance; `left` below zero says that it was overdrawn. Units: milliseconds. */
export function spend(allowance: Allowance, perSecond: number, now: number): Allowance {
  const refilled = allowance.left + ((now - allowance.at) / 1_000) * perSecond
  return { left: Math.min(perSecond, refilled) - 1, at: now }
}

/** A number of watchers that people can use: exact up to 20, then two figures, so that a crowd is not counted aloud. */
export function roundWatchers(count: number): number {
  if (count <= 20) return count
  const step = 10 ** Math.max(0, Math.floor(Math.log10(count)) - 1)
  return Math.floor(count / step) * step
}

export interface StockDescription {
  readonly tone: 'good' | 'warn' | 'bad' | 'neutral'
  readonly text: string
  /** Set while the sale has not begun: the text is then followed by a countdown to it. */
  readonly opensAt: string | null
}

/** What a viewer reads about the stock of a variant, or of several taken together. Units: `now` in milliseconds. */
export function describeStock(states: readonly StockState[], now: number): StockDescription {
  const onSale = states.filter((state) => state.onSale)
  if (onSale.length === 0) return { tone: 'neutral', text: 'Not on sale', opensAt: null }
  const open = onSale.filter((state) => !state.opensAt || Date.parse(state.opensAt) <= now)
  if (open.length === 0) return { tone: 'neutral', text: 'Opens in', opensAt: earliest(onSale) }
  const available = sum(open, (state) => state.available)
  const held = sum(open, (state) => state.onHand) - available
  if (available > FEW) return { tone: 'good', text: `${available} left`, opensAt: null }
  if (available > 0) return { tone: 'warn', text: `Only ${available} left`, opensAt: null }
  const text = held > 0 ? `Sold out · ${held} in carts, may come back` : 'Sold out'
  return { tone: 'bad', text, opensAt: null }
}

function earliest(states: readonly StockState[]): string | null {
  const times = states.flatMap((state) => state.opensAt ?? [])
  return times.toSorted((a, b) => Date.parse(a) - Date.parse(b))[0] ?? null
}

function sum(states: readonly StockState[], count: (state: StockState) => number): number {
  return states.reduce((total, state) => total + count(state), 0)
}
