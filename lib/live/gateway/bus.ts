import { newId } from '#lib/ids'
import { MINUTE_MS, SECOND_MS } from '#lib/time'
import type { LiveEvent, StockState } from '../events.ts'
import { FLUSH_MS, isGap } from '../rules.ts'
import type { Batch, RoomEvent, WatchCount, Wire } from '../types.ts'

/** More events than this in one flush are not repeated to other nodes; those notice and have their pages read again. */
const EVENTS_PER_FLUSH = 5_000
/** A node says something each second: who has not for so long serves nobody any more. */
const SILENT_MS = 5 * SECOND_MS
/** One that comes back within this is known to have missed something. */
const FORGET_MS = MINUTE_MS

/** What this node hears of the others. */
export interface Listener {
  states(states: readonly StockState[]): void
  event(room: string, event: LiveEvent): void
  watching(node: string, counts: readonly WatchCount[]): void
  /** A node is not heard of any more. */
  gone(node: string): void
  /** Some of what another node said did not arrive. */
  gap(): void
}

/** Tells the other nodes what happened on this one. */
export interface Bus {
  states(states: readonly StockState[]): void
  /** Leaves within 50 ms, together with what else happens until then. */
  event(room: string, event: LiveEvent): void
  close(): Promise<void>
}

/**
 * Joins the wires to one bus. Nothing on it is certain to arrive: counts heal by being read again, and lost events are
 * noticed within a second of the next that arrives, because each node numbers what it says and says something each second.
 */
export function openBus(wires: readonly Wire[], listener: Listener, watching: () => readonly WatchCount[]): Bus {
  const speakers = wires.map((wire) => openSpeaker(wire, listener, wire.carries.events ? watching : () => []))
  return {
    states(states) {
      for (const speaker of speakers) speaker.states(states)
    },
    event(room, event) {
      for (const speaker of speakers) speaker.event(room, event)
    },
    close: async () => {
      await Promise.all(speakers.map((speaker) => speaker.close()))
    },
  }
}

function openSpeaker(wire: Wire, listener: Listener, watching: () => readonly WatchCount[]): Bus {
  const node = newId()
  let number = 0
  let events: RoomEvent[] = []
  let timer: NodeJS.Timeout | null = null

  const ear = createEar(node, listener)
  wire.listen(ear.hear)
  const send = (news: Omit<Batch, 'node' | 'number'>) => {
    number += 1
    if (wire.isOpen()) wire.send({ node, number, ...news })
  }
  const flush = () => {
    timer = null
    const gathered = events
    events = []
    if (gathered.length > EVENTS_PER_FLUSH) number += 1
    else for (const part of wire.split?.(gathered) ?? [gathered]) send({ events: part })
  }
  const beat = setInterval(() => {
    ear.look()
    const counts = watching()
    const parts = counts.length > 0 ? (wire.split?.(counts) ?? [counts]) : []
    if (parts.length === 0) send({})
    for (const part of parts) send({ watching: part })
  }, SECOND_MS).unref()

  return {
    states(states) {
      if (wire.carries.states) send({ states })
    },
    event(room, event) {
      if (!wire.carries.events) return
      if (events.length <= EVENTS_PER_FLUSH) events.push([room, event])
      timer ??= setTimeout(flush, FLUSH_MS).unref()
    },
    close: async () => {
      clearInterval(beat)
      if (timer) clearTimeout(timer)
      if (events.length > 0) flush()
      await wire.close()
    },
  }
}

/** Passes on what other nodes say, and notices what is missing. */
function createEar(self: string, listener: Listener) {
  const heard = new Map<string, { number: number; at: number; isSilent: boolean }>()
  return {
    hear({ node, number, states = [], events = [], watching = [] }: Batch): void {
      if (node === self || !Number.isSafeInteger(number)) return
      const last = heard.get(node)
      if (isGap(last?.number, number)) listener.gap()
      heard.set(node, { number: Math.max(number, last?.number ?? 0), at: performance.now(), isSilent: false })
      if (states.length > 0) listener.states(states)
      for (const [room, event] of events) listener.event(room, event)
      if (watching.length > 0) listener.watching(node, watching)
    },
    /** Notices who has fallen silent. */
    look(): void {
      const now = performance.now()
      for (const [node, last] of heard) {
        if (now > last.at + FORGET_MS) heard.delete(node)
        if (last.isSilent || now <= last.at + SILENT_MS) continue
        last.isSilent = true
        listener.gone(node)
      }
    },
  }
}
