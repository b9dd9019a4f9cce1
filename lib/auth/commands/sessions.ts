import { createBatcher } from '#lib/batch'
import { db, hotDb, transact } from '#lib/db'
import { env } from '#lib/env'
import { isId, newId } from '#lib/ids'
import { cutSession } from '#lib/live/publish'
import { once } from '#lib/once'
import { ok, refuse, type Result } from '#lib/result'
import { cachedMember, forgetMembers } from '../member-cache.ts'
import { noteAfterMs } from '../rules.ts'
import * as statements from '../sql.ts'
import type { Member, MemberRow } from '../types.ts'

/** Opens a session for a member who has just proved to be it; clears the member's ended ones. */
export async function openSession(of: { userId: string; userAgent: string }): Promise<string> {
  const { SESSION_IDLE_MS, SESSION_LIMIT_MS } = env()
  const sid = newId()
  const userAgent = of.userAgent.replace(/[^\x20-\x7e]/g, '').slice(0, 300)
  await transact(async (tx) => {
    await tx.run(statements.deleteEndedSessions(of.userId, SESSION_IDLE_MS))
    await tx.run(statements.insertSession({ sid, userId: of.userId, userAgent, limitMs: SESSION_LIMIT_MS }))
  })
  return sid
}

/**
 * The member of a session; null when it was revoked, has been idle for too long, or is over.
 * Invariant: a revocation counts at once on the node that did it and within a second on every other.
 * Notes the use of the session, at most once a minute.
 */
export function verifySession(sid: string): Promise<Member | null> {
  if (!isId(sid)) return Promise.resolve(null)
  return cachedMember(`session ${sid}`, () => readMember(sid))
}

/** Whether the session still counts: what a socket asks from time to time. */
export async function isSessionLive(sid: string): Promise<boolean> {
  return (await verifySession(sid)) !== null
}

/** Of the sessions, those that still count. One statement. */
export async function liveAmong(sids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await hotDb.run(statements.pickLiveSessions(sids, env().SESSION_IDLE_MS))
  return new Set(rows.map((row) => row.sid))
}

/** Ends one of the member's sessions, and its live sockets. Refuses: `not-found` for any other, and for one that has ended. */
export async function revokeSession(of: {
  userId: string
  sid: string
}): Promise<Result<{ sid: string }, 'not-found'>> {
  const [ended] = await db.run(statements.revokeSession(of.sid, of.userId))
  forgetMembers()
  cutSession(of.sid)
  return ended ? ok(ended) : refuse('not-found')
}

/** Ends all of the member's sessions but the one that asks; with `keepSid` null all of them. Returns how many. */
export async function revokeOtherSessions(of: { userId: string; keepSid: string | null }): Promise<number> {
  const ended = await db.run(statements.revokeOtherSessions(of.userId, of.keepSid))
  forgetMembers()
  for (const { sid } of ended) cutSession(sid)
  return ended.length
}

/** Requests that arrive together are known by one statement. */
function memberReader() {
  return once('member-reader', () =>
    createBatcher<string, MemberRow | null>({
      run: async (sids) => {
        const { SESSION_IDLE_MS } = env()
        const rows = await hotDb.run(
          statements.findMembersBySession(sids, SESSION_IDLE_MS, noteAfterMs(SESSION_IDLE_MS)),
        )
        const bySid = new Map(rows.map((row) => [row.sid, row]))
        return sids.map((sid) => bySid.get(sid) ?? null)
      },
      laneOf: () => '',
      lanes: 1,
      maxBatch: 200,
      maxQueue: 5_000,
      maxWaitMs: 3_000,
    }),
  )
}

async function readMember(sid: string): Promise<Member | null> {
  const row = await memberReader()(sid)
  if (!row) return null
  const { isUnnoted, ...member } = row
  if (isUnnoted) await db.run(statements.noteSession(sid))
  return member
}
