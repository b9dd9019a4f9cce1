import { env } from '#lib/env'
import { once } from '#lib/once'
import { isOverdue, pathOfKey, sizeOf, tagsOf } from './rules.ts'
import type { Entry, KeptPage, Lifetime } from './types.ts'

/** Pages that are being drawn at a time; more than a node ever draws. What falls out is not kept, and does no harm. */
const MOST_DRAWN = 1_000

interface Store {
  /** The least recently asked for first. */
  readonly entries: Map<string, Entry>
  /** The key of the page at a path. */
  readonly keys: Map<string, string>
  bytes: number
  /** By key, the tags that expired since the drawing began. */
  readonly drawn: Map<string, Set<string>>
}

/** The page at a key; null when there is none, and then it is known to be drawn from now on. */
export function readPage(key: string, now: number): Entry | null {
  const entry = touch(key)
  if (!entry) return beginDrawing(key)
  if (isOverdue(entry, now)) beginDrawing(key)
  return entry
}

/** The page that is kept for a path; null when there is none. Whoever finds none has it drawn by Next. */
export function findPage(path: string): Entry | null {
  const key = store().keys.get(path)
  return key === undefined ? null : touch(key)
}

/** What was asked for last goes last. */
function touch(key: string): Entry | null {
  const { entries } = store()
  const entry = entries.get(key)
  if (!entry) return null
  entries.delete(key)
  entries.set(key, entry)
  return entry
}

/**
 * Keeps a page, and lets go of those that were not asked for longest where there is no room.
 * Guarantees: never one that was begun before an edit of something it shows; never one that says there is nothing here,
 * so that what is published is there at once.
 */
export function keepPage(key: string, page: KeptPage, lifetime: Lifetime | undefined, now: number): void {
  const { entries, drawn } = store()
  const expired = drawn.get(key)
  drawn.delete(key)
  drop(key)
  const most = env().PAGE_CACHE_MB * 1_000_000
  const entry = { page, keptAt: now, lifetime, tags: tagsOf(page), bytes: sizeOf(page) }
  if (!expired || isAnyIn(entry.tags, expired)) return
  if ((page.status ?? 200) !== 200 || entry.bytes > most) return
  entries.set(key, entry)
  store().keys.set(pathOfKey(key), key)
  store().bytes += entry.bytes
  for (const [oldest] of entries) {
    if (store().bytes <= most) return
    drop(oldest)
  }
}

/** Ends every page that shows one of these, and keeps those from staying that are just being drawn. At once. */
export function expirePages(tags: readonly string[]): void {
  if (tags.length === 0) return
  const { entries, drawn } = store()
  const over = new Set(tags)
  for (const [key, entry] of entries) if (isAnyIn(entry.tags, over)) drop(key)
  for (const expired of drawn.values()) for (const tag of tags) expired.add(tag)
}

/** Ends all pages: nobody knows what was edited. */
export function expireAllPages(): void {
  const { entries, drawn } = store()
  for (const [key] of entries) drop(key)
  drawn.clear()
}

function beginDrawing(key: string): null {
  const { drawn } = store()
  // Of two that draw the same, the one that began first decides what is too old.
  if (!drawn.has(key)) drawn.set(key, new Set())
  const [oldest] = drawn.keys()
  if (drawn.size > MOST_DRAWN && oldest !== undefined) drawn.delete(oldest)
  return null
}

function drop(key: string): void {
  const { entries } = store()
  store().bytes -= entries.get(key)?.bytes ?? 0
  entries.delete(key)
  if (store().keys.get(pathOfKey(key)) === key) store().keys.delete(pathOfKey(key))
}

function isAnyIn(tags: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
  for (const tag of others) if (tags.has(tag)) return true
  return false
}

/** Next's bundle, its handler and the server load this file separately; what is kept exists once. */
function store(): Store {
  return once('pages.store', () => ({ entries: new Map(), keys: new Map(), bytes: 0, drawn: new Map() }))
}
