import type { LiveEvent } from '#lib/live/events'

/** Scrolling back and forth over a card must not leave and join its room each time. */
const LINGER_MS = 3_000

interface Wish {
  holders: number
  readonly since: number
  linger: ReturnType<typeof setTimeout> | null
}

export interface RoomListener {
  onEvent(event: LiveEvent): void
  /** The connection is back: what happened meanwhile was not heard. */
  onReturn?(): void
  /** The room is heard from now on: what happened before was not. */
  onJoin?(): void
}

const wishes = new Map<string, Wish>()
const listeners = new Map<string, Set<RoomListener>>()

/** Wants a room until the returned function is called, and a little longer. `changed` is called when the wishes differ. */
export function wantRoom(room: string, changed: () => void): () => void {
  const wish = wishes.get(room) ?? { holders: 0, since: Date.now(), linger: null }
  if (wish.linger) clearTimeout(wish.linger)
  wish.linger = null
  wish.holders += 1
  if (!wishes.has(room)) {
    wishes.set(room, wish)
    changed()
  }
  return () => {
    wish.holders -= 1
    if (wish.holders > 0) return
    wish.linger = setTimeout(() => {
      wishes.delete(room)
      changed()
    }, LINGER_MS)
  }
}

export function wantedRooms(): string[] {
  return [...wishes.keys()]
}

/** Since when the room is wanted, in milliseconds. */
export function wantedSince(room: string): number {
  return wishes.get(room)?.since ?? 0
}

export function listenToRoom(room: string, listener: RoomListener): () => void {
  const set = listeners.get(room) ?? new Set()
  listeners.set(room, set.add(listener))
  return () => {
    set.delete(listener)
    if (set.size === 0 && listeners.get(room) === set) listeners.delete(room)
  }
}

export function tellRoom(room: string, event: LiveEvent): void {
  for (const listener of [...(listeners.get(room) ?? [])]) listener.onEvent(event)
}

/** Tells a room's listeners that they hear it now. */
export function tellJoin(room: string): void {
  for (const listener of [...(listeners.get(room) ?? [])]) listener.onJoin?.()
}

/** Tells every listener that events may have been missed. */
export function tellReturn(): void {
  for (const set of [...listeners.values()]) for (const listener of [...set]) listener.onReturn?.()
}
