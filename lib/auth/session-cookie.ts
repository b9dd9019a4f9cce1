import { createDecipheriv, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto'
import { parse } from 'hono/utils/cookie'
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
export function readSessionCookie(cookieHeader: string | null): string | null {
  if (!cookieHeader) return null
  const name = sessionCookieName()
  const token = parse(cookieHeader, name)[name]
  if (!token || token.length > 4_096) return null
  const claims = openToken(token)
  return typeof claims?.sid === 'string' && isId(claims.sid) ? claims.sid : null
}

/** What next-auth writes before each of its tokens: {"alg":"dir","enc":"A256GCM"}. Nothing else is opened. */
const HEADER = 'eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0'
const HEADER_BYTES = Buffer.from(HEADER)
const CLOCK_TOLERANCE_SECONDS = 15

/**
 * The claims of a token that next-auth sealed (RFC 7516, compact, direct key, A256GCM); null when it is forged or over.
 * By hand, because every request passes here and a library for every kind of token looks at far more than this one kind has.
 */
function openToken(token: string): { readonly sid?: unknown } | null {
  const [header = '', wrappedKey, iv = '', sealed = '', tag = '', rest] = token.split('.')
  if (header !== HEADER || wrappedKey !== '' || rest !== undefined) return null
  try {
    const cipher = createDecipheriv('aes-256-gcm', sessionKey(), Buffer.from(iv, 'base64url'), { authTagLength: 16 })
    cipher.setAAD(HEADER_BYTES).setAuthTag(Buffer.from(tag, 'base64url'))
    const text = Buffer.concat([cipher.update(Buffer.from(sealed, 'base64url')), cipher.final()])
    const claims = JSON.parse(text.toString()) as { exp?: unknown; sid?: unknown }
    const isOver = typeof claims.exp !== 'number' || claims.exp < Date.now() / 1000 - CLOCK_TOLERANCE_SECONDS
    return isOver ? null : claims
  } catch {
    return null
  }
}

/** The key that next-auth derives from the secret to encrypt with; derived once instead of at every request, and as an object, which is looked at once instead of thrice. */
function sessionKey(): KeyObject {
  const info = 'NextAuth.js Generated Encryption Key'
  return once('session-key', () => createSecretKey(new Uint8Array(hkdfSync('sha256', signingSecret(), '', info, 32))))
}
