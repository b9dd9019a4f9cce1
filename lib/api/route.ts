import { createRoute as describeRoute, OpenAPIHono, type RouteConfig } from '@hono/zod-openapi'
import type { HttpBindings } from '@hono/node-server'
import type { Context, Next } from 'hono'
import type { ZodType } from 'zod'
import { missingScope } from '#lib/auth/rules'
import type { Scope } from '#lib/auth/types'
import { Overloaded } from '#lib/batch'
import { CommitUnknown, isOverload } from '#lib/db'
import type { ErrorTable } from '#lib/errors'
import { log } from '#lib/log'
import type { Result } from '#lib/result'
import { readInput } from './input.ts'
import { kernelProblem, Problem, unexpected } from './problem.ts'
import type { Member, Principal } from './principal.ts'
import { tag } from './tag.ts'

export { clientAddress, limit } from './limits.ts'
export { problems } from './openapi/refusals.ts'

export interface ApiEnv {
  /** What Node brings along with a request. */
  Bindings: HttpBindings
  Variables: {
    principal: Principal
    /** Where the request came from, once `clientAddress` was asked. */
    address?: string
  }
}

type Answerer = (c: Context<ApiEnv>, next: Next) => Response | Promise<Response>
type ScopedRoute = ReturnType<typeof describeRoute<string, RouteConfig>> & { scope: RouteScope }

/** What a token needs for a route; `none`: the route is for everybody, or proves in another way who may. */
export type RouteScope = Scope | 'none'

/**
 * A route, and the scope that a token needs for it: the one place where that is said, checked and documented. It is asked
 * before anything of the request is looked at. A session has all scopes; whoever is nobody is the handler's to refuse.
 */
export function createRoute<P extends string, R extends Omit<RouteConfig, 'path'> & { path: P }>(
  route: R & { scope: RouteScope },
) {
  return describeRoute<P, R>(route.scope === 'none' ? route : { ...route, security: securityOf(route.scope) })
}

/** What the document says of it: a token with the scope, or a browser's session. */
export function securityOf(scope: Scope): Record<string, string[]>[] {
  return [{ token: [scope] }, { session: [] }]
}

/** Refuses a token that was not made for this, with the scope it lacks. */
function requireScope(c: Context<ApiEnv>, scope: RouteScope): void {
  if (scope === 'none') return
  const missing = missingScope(c.get('principal').member?.scopes ?? null, scope)
  if (missing) throw kernelProblem('scope-missing', { scope: missing })
}

/** What a token may do and what is sent is looked at in one step before the handler (docs/decisions/0029). */
class Router extends OpenAPIHono<ApiEnv> {
  override openapi = ((route: ScopedRoute, handler: Answerer) => {
    this.openAPIRegistry.registerPath(route)
    return this.on([route.method], [route.getRoutingPath()], async (c, next) => {
      requireScope(c, route.scope)
      await readInput(c, route.request)
      return handler(c, next)
    })
  }) as unknown as OpenAPIHono<ApiEnv>['openapi']
}

/** A noun's routes: input that does not fit its schema is answered with a message per field. */
export function newRouter(): OpenAPIHono<ApiEnv> {
  return new Router()
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
  // Who wrote over an old revision is told the one to look at.
  const revision = problem?.status === 412 ? problem.view.detail.revision : undefined
  if (revision != null) tag(c, String(revision))
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
  const { member } = c.get('principal')
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
