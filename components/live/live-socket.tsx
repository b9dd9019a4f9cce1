import type { Socket } from 'socket.io-client'
import type { ClientToServerEvents, LiveEvent, ServerToClientEvents, Snapshot, Subscription } from '#lib/live/events'
import { packSubscriptions, ROOMS_PER_SOCKET } from '#lib/live/rules'
import { tellJoin, tellReturn, tellRoom, wantedRooms, wantedSince, wantRoom } from './live-rooms.tsx'
import { noteLive, noteLost } from './live-status.tsx'
import { applyPrices } from './price-store.tsx'
import { applyRating } from './rating-store.tsx'
import { hearServerAnswer } from './server-clock.tsx'
import { startPolling } from './stock-poll.tsx'
import { applyStock, knownVersions } from './stock-store.tsx'
import { setWatchers } from './watcher-store.tsx'
import { onWake } from './wake.tsx'

type LiveSocket = Socket<ServerToClientEvents, ClientToServerEvents>

/** Wishes of one moment go as one message, and fast scrolling stays far below the gateway's limit. */
const GATHER_MS = 150
const ANSWER_MS = 5_000
/** A connection that slept may be dead without knowing: a new one is made sooner than that costs anybody's patience. */
const ANSWER_AFTER_SLEEP_MS = 1_000
const RETRY_MS = 5_000

/** One connection per tab, opened with the first wish. */
let opening: Promise<void> | null = null
let socket: LiveSocket | null = null
let gathering: ReturnType<typeof setTimeout> | null = null
let connectedAt = 0
/** The connection on which everything was last caught up on; 0 before the first. */
let caughtUpOn = 0
let returnWithinMs = 2_000
/** Rooms the gateway was asked for on this connection, and what became of it. */
const rooms = new Map<string, 'asked' | 'joined' | 'refused'>()

/** Hears a room until the returned function is called. */
export function watchRoom(room: string): () => void {
  opening ??= open()
  return wantRoom(room, gather)
}

/** Whether what happens in a room is heard at this moment. */
export function isJoined(room: string): boolean {
  return rooms.get(room) === 'joined'
}

async function open(): Promise<void> {
  noteLost(startPolling)
  const library = await import('socket.io-client').catch(() => null)
  // The network went before the code for it had come.
  if (!library) return void setTimeout(() => void open(), RETRY_MS * (0.5 + Math.random()))
  const made: LiveSocket = library.io({
    transports: ['websocket'],
    reconnectionDelay: 500,
    reconnectionDelayMax: 5_000,
    randomizationFactor: 0.5,
    timeout: 8_000,
  })
  socket = made
  made.on('connect', () => {
    connectedAt = Date.now()
    rooms.clear()
    sync()
  })
  made.on('disconnect', (reason) => {
    rooms.clear()
    noteLost(startPolling)
    // After a farewell of the server's the library stays away by itself.
    if (reason === 'io server disconnect') setTimeout(() => made.connect(), Math.random() * returnWithinMs)
  })
  made.on('connect_error', () => {
    noteLost(startPolling)
    if (!made.active) setTimeout(() => made.connect(), RETRY_MS * (0.5 + Math.random()))
  })
  made.on('stock', applyStock)
  made.on('prices', applyPrices)
  made.on('event', hear)
  made.on('watchers', (watchers) => setWatchers([watchers]))
  // Not all at once: everyone on the node was told in the same moment.
  made.on('missed', () => void setTimeout(tellReturn, Math.random() * 1_000))
  made.on('closing', (withinMs) => void (returnWithinMs = withinMs))
  onWake(wake)
}

/** After sleep a connection may only look alive: everything is asked for again, and no answer means a new connection. */
function wake(): void {
  if (!socket?.connected) return restart()
  rooms.clear()
  sync(ANSWER_AFTER_SLEEP_MS)
}

function restart(): void {
  socket?.disconnect().connect()
}

function gather(): void {
  gathering ??= setTimeout(() => {
    gathering = null
    sync()
  }, GATHER_MS)
}

/** Leaves what is not wanted any more and asks for what is wanted and not heard yet. */
function sync(answerMs = ANSWER_MS): void {
  if (!socket?.connected) return
  const wanted = new Set(wantedRooms())
  const left = [...rooms.keys()].filter((room) => !wanted.has(room))
  for (const room of left) rooms.delete(room)
  for (let from = 0; from < left.length; from += 100) socket.emit('unsubscribe', left.slice(from, from + 100))
  const heard = [...rooms.values()].filter((state) => state !== 'refused').length
  const missing = [...wanted].filter((room) => !rooms.has(room)).slice(0, ROOMS_PER_SOCKET - heard)
  for (const message of packSubscriptions(missing.map(subscriptionTo))) void ask(message, answerMs)
  if (rooms.size === 0) settle()
}

function subscriptionTo(room: string): Subscription {
  return { room, known: room.startsWith('product:') ? knownVersions(room.slice('product:'.length)) : {} }
}

async function ask(message: Subscription[], answerMs: number): Promise<void> {
  const asked = socket
  if (!asked) return
  const askedAt = Date.now()
  const onConnection = connectedAt
  for (const { room } of message) rooms.set(room, 'asked')
  const snapshot = await answerTo(asked, message, answerMs)
  // The answer to an older connection says nothing about this one.
  if (onConnection !== connectedAt || !asked.connected) return
  if (!snapshot) return restart()
  takeIn(message, snapshot, askedAt)
}

/** The library's own promise has no type for what it brings. */
function answerTo(asked: LiveSocket, message: Subscription[], answerMs: number): Promise<Snapshot | null> {
  return new Promise((resolve) => {
    asked.timeout(answerMs).emit('subscribe', message, (error, snapshot) => resolve(error ? null : snapshot))
  })
}

function takeIn(message: readonly Subscription[], snapshot: Snapshot, askedAt: number): void {
  hearServerAnswer(snapshot.serverNow, askedAt)
  for (const { room } of message) {
    if (!rooms.has(room)) continue
    rooms.set(room, 'joined')
    if (!snapshot.refused.some((refusal) => refusal.room === room)) tellJoin(room)
  }
  for (const { room, reason } of snapshot.refused) {
    rooms.set(room, 'refused')
    if (reason === 'unavailable' || reason === 'too-many') setTimeout(() => forget(room), RETRY_MS)
    // Whoever signed in after the connection was made is known only to a new one.
    if (reason === 'not-allowed' && wantedSince(room) > connectedAt) return restart()
  }
  applyStock(snapshot.states)
  applyPrices(snapshot.prices)
  setWatchers(snapshot.watchers)
  for (const { room, event } of snapshot.events) hear(room, event)
  if (![...rooms.values()].includes('asked')) settle()
}

/** A rating is kept whoever listens: a page that shows it may come a moment after it. */
function hear(room: string, event: LiveEvent): void {
  if (event.type === 'rating') applyRating('shop', event.sellerId, event)
  tellRoom(room, event)
}

/** All that is wanted has been caught up on. */
function settle(): void {
  noteLive()
  if (caughtUpOn !== 0 && caughtUpOn !== connectedAt) tellReturn()
  caughtUpOn = connectedAt
}

function forget(room: string): void {
  if (rooms.get(room) === 'refused') rooms.delete(room)
  gather()
}
