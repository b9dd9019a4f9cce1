import { db, prisma } from '#lib/db'
import { env } from '#lib/env'
import { TOKENS_MAX } from './rules.ts'
import type { DeviceView, TokenView } from './schema.ts'
import * as statements from './sql.ts'
import { SCOPES } from './types.ts'

/** Where the member is signed in now, the last used first. */
export async function listDevices(member: { userId: string; sid: string | null }): Promise<DeviceView[]> {
  const rows = await db.run(statements.listLiveSessions(member.userId, env().SESSION_IDLE_MS))
  return rows.map((row) => ({
    sid: row.sid,
    userAgent: row.userAgent,
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    isCurrent: row.sid === member.sid,
  }))
}

/** The member's tokens that still work, the newest first. Their secrets are nowhere. */
export async function listTokens(member: { userId: string; tokenId: string | null }): Promise<TokenView[]> {
  const rows = await prisma().apiToken.findMany({
    where: { userId: member.userId, revokedAt: null, expiresAt: { gt: new Date() } },
    select: { id: true, name: true, scopes: true, createdAt: true, expiresAt: true, lastUsedAt: true },
    orderBy: { id: 'desc' },
    take: TOKENS_MAX,
  })
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    scopes: SCOPES.filter((scope) => row.scopes.includes(scope)),
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    isCurrent: row.id === member.tokenId,
  }))
}

/** Who operates the market, by handle. */
export function listOperators(): Promise<{ handle: string; name: string }[]> {
  return db.run(statements.listOperators())
}
