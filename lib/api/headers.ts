import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { ADDRESS_HEADER } from '#lib/auth/sign-in-limits'
import { isHttps } from '#lib/env'
import { hashOf } from '#lib/pages/hash'
import { HEAD_SCRIPT } from '#lib/pages/script'
import { isKeptAddress, SCRIPTS_HEADER } from '#lib/pages/rules'
import { addressFrom } from './origin.ts'

/**
 * Sets what every page carries: a content security policy of its own, and the usual refusals.
 * A page that is drawn for this request has a nonce: Next finds it in the request's copy of the policy and puts it on its
 * scripts. A page that is kept cannot have one; it brings the hashes of its inline scripts instead, once it is there.
 */
export function setPageHeaders(request: IncomingMessage, response: ServerResponse, { dev }: { dev: boolean }): void {
  const policyWith = policyFor(request.headers.host ?? '')
  if (!dev && isKeptAddress(request.url ?? '/')) {
    delete request.headers['content-security-policy']
    response.setHeader('Content-Security-Policy', policyWith(`'self' ${HEAD_HASH}`))
    // Next would tell every cache on the way to keep it for a year, and no edit would reach those.
    response.setHeader('Cache-Control', 'private, no-cache')
  } else {
    // Hot reload evaluates code; nothing else does.
    const nonce = `'nonce-${randomBytes(16).toString('base64')}'`
    const policy = policyWith(`${nonce} ${HEAD_HASH} 'strict-dynamic'${dev ? " 'unsafe-eval'" : ''}`)
    request.headers['content-security-policy'] = policy
    response.setHeader('Content-Security-Policy', policy)
  }
  finishWhenKept(request, response, (hashes) => policyWith(`'self' ${hashes}`))
  const forwarded = request.headers['x-forwarded-for']
  request.headers[ADDRESS_HEADER] = addressFrom(request.socket.remoteAddress, forwarded?.toString())
  setCommonHeaders(response)
}

/** Sets what every answer of the API carries: where it says nothing else, it is no page and loads nothing. */
export function setApiHeaders(response: ServerResponse): void {
  response.setHeader('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'")
  setCommonHeaders(response)
}

function setCommonHeaders(response: ServerResponse): void {
  for (const [name, value] of COMMON) response.setHeader(name, value)
  if (isHttps()) response.setHeader('Strict-Transport-Security', 'max-age=31536000; includeSubDomains')
}

const COMMON = [
  ['X-Content-Type-Options', 'nosniff'],
  ['X-Frame-Options', 'DENY'],
  ['Referrer-Policy', 'strict-origin-when-cross-origin'],
  ['Cross-Origin-Opener-Policy', 'same-origin'],
  ['Permissions-Policy', 'camera=(), microphone=(), geolocation=()'],
] as const

const HEAD_HASH = hashOf(HEAD_SCRIPT)

/** The last moment before an answer begins is the first at which it is known whether it is a page that is kept. */
function finishWhenKept(
  request: IncomingMessage,
  response: ServerResponse,
  policyOf: (hashes: string) => string,
): void {
  const writeHead = response.writeHead.bind(response) as (...parts: unknown[]) => ServerResponse
  response.writeHead = (...parts: unknown[]) => {
    const hashes = response.getHeader(SCRIPTS_HEADER)
    if (typeof hashes !== 'string') return writeHead(...parts)
    response.removeHeader(SCRIPTS_HEADER)
    response.setHeader('Content-Security-Policy', policyOf(hashes))
    const etag = response.getHeader('ETag')
    // Who has it already is told so: Node leaves the body of such an answer out.
    if (etag === undefined || request.headers['if-none-match'] !== etag) return writeHead(...parts)
    response.removeHeader('Content-Length')
    response.statusCode = 304
    return writeHead(304, ...parts.slice(1))
  }
}

function policyFor(host: string): (scripts: string) => string {
  const socket = /^[\w.:[\]-]+$/.test(host) ? `${isHttps() ? 'wss' : 'ws'}://${host}` : ''
  return (scripts) =>
    [
      `default-src 'self'`,
      `script-src ${scripts}`,
      `style-src 'self' 'unsafe-inline'`,
      `img-src 'self' data: blob:`,
      `font-src 'self'`,
      `connect-src 'self' ${socket}`,
      `object-src 'none'`,
      `base-uri 'none'`,
      `form-action 'self'`,
      `frame-ancestors 'none'`,
    ].join('; ')
}
