import { hash, timingSafeEqual } from 'node:crypto'
import { parse } from 'hono/utils/cookie'
import { verifySession } from '#lib/auth/commands/sessions'
import { verifyToken } from '#lib/auth/commands/tokens'
import { readSessionCookie, signingSecret } from '#lib/auth/session-cookie'
import type { Member } from '#lib/auth/types'
import { isId } from '#lib/ids'

export type { Member } from '#lib/auth/types'

/** Who sends a request: a member, a visitor with a cart, a visitor. Both at once just after a sign-in. */
export interface Principal {
  readonly member: Member | null
  /** The anonymous cart of the request's cookie. */
  readonly cartId: string | null
}

/** Remembers a visitor's cart: its id and a signature over it. */
export const CART_COOKIE = 'souk.cart'

/**
 * Who sends a request, from its raw Cookie and Authorization headers. Changes nothing.
 * A bearer token that is there counts alone, right or wrong: no cookie is looked at beside it.
 */
export async function getPrincipal(cookieHeader: string | null, authorization: string | null): Promise<Principal> {
  const token = bearerOf(authorization)
  if (token !== null) return { member: await verifyToken(token), cartId: null }
  const sid = readSessionCookie(cookieHeader)
  return { member: sid ? await verifySession(sid) : null, cartId: readCartCookie(cookieHeader) }
}

/** The value of the cart cookie: nobody can name another visitor's cart, since nobody can sign its id. */
export function signCartId(cartId: string): string {
  return `${cartId}.${signatureOf(cartId).toString('base64url')}`
}

/** The cart that a cookie names; null when it is not of our making. Compared in constant time. */
function readCartCookie(cookieHeader: string | null): string | null {
  const value = cookieHeader ? parse(cookieHeader, CART_COOKIE)[CART_COOKIE] : undefined
  const [cartId = '', signature = '', rest] = value?.split('.') ?? []
  if (!isId(cartId) || rest !== undefined) return null
  const given = Buffer.from(signature, 'base64url')
  const expected = signatureOf(cartId)
  return given.length === expected.length && timingSafeEqual(given, expected) ? cartId : null
}

/**
 * The purpose is part of what is signed: a signature made for anything else is none for a cart.
 * SHA-3 over a secret and a text is a signature as it is (nothing can be appended); an HMAC object was 25 µs of a request.
 */
function signatureOf(cartId: string): Buffer {
  return hash('sha3-256', `${CART_COOKIE}:${signingSecret()}:${cartId}`, 'buffer')
}

function bearerOf(authorization: string | null): string | null {
  return /^bearer +(\S+)$/i.exec(authorization ?? '')?.[1] ?? null
}
