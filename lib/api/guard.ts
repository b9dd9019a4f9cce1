import type { Context, MiddlewareHandler } from 'hono'
import { deleteCookie } from 'hono/cookie'
import { mergeCarts } from '#lib/cart/commands'
import { once } from '#lib/once'
import { createTurns } from '#lib/turns'
import { limitAll } from './limits.ts'
import { isOurOrigin } from './origin.ts'
import { CART_COOKIE, getPrincipal } from './principal.ts'
import { kernelProblem } from './problem.ts'
import type { ApiEnv } from './route.ts'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])
const JSON_BYTES = 256 * 1024
const UPLOAD_BYTES = 9 * 1024 * 1024
const WEBHOOKS = '/api/v1/payments/webhooks/'
const UPLOADS = new Set(['/api/v1/pictures', '/api/v1/imports'])

/**
 * What every request to the API passes before anything of it is believed; one step, because each costs every request.
 * A node works on as many at once as its few connections can serve soon: more would all wait in the middle of their work, and
 * fail there. Enough of them that holds still find company for their batches, and few enough in one pass of the event loop that a
 * batch, whose answer came meanwhile, does not wait for all of a crowd.
 */
export const admit: MiddlewareHandler<ApiEnv> = (c, next) =>
  once('request-turns', () => createTurns({ atOnce: 256, queue: 10_000, maxWaitMs: 10_000, perPass: 32 })).run(
    async () => {
      await guardRequest(c)
      await resolvePrincipal(c)
      return next()
    },
  )

async function guardRequest(c: Context<ApiEnv>): Promise<void> {
  // The one sign that PostgreSQL's text cannot hold.
  if (c.req.url.includes('%00')) throw kernelProblem('broken-text')
  refuseLargeBody(c)
  if (isWebhook(c)) return
  if (!SAFE.has(c.req.method)) refuseForeignWrite(c)
  if (c.req.header('content-type')?.startsWith('application/json')) await refuseBrokenText(c)
}

/** A webhook proves itself by a signature over its bytes and borrows nobody's cookie: where it comes from says nothing. */
function isWebhook(c: Context): boolean {
  return c.req.path.startsWith(WEBHOOKS)
}

/**
 * Refuses a body that is too large before any of it is read. Its length has to be said beforehand: Node's parser holds
 * the sender to it.
 */
function refuseLargeBody(c: Context): void {
  if (c.req.header('transfer-encoding')) throw kernelProblem('length-required')
  const most = UPLOADS.has(c.req.path) ? UPLOAD_BYTES : JSON_BYTES
  if (Number(c.req.header('content-length') ?? 0) > most) throw kernelProblem('too-large')
}

/**
 * Refuses writes that another site made a browser send: with a cookie, the Origin must be ours and the body JSON
 * (or an upload, which the Origin guards). A program with a bearer token has no cookie that could be borrowed.
 */
function refuseForeignWrite(c: Context): void {
  const origin = c.req.header('origin')
  const isBrowser = Boolean(c.req.header('cookie') || origin)
  if (isBrowser && !isOurOrigin(origin, c.req.header('host'))) throw kernelProblem('foreign-origin')
  // What a browser says of itself where it sends neither: no page of another site, and no form of a sister's.
  const site = c.req.header('sec-fetch-site')
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw kernelProblem('foreign-origin')
  const type = c.req.header('content-type')?.split(';')[0]?.trim() ?? ''
  const length = c.req.header('content-length') ?? '0'
  // A form without fields has no body, and is a form all the same.
  const hasBody = length !== '0' || (type !== '' && (isBrowser || c.req.header('content-length') === undefined))
  if (hasBody && type !== 'application/json' && type !== 'multipart/form-data')
    throw kernelProblem('wrong-content-type')
}

/**
 * Refuses text that no database takes, wherever it stands: the sign NUL, and half a character. Both come only as `\u` and four
 * digits, since JSON takes no NUL as it is and bytes that are no UTF-8 are replaced when they are read.
 */
async function refuseBrokenText(c: Context): Promise<void> {
  // The body is read once and kept for its route, which says what is wrong where it cannot be read.
  const text = await c.req.text().catch(() => '')
  if (text.includes('\\u') && hasBrokenText(parse(text))) throw kernelProblem('broken-text')
}

/** What is not JSON at all, the route says better. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Without calling itself: a body may be nested deeper than a stack goes. */
function hasBrokenText(whole: unknown): boolean {
  const left = [whole]
  while (left.length > 0) {
    const value = left.pop()
    if (typeof value === 'string' && (value.includes('\0') || !value.isWellFormed())) return true
    if (typeof value !== 'object' || value === null) continue
    for (const [name, inner] of Object.entries(value)) left.push(name, inner)
  }
  return false
}

/** Who asks, and whether they may ask so much. A visitor's cart that arrives together with a sign-in becomes the member's, and its cookie goes. */
async function resolvePrincipal(c: Context<ApiEnv>): Promise<void> {
  if (isWebhook(c)) return c.set('principal', { member: null, cartId: null })
  const principal = await getPrincipal(c.req.header('cookie') ?? null, c.req.header('authorization') ?? null)
  c.set('principal', principal)
  // Before whatever else a request may cost: who was told to wait and asks again costs no more than this.
  limitAll(c, principal.member?.userId ?? null)
  // Taken for a visitor, a program would fill a cart that nobody finds again.
  if (!principal.member && c.req.header('authorization')) {
    c.header('WWW-Authenticate', 'Bearer error="invalid_token"')
    throw kernelProblem('unknown-token')
  }
  if (principal.member && principal.cartId) {
    const merged = await mergeCarts({ anonymousCartId: principal.cartId, buyerId: principal.member.userId })
    if (merged) deleteCookie(c, CART_COOKIE, { path: '/' })
  }
}
