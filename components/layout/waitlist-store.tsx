'use client'

import { useSyncExternalStore } from 'react'
import { hearServerTime } from '#components/live/server-clock'
import { call, createClient, type Answer } from '#lib/api/client'
import type { PlaceView, WaitlistView } from '#lib/cart/schema'
import { SECOND_MS } from '#lib/time'
import { askAgain } from './ask-again.ts'
import { heldInCart, setLine } from './cart-store.tsx'

const STALE_MS = 10 * SECOND_MS
/** What is told of one change in several messages is asked for once. */
const GATHER_MS = 300
/** When the head of a long line moves, everybody behind it asks; not all in the same moment. */
const PER_WAITING_MS = 3
const SPREAD_MS = 20 * SECOND_MS
/** An offer that went this shortly before its end ran out: the clocks of node and database are not one. */
const TOLERANCE_MS = SECOND_MS

export interface Waitlist extends WaitlistView {
  /** Places whose offer was not taken in time, as they were; until joined again or put away. */
  readonly passed: readonly PlaceView[]
}

const api = createClient()
const listeners = new Set<() => void>()
let waitlist: Waitlist | null = null
let latest = 0
/** The request whose answer is on the screen. */
let applied = 0
/** When it was asked. What was told while it was on its way may be missing in it. */
let asOf = 0
let followers = 0
/** Buyers in line as last heard of, by variant. */
const lines = new Map<string, number>()
let gathering: ReturnType<typeof setTimeout> | null = null

const tabs = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('souk.waitlist')
tabs?.addEventListener('message', () => void loadWaitlist())

/** The viewer's places in waitlists and what is offered; null on the server, until it is here, and for visitors. */
export function useWaitlist(): Waitlist | null {
  return useSyncExternalStore(subscribe, readWaitlist, readNothing)
}

/** The viewer's place in the line for one variant. */
export function usePlace(variantId: string | null): PlaceView | null {
  return useWaitlist()?.places.find((place) => place.variantId === variantId) ?? null
}

/** Loads the places and keeps them fresh until the returned function is called. For who is signed in: others have none. */
export function followWaitlist(): () => void {
  followers += 1
  if (followers === 1) document.addEventListener('visibilitychange', onReturn)
  void loadWaitlist()
  return () => {
    followers -= 1
    if (followers > 0) return
    document.removeEventListener('visibilitychange', onReturn)
    applied = ++latest
    show(null)
  }
}

/** Asks again when somebody says that one of the viewer's places changed, unless that was asked for since. */
export function hearOfPlace(): void {
  const heardAt = Date.now()
  setTimeout(() => {
    if (asOf < heardAt) void loadWaitlist()
  }, GATHER_MS)
}

/** Asks again when a line may have become shorter before the viewer; who joins it stands behind. */
export function hearOfLine(variantId: string, waiting: number): void {
  const before = lines.get(variantId) ?? Infinity
  lines.set(variantId, waiting)
  if (waiting > before || gathering) return
  const waitMs = GATHER_MS + Math.random() * Math.min(SPREAD_MS, waiting * PER_WAITING_MS)
  gathering = setTimeout(() => {
    gathering = null
    void loadWaitlist()
  }, waitMs)
}

/** Stands in the line for so many pieces. The places are fresh when this returns. */
export function joinWaitlist(variantId: string, quantity: number): Promise<Answer<WaitlistView>> {
  return change(() => call(api.waitlist[':variantId'].$put({ param: { variantId }, json: { quantity } })))
}

/** Gives the place up, and with it what was offered. */
export function leaveWaitlist(variantId: string): Promise<Answer<WaitlistView>> {
  return change(() => call(api.waitlist[':variantId'].$delete({ param: { variantId } })), variantId)
}

/** Puts what is offered into the cart, besides what that holds already. Cart and places are fresh when this returns. */
export async function takeOffer({ variantId, offer, held }: PlaceView) {
  const answer = await setLine(variantId, (heldInCart(variantId) ?? held) + (offer?.quantity ?? 0))
  if (answer.ok) settle(variantId)
  await refreshWaitlist()
  return answer
}

/** Asks again, here and in the browser's other tabs. */
export async function refreshWaitlist(): Promise<void> {
  await loadWaitlist()
  tabs?.postMessage('changed')
}

/** The viewer has seen that an offer passed on. */
export function putAway(variantId: string): void {
  if (waitlist) show({ ...waitlist, passed: waitlist.passed.filter((place) => place.variantId !== variantId) })
}

async function change(request: () => Promise<Answer<WaitlistView>>, settled?: string): Promise<Answer<WaitlistView>> {
  const number = ++latest
  const askedAt = Date.now()
  const answer = await request()
  if (!answer.ok) return answer
  if (settled) settle(settled)
  apply(answer.value, number, askedAt)
  tabs?.postMessage('changed')
  return answer
}

async function loadWaitlist(): Promise<void> {
  if (followers === 0) return
  const number = ++latest
  const askedAt = Date.now()
  const answer = await call(api.waitlist.$get())
  if (answer.ok) return apply(answer.value, number, askedAt)
  // Unless a later answer has come, what made it ask is not on the screen.
  if (number > applied) askAgain(answer, loadWaitlist)
}

/** An answer that was overtaken by a later one is old. */
function apply(view: WaitlistView, number: number, askedAt: number): void {
  if (number <= applied) return
  applied = number
  asOf = askedAt
  hearServerTime(view.serverNow)
  const there = new Set(view.places.map((place) => place.variantId))
  const overAt = Date.parse(view.serverNow) + TOLERANCE_MS
  const over = (waitlist?.places ?? []).filter((place) => place.offer && Date.parse(place.offer.until) <= overAt)
  const before = (waitlist?.passed ?? []).filter((place) => !over.some((each) => each.variantId === place.variantId))
  show({ ...view, passed: [...before, ...over].filter((place) => !there.has(place.variantId)) })
}

/** The viewer decided about an offer: it is not one that passed. */
function settle(variantId: string): void {
  if (!waitlist) return
  const others = (places: readonly PlaceView[]) => places.filter((place) => place.variantId !== variantId)
  waitlist = { ...waitlist, places: others(waitlist.places), passed: others(waitlist.passed) }
}

function onReturn(): void {
  if (document.visibilityState === 'visible' && Date.now() - asOf > STALE_MS) void loadWaitlist()
}

function show(next: Waitlist | null): void {
  waitlist = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

const readWaitlist = () => waitlist
const readNothing = () => null
