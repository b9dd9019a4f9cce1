import { once } from '#lib/once'
import { SECOND_MS } from '#lib/time'
import type { Member } from './types.ts'

const KEEP_MS = SECOND_MS
const MOST = 10_000

interface Entry {
  readonly at: number
  readonly member: Promise<Member | null>
}

/**
 * The member under a key (a session or a token), read at most once a second.
 * Invariant: an answer is never older than a second, counted from before its read began.
 * Concurrency: requests that ask at once share one read; `forgetMembers` also keeps a read that is under way from staying.
 */
export function cachedMember(key: string, read: () => Promise<Member | null>): Promise<Member | null> {
  const cache = entries()
  const known = cache.get(key)
  if (known && performance.now() - known.at < KEEP_MS) return known.member
  if (cache.size >= MOST) cache.clear()
  const entry = { at: performance.now(), member: read() }
  cache.set(key, entry)
  entry.member.catch(() => {
    if (cache.get(key) === entry) cache.delete(key)
  })
  return entry.member
}

/** What was read is read again: after a revocation, or when a member's shop, role or name changed. */
export function forgetMembers(): void {
  entries().clear()
}

/** One for the process: the API revokes in the server's module graph, pages read in Next's. */
function entries(): Map<string, Entry> {
  return once('member-cache', () => new Map<string, Entry>())
}
