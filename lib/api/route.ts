import { getConnInfo } from '@hono/node-server/conninfo'
import { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import type { ZodType } from 'zod'
import { Overloaded } from '#lib/batch'
import { CommitUnknown, isOverload } from '#lib/db'
import { env } from '#lib/env'
import type { ErrorTable } from '#lib/errors'
import { log } from '#lib/log'
import { once } from '#lib/once'
import type { Result } from '#lib/result'
import { fieldProblem, kernelProblem, Problem, unexpected } from './problem.ts'
import { addressFrom } from './origin.ts'
import type { Member, Principal } from './principal.ts'

export { createRoute } from '@hono/zod-openapi'
export { problems } from './openapi/refusals.ts'

export interface ApiEnv {
  Variables: { principal: Principal }
}

/** A noun's routes: input that does not fit its schema is answered with a message per field. */
export function newRouter() {
  return new OpenAPIHono<ApiEnv>({
    defaultHook: (result) => {
      if (!result.success) throw fieldProblem(result.error)
    },
  })
}

/** The JSON content of a request or an answer, for `createRoute`. */
export function json<T extends ZodType>(schema: T) {
  return { 'application/json': { schema } }
}

/** Answers with the value, or ends the request with the refusal as a problem of the noun's table. */
export function reply<T extends object, S extends 200 | 201 | 202 = 200>(
  c: Context,
  result: Result<T>,
  table: ErrorTable,
  status: S = 200 as S,
) {
  if (!result.ok) throw new Problem(result.refusal, table)
  return c.json(result.value, status)
}

/** Ends a failed request: a refusal as its problem document, anything else logged and told as no more than a bug. */
export function answerError(error: Error, c: Context): Response {
  const problem = problemOf(error)
  if (!problem || problem.status === 500)
    log().error({ err: error, method: c.req.method, path: c.req.path }, 'request failed')
  if (problem?.status === 503) c.header('Retry-After', '1')
  c.header('Cache-Control', 'no-store')
  const body = JSON.stringify(problem?.view ?? unexpected)
  return c.body(body, problem?.status ?? 500, { 'Content-Type': 'application/problem+json' })
}

function problemOf(error: Error): Problem | null {
  if (error instanceof Problem) return error
  if (error instanceof Overloaded || isOverload(error)) return kernelProblem('busy')
  if (error instanceof CommitUnknown) return kernelProblem('outcome-unknown')
  // Hono's own refusals: a body that is not JSON, or not said to be.
  if (!('status' in error)) return null
  if (error.status === 415) return kernelProblem('wrong-content-type')
  return error.status === 400 ? kernelProblem('invalid-input') : null
}

/** The signed-in caller. Refuses: a visitor, with 401. */
export function requireMember(c: Context<ApiEnv>): Member {
  const { member } = c.var.principal
  if (!member) throw kernelProblem('sign-in-required')
  return member
}

/** The signed-in caller who has a shop. Refuses: a visitor with 401, a member without a shop with 403. */
export function requireSeller(c: Context<ApiEnv>): Member & { sellerId: string } {
  const member = requireMember(c)
  if (!member.sellerId) throw kernelProblem('not-allowed')
  return { ...member, sellerId: member.sellerId }
}

/** The signed-in caller who operates the market. Refuses: a visitor with 401, every other member with 403. */
export function requireOperator(c: Context<ApiEnv>): Member {
  const member = requireMember(c)
  if (member.role !== 'admin') throw kernelProblem('not-allowed')
  return member
}

/** Where the request came from: what the socket tells, or a proxy of ours. */
export function clientAddress(c: Context): string {
  return addressFrom(getConnInfo(c).remote.address, c.req.header('x-forwarded-for'))
}

/**
 * Lets a key do `points` things in so many seconds on this node, then refuses with 429 and Retry-After.
 * In memory, so that a flood costs no database write.
 */
export async function limit(c: Context, name: string, points: number, perSeconds: number, key: string): Promise<void> {
  const allowed = Math.ceil(points * env().RATE_LIMIT_FACTOR)
  const limiter = once(
    `limit:${name}`,
    () => new RateLimiterMemory({ points: allowed, duration: perSeconds, keyPrefix: name }),
  )
  try {
    await limiter.consume(key)
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal
    const seconds = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000))
    c.header('Retry-After', String(seconds))
    throw kernelProblem('too-many-requests', { retryAfterSeconds: seconds })
  }
}
