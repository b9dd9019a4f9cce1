import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context } from 'hono'
import { env } from '#lib/env'
import { once } from '#lib/once'
import { SECOND_MS } from '#lib/time'
import { createWindows, type Windows } from '#lib/windows'
import { addressFrom } from './origin.ts'
import { kernelProblem } from './problem.ts'
import type { ApiEnv } from './route.ts'

/** Where the request came from: what the socket tells, or a proxy of ours. */
export function clientAddress(c: Context<ApiEnv>): string {
  const address = c.get('address') ?? addressFrom(getConnInfo(c).remote.address, c.req.header('x-forwarded-for'))
  c.set('address', address)
  return address
}

/**
 * Lets a key do `points` things in so many seconds on this node, then refuses with 429 and Retry-After. The answer says in
 * RateLimit-Policy and RateLimit (draft-ietf-httpapi-ratelimit-headers) what was counted and what is left.
 * In memory, so that a flood costs no database write. Told straight to Node's answer, because every request is counted: through
 * Hono each answer had a list of headers made, checked and copied for it.
 */
export function limit(c: Context<ApiEnv>, name: string, points: number, perSeconds: number, key: string): void {
  const most = Math.ceil(points * env().RATE_LIMIT_FACTOR)
  const { count, leftMs } = windowsOf(name, perSeconds)(key)
  const seconds = Math.max(1, Math.ceil(leftMs / SECOND_MS))
  const { outgoing } = c.env
  outgoing.appendHeader('RateLimit-Policy', `"${name}";q=${most};w=${perSeconds}`)
  outgoing.appendHeader('RateLimit', `"${name}";r=${Math.max(0, most - count)};t=${seconds}`)
  if (count <= most) return
  c.header('Retry-After', String(seconds))
  throw kernelProblem('too-many-requests', { retryAfterSeconds: seconds })
}

/**
 * Requests a minute to the whole API: of one member, with however many tokens; of all who are nobody at one address, which may be
 * a whole school.
 */
const ALL = { member: 1_800, address: 6_000, perSeconds: 60 } as const

/** Counts a request against what its sender may ask of the API in all. */
export function limitAll(c: Context<ApiEnv>, userId: string | null): void {
  if (userId) limit(c, 'member', ALL.member, ALL.perSeconds, userId)
  else limit(c, 'address', ALL.address, ALL.perSeconds, clientAddress(c))
}

function windowsOf(name: string, perSeconds: number): Windows {
  return once(`limit:${name}`, () => createWindows(perSeconds * SECOND_MS))
}
