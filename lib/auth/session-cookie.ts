import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto'
import { parse } from 'hono/utils/cookie'
import { jwtDecrypt } from 'jose'
import { env, isHttps } from '#lib/env'
import { isId } from '#lib/ids'
import { once } from '#lib/once'

/** Browsers take a `__Host-` cookie over https only, so its name follows the public address. */
export function sessionCookieName(): string {
  return isHttps() ? '__Host-souk.session' : 'souk.session'
}

/** What signs and encrypts. Throws when there is none: nothing may be signed with a guessable default. */
export function signingSecret(): string {
  const { SOUK_SECRET } = env()
  if (!SOUK_SECRET) throw new Error('SOUK_SECRET is not set: nothing can be signed.')
  return SOUK_SECRET
}

/**
 * The session that a raw Cookie header names; null when there is none or it is not of our making.
 * It says nothing of whether the session still counts: `verifySession` does.
 */
export async function readSessionCookie(cookieHeader: string | null): Promise<string | null> {
  if (!cookieHeader) return null
  const name = sessionCookieName()
  const token = parse(cookieHeader, name)[name]
  if (!token || token.length > 4_096) return null
  // Forged or over: a visitor.
  const opened = await jwtDecrypt(token, sessionKey(), { clockTolerance: 15 }).catch(() => null)
  const sid = opened?.payload.sid
  return typeof sid === 'string' && isId(sid) ? sid : null
}

/** The key that next-auth derives from the secret to encrypt with; derived once instead of at every request, and as an object, which is looked at once instead of thrice. */
function sessionKey(): KeyObject {
  const info = 'NextAuth.js Generated Encryption Key'
  return once('session-key', () => createSecretKey(new Uint8Array(hkdfSync('sha256', signingSecret(), '', info, 32))))
}
