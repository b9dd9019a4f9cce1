import { sql } from '#lib/db'
import type { Credentials, Member, MemberRow, Scope } from './types.ts'

export interface UserRow {
  readonly id: string
  readonly handle: string
  readonly email: string
  readonly name: string
  readonly passwordHash: string
}

/** Indexes app_user_handle_key and app_user_email_key decide who was first; both are stored in lower case. */
export const insertUser = (user: UserRow) => sql`
  insert into app_user (id, handle, email, name, password_hash)
  values (${user.id}, ${user.handle}, ${user.email}, ${user.name}, ${user.passwordHash})`

/** Index: app_user_handle_key. */
export const findCredentialsByHandle = (handle: string) => sql<Credentials>`
  select id as "userId", password_hash as "passwordHash"
  from app_user
  where handle = ${handle}`

/** Index: app_user_email_key. */
export const findCredentialsByEmail = (email: string) => sql<Credentials>`
  select id as "userId", password_hash as "passwordHash"
  from app_user
  where email = ${email}`

/** The absolute limit counts from here, on the database's clock. */
export const insertSession = (session: { sid: string; userId: string; userAgent: string; limitMs: number }) => sql`
  insert into session (sid, user_id, user_agent, expires_at)
  values (
    ${session.sid}, ${session.userId}, ${session.userAgent},
    clock_timestamp() + ${session.limitMs}::float8 * interval '1 millisecond'
  )`

/** Clears what ended, so that a member's list does not grow for ever. Index: session_user_id_idx. */
export const deleteEndedSessions = (userId: string, idleMs: number) => sql`
  delete from session
  where user_id = ${userId}
    and (
      revoked_at is not null
      or expires_at <= clock_timestamp()
      or last_seen_at <= clock_timestamp() - ${idleMs}::float8 * interval '1 millisecond'
    )`

/** The members of the sessions that count: not revoked, not idle for too long, not over. Index: session_pkey. */
export const findMembersBySession = (sids: readonly string[], idleMs: number, noteAfterMs: number) => sql<MemberRow>`
  select app_user.id as "userId", session.sid, null as "tokenId", null as scopes, app_user.handle, app_user.name, app_user.email, app_user.role,
         seller.id as "sellerId", cart.id as "cartId",
         session.last_seen_at < clock_timestamp() - ${noteAfterMs}::float8 * interval '1 millisecond' as "isUnnoted"
  from session
  join app_user on app_user.id = session.user_id
  left join seller on seller.user_id = app_user.id
  left join cart on cart.buyer_id = app_user.id
  where session.sid = any(${sids}::uuid[])
    and session.revoked_at is null
    and session.expires_at > clock_timestamp()
    and session.last_seen_at > clock_timestamp() - ${idleMs}::float8 * interval '1 millisecond'`

/** Of the sessions, those that count. Index: session_pkey. */
export const pickLiveSessions = (sids: readonly string[], idleMs: number) => sql<{ sid: string }>`
  select sid
  from session
  where sid = any(${sids}::uuid[])
    and revoked_at is null
    and expires_at > clock_timestamp()
    and last_seen_at > clock_timestamp() - ${idleMs}::float8 * interval '1 millisecond'`

/** Notes that the session is in use. A session that was revoked meanwhile stays as it is. */
export const noteSession = (sid: string) => sql`
  update session
  set last_seen_at = clock_timestamp()
  where sid = ${sid}
    and revoked_at is null`

export interface DeviceRow {
  readonly sid: string
  readonly userAgent: string
  readonly createdAt: Date
  readonly lastSeenAt: Date
  readonly expiresAt: Date
}

/** The sessions that count, the last used first. Index: session_user_id_idx. */
export const listLiveSessions = (userId: string, idleMs: number) => sql<DeviceRow>`
  select sid, user_agent as "userAgent", created_at as "createdAt", last_seen_at as "lastSeenAt",
         expires_at as "expiresAt"
  from session
  where user_id = ${userId}
    and revoked_at is null
    and expires_at > clock_timestamp()
    and last_seen_at > clock_timestamp() - ${idleMs}::float8 * interval '1 millisecond'
  order by last_seen_at desc, sid
  limit 100`

/** Ends one of the member's sessions, once. */
export const revokeSession = (sid: string, userId: string) => sql<{ sid: string }>`
  update session
  set revoked_at = clock_timestamp()
  where sid = ${sid}
    and user_id = ${userId}
    and revoked_at is null
  returning sid`

/** Ends all of the member's sessions but one; null ends all. Index: session_user_id_idx. */
export const revokeOtherSessions = (userId: string, keepSid: string | null) => sql<{ sid: string }>`
  update session
  set revoked_at = clock_timestamp()
  where user_id = ${userId}
    and sid is distinct from ${keepSid}::uuid
    and revoked_at is null
  returning sid`

/** Unless the member has so many that work already: then no row comes back. Index: api_token_user_id_idx. */
export const insertToken = (token: {
  id: string
  userId: string
  name: string
  secretHash: string
  scopes: readonly Scope[]
  ttlMs: number
  most: number
}) => sql<{ expiresAt: Date }>`
  insert into api_token (id, user_id, name, secret_hash, scopes, expires_at)
  select ${token.id}::uuid, ${token.userId}::uuid, ${token.name}, ${token.secretHash}, ${token.scopes}::text[],
         clock_timestamp() + ${token.ttlMs}::float8 * interval '1 millisecond'
  where (
    select count(*)
    from api_token
    where user_id = ${token.userId}::uuid
      and revoked_at is null
      and expires_at > clock_timestamp()
  ) < ${token.most}
  returning expires_at as "expiresAt"`

/** The member of a token that counts. Index: api_token_secret_hash_key. */
export const findMemberByToken = (secretHash: string, noteAfterMs: number) => sql<MemberRow>`
  select app_user.id as "userId", null as sid, api_token.id as "tokenId", api_token.scopes, app_user.handle, app_user.name, app_user.email, app_user.role,
         seller.id as "sellerId", cart.id as "cartId",
         coalesce(
           api_token.last_used_at < clock_timestamp() - ${noteAfterMs}::float8 * interval '1 millisecond', true
         ) as "isUnnoted"
  from api_token
  join app_user on app_user.id = api_token.user_id
  left join seller on seller.user_id = app_user.id
  left join cart on cart.buyer_id = app_user.id
  where api_token.secret_hash = ${secretHash}
    and api_token.revoked_at is null
    and api_token.expires_at > clock_timestamp()`

/** Notes that a token is in use. Of nodes that would at once, one does. Index: api_token_pkey. */
export const noteToken = (id: string, noteAfterMs: number) => sql`
  update api_token
  set last_used_at = clock_timestamp()
  where id = ${id}
    and revoked_at is null
    and (
      last_used_at is null
      or last_used_at < clock_timestamp() - ${noteAfterMs}::float8 * interval '1 millisecond'
    )`

/** Ends one of the member's tokens, once. */
export const revokeToken = (id: string, userId: string) => sql<{ id: string }>`
  update api_token
  set revoked_at = clock_timestamp()
  where id = ${id}
    and user_id = ${userId}
    and revoked_at is null
  returning id`

/** Makes a member an operator, or takes that away; no row where there is no such member. Index: app_user_handle_key. */
export const updateRole = (handle: string, role: Member['role']) => sql<{ userId: string }>`
  update app_user
  set role = ${role}::user_role
  where handle = ${handle}
  returning id as "userId"`

/** Who operates the market, by handle. Reads all members: for the command line. */
export const listOperators = () => sql<{ handle: string; name: string }>`
  select handle, name
  from app_user
  where role = 'admin'
  order by handle`
