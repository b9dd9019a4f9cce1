import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { ADDRESS_HEADER } from '#lib/auth/sign-in-limits'
import { isHttps } from '#lib/env'
import { addressFrom } from './origin.ts'

/**
 * Sets what every page carries: a content security policy with a nonce of its own, and the usual refusals.
 * Next finds the nonce in the request's copy of the policy and puts it on its scripts.
 */
export function setPageHeaders(request: IncomingMessage, response: ServerResponse, { dev }: { dev: boolean }): void {
  const policy = pagePolicy({ nonce: randomBytes(16).toString('base64'), host: request.headers.host ?? '', dev })
  request.headers['content-security-policy'] = policy
  const forwarded = request.headers['x-forwarded-for']
  request.headers[ADDRESS_HEADER] = addressFrom(request.socket.remoteAddress, forwarded?.toString())
  response.setHeader('Content-Security-Policy', policy)
  for (const [name, value] of Object.entries(COMMON)) response.setHeader(name, value)
  if (isHttps()) response.setHeader('Strict-Transport-Security', HSTS)
}

export const HSTS = 'max-age=31536000; includeSubDomains'

/** Headers for every answer, whoever gives it. */
export const COMMON = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=()',
}

function pagePolicy({ nonce, host, dev }: { nonce: string; host: string; dev: boolean }): string {
  const socket = /^[\w.:[\]-]+$/.test(host) ? `${isHttps() ? 'wss' : 'ws'}://${host}` : ''
  return [
    `default-src 'self'`,
    // Hot reload evaluates code; nothing else does.
    `script-src 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ''}`,
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
