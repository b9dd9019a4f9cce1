import { createHash } from 'node:crypto'
import { db } from '#lib/db'
import { newId, newSecret } from '#lib/ids'
import { ok, refuse, type Result } from '#lib/result'
import { DAY_MS } from '#lib/time'
import { cachedMember, forgetMembers } from '../member-cache.ts'
import { TOKEN_DAYS, TOKEN_NOTE_MS, TOKENS_MAX, USUAL_SCOPES } from '../rules.ts'
import type { NewTokenView } from '../schema.ts'
import * as statements from '../sql.ts'
import type { Member, Scope } from '../types.ts'

// A prefix of their own lets scanners find tokens that were committed by mistake.
const TOKEN = /^souk_[0-9A-Za-z]{32}$/

/** What is asked for: without scopes and days the usual ones. */
export interface TokenWish {
  readonly userId: string
  readonly name: string
  readonly scopes?: readonly Scope[]
  readonly expiresInDays?: number
}

/**
 * Makes a program's key to the API. The secret is in the answer and nowhere else: only its SHA-256 is kept.
 * Refuses: too-many-tokens, so that every token that works is in the member's list, where it can be revoked.
 */
export async function createToken(wish: TokenWish): Promise<Result<NewTokenView, 'too-many-tokens'>> {
  const { userId, name, scopes = USUAL_SCOPES, expiresInDays = TOKEN_DAYS.usual } = wish
  const id = newId()
  const token = `souk_${newSecret()}`
  const ttlMs = expiresInDays * DAY_MS
  const [row] = await db.run(
    statements.insertToken({ id, userId, name, secretHash: hashOf(token), scopes, ttlMs, most: TOKENS_MAX }),
  )
  if (!row) return refuse('too-many-tokens')
  return ok({ id, token, scopes: [...scopes], expiresAt: row.expiresAt.toISOString() })
}

/**
 * The member of a token, with what the token may do; null when it is none of ours, was revoked, or is over. Revocation counts
 * as for sessions. Notes the use of the token, at most once a minute.
 */
export function verifyToken(token: string): Promise<Member | null> {
  if (!TOKEN.test(token)) return Promise.resolve(null)
  // 190 bits of chance need no slow hash.
  const secretHash = hashOf(token)
  return cachedMember(`token ${secretHash}`, () => readMember(secretHash))
}

/** Ends one of the member's tokens. Refuses: `not-found` for any other, and for one that has ended. */
export async function revokeToken(of: { userId: string; id: string }): Promise<Result<{ id: string }, 'not-found'>> {
  const [ended] = await db.run(statements.revokeToken(of.id, of.userId))
  forgetMembers()
  return ended ? ok(ended) : refuse('not-found')
}

async function readMember(secretHash: string): Promise<Member | null> {
  const [row] = await db.run(statements.findMemberByToken(secretHash, TOKEN_NOTE_MS))
  if (!row) return null
  const { isUnnoted, ...member } = row
  if (isUnnoted && member.tokenId) await db.run(statements.noteToken(member.tokenId, TOKEN_NOTE_MS))
  return member
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
