'use client'

import type { Socket } from 'socket.io-client'
import type { ClientToServerEvents, LiveEvent, ServerToClientEvents, Snapshot, StockState } from '#lib/live/events'
import { packSubscriptions } from '#lib/live/rules'
import { applyStates, knownVersions } from './stock-store.tsx'
import { noteContact, setConnected } from './connection.tsx'

type LiveSocket = Socket<ServerToClientEvents, ClientToServerEvents>
type Listener = (event: LiveEvent) => void

/** How long a room is kept after the last part of the page let go of it: a scroll up and down asks nothing anew. */
const LINGER_MS = 2_000

interface Room {
  listeners: Set<Listener>
  holders: number
  leaving: ReturnType<typeof setTimeout> | null
}

const rooms = new Map<string, Room>()
let socket: LiveSocket | null = null
let opening = false
let asked: Set<string> | null = null

/** Hears a room until the returned function is called. One socket per tab serves all; it opens at the first use. */
export function joinRoom(name: string, listener?: Listener): () => void {
  const room = rooms.get(name) ?? { listeners: new Set<Listener>(), holders: 0, leaving: null }
  if (room.leaving) clearTimeout(room.leaving)
  const isNew = !rooms.has(name)
  rooms.set(name, room)
  room.holders++
  room.leaving = null
  if (listener) room.listeners.add(listener)
  if (isNew) ask(name)
  if (!opening) void open()
  return () => {
    room.holders--
    if (listener) room.listeners.delete(listener)
    if (room.holders === 0) room.leaving = setTimeout(() => leave(name), LINGER_MS)
  }
}

/** The variants' rooms in use: what has to be polled when there is no socket. */
export function isHeard(room: string): boolean {
  return rooms.has(room)
}

function leave(name: string): void {
  rooms.delete(name)
  socket?.emit('unsubscribe', [name])
}

/** Gathers what a page asks for in one moment into one message. */
function ask(name: string): void {
  if (asked) return void asked.add(name)
  asked = new Set([name])
  queueMicrotask(() => {
    const names = [...(asked ?? [])]
    asked = null
    if (socket?.connected) subscribe(names)
  })
}

function subscribe(names: readonly string[]): void {
  const wishes = names.filter((name) => rooms.has(name)).map((room) => ({ room, known: knownVersions(room) }))
  for (const message of packSubscriptions(wishes)) socket?.emit('subscribe', message, takeSnapshot)
}

function takeSnapshot(snapshot: Snapshot): void {
  noteContact()
  applyStates(snapshot.states)
  for (const { room, event } of snapshot.events) tell(room, event)
}

function tell(room: string, event: LiveEvent): void {
  for (const listener of rooms.get(room)?.listeners ?? []) listener(event)
}

async function open(): Promise<void> {
  opening = true
  const { io } = await import('socket.io-client')
  socket = io({
    transports: ['websocket'],
    reconnectionDelay: 500,
    reconnectionDelayMax: 5_000,
    randomizationFactor: 0.5,
  })
  const resubscribe = () => subscribe([...rooms.keys()])
  socket.on('connect', () => {
    setConnected(true)
    resubscribe()
  })
  socket.on('disconnect', (reason) => {
    setConnected(false)
    // Cut by the server: Socket.IO would not come back by itself.
    if (reason === 'io server disconnect') setTimeout(() => socket?.connect(), 500 + Math.random() * 1_500)
  })
  socket.on('connect_error', () => setConnected(false))
  socket.on('closing', (withinMs) => setTimeout(() => socket?.connect(), Math.random() * withinMs))
  socket.on('stock', (states: readonly StockState[]) => {
    noteContact()
    applyStates(states)
  })
  socket.on('event', tell)
  // A laptop that slept, a page out of the back-forward cache, a network that came back: catch up at once.
  const wake = () => {
    if (document.visibilityState === 'hidden') return
    if (socket?.connected) resubscribe()
    else socket?.connect()
  }
  for (const name of ['online', 'pageshow'] as const) window.addEventListener(name, wake)
  document.addEventListener('visibilitychange', wake)
}
