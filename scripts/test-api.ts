import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { encode } from 'next-auth/jwt'
import { apiDocument, createApp } from '#lib/api/app'
import { openSession } from '#lib/auth/commands/sessions'
import { createToken } from '#lib/auth/commands/tokens'
import type { Scope } from '#lib/auth/types'
import { sessionCookieName, signingSecret } from '#lib/auth/session-cookie'
import { newId } from '#lib/ids'

export const HOST = 'souk.test'
export const OURS = { host: HOST, origin: `http://${HOST}` }

export interface Asked {
  readonly status: number
  readonly headers: Headers
  readonly json: Record<string, unknown> & { code?: string; fields?: Record<string, string> }
}

export interface Operation {
  readonly method: string
  /** With something in the place of each parameter. */
  readonly path: string
  readonly security: readonly Record<string, readonly string[]>[]
}

/** What Node brings along with a request, for one that came over no socket. What the app told Node stands in `outgoing`. */
export function nodeSide(remoteAddress = '127.0.0.1') {
  return { incoming: { socket: { remoteAddress } }, outgoing: new ServerResponse(new IncomingMessage(new Socket())) }
}

/** The whole API, asked without a socket, from an address of its own. */
export function serveApi(address = '127.0.0.1') {
  const app = createApp()

  async function ask(
    method: string,
    path: string,
    headers: Record<string, string> = {},
    body?: unknown,
  ): Promise<Asked> {
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body)
    const request = new Request(`http://${HOST}/api/v1${path}`, {
      method: method.toUpperCase(),
      headers: { host: HOST, ...(text !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(text !== undefined && { body: text }),
    })
    const node = nodeSide(address)
    const response = await app.request(request, undefined, node)
    for (const [name, values] of Object.entries(node.outgoing.getHeaders()))
      for (const value of [values].flat()) response.headers.append(name, String(value))
    const answer = await response.text()
    const isJson = response.headers.get('content-type')?.includes('json')
    return {
      status: response.status,
      headers: response.headers,
      json: (isJson && answer ? JSON.parse(answer) : {}) as Asked['json'],
    }
  }

  /** All that the document describes. */
  function listOperations(): Operation[] {
    return Object.entries(apiDocument().paths).flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, operation]) => ({
        method,
        path: filled(path.replace('/api/v1', '')),
        security: operation.security ?? [],
      })),
    )
  }

  /** All that is answered, whether or not the document describes it. */
  function listRoutes(): { method: string; path: string }[] {
    return app.routes
      .filter(({ method, path }) => method !== 'ALL' && path.startsWith('/api/v1/'))
      .map(({ method, path }) => ({
        method: method.toLowerCase(),
        path: filled(path.replace('/api/v1', '').replaceAll(/:(\w+)/g, '{$1}')),
      }))
  }

  return { ask, listOperations, listRoutes }
}

/** The header that speaks for a member with a token of these scopes. */
export async function bearerOf(userId: string, scopes?: readonly Scope[]): Promise<{ authorization: string }> {
  const made = await createToken({ userId, name: 'test', ...(scopes && { scopes }) })
  if (!made.ok) throw new Error(made.refusal.code)
  return { authorization: `Bearer ${made.value.token}` }
}

/** The header that speaks for a member's browser. */
export async function cookieOf(userId: string): Promise<{ cookie: string }> {
  const sid = await openSession({ userId, userAgent: 'test' })
  return { cookie: `${sessionCookieName()}=${await encode({ token: { sub: userId, sid }, secret: signingSecret() })}` }
}

const ID = newId()

function filled(path: string): string {
  return path.replaceAll(/\{\w+\}/g, ID)
}
