import { createHash } from 'node:crypto'
import { db } from '#lib/db'
import { newId, newSecret } from '#lib/ids'
import { ok, refuse, type Result } from '#lib/result'
import { cachedMember, forgetMembers } from '../member-cache.ts'
import { TOKEN_TTL_MS } from '../rules.ts'
import type { NewTokenView } from '../schema.ts'
import * as statements from '../sql.ts'
import type { Member } from '../types.ts'

// A prefix of their own lets scanners find tokens that were committed by mistake.
const TOKEN = /^souk_[0-9A-Za-z]{32}$/

/** Makes a program's key to the API. The secret is in the answer and nowhere else: only its SHA-256 is kept. */
export async function createToken(of: { userId: string; name: string }): Promise<NewTokenView> {
  const id = newId()
  const token = `souk_${newSecret()}`
  const [row] = await db.run(
    statements.insertToken({ id, userId: of.userId, name: of.name, secretHash: hashOf(token), ttlMs: TOKEN_TTL_MS }),
  )
  if (!row) throw new Error('The token was not stored.')
  return { id, token, expiresAt: row.expiresAt.toISOString() }
}

/** The member of a token; null when it is none of ours, was revoked, or is over. Revocation counts as for sessions. */
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
  const [member] = await db.run(statements.findMemberByToken(secretHash))
  return member ?? null
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
