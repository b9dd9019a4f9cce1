import type { OpenAPIHono } from '@hono/zod-openapi'
import { Problem } from '#lib/api/problem'
import type { Member } from '#lib/api/principal'
import { newRouter, type ApiEnv } from '#lib/api/route'
import { nodeSide } from './test-api.ts'

/** Some of the API's routes without the rest of it, asked by this member, or by a visitor. */
export function serveRoutes(
  routes: OpenAPIHono<ApiEnv>,
  member: (Partial<Member> & Pick<Member, 'userId'>) | null,
): OpenAPIHono<ApiEnv> {
  const anybody = { role: 'member', sellerId: null, sid: null, cartId: null, tokenId: null, scopes: null } as const
  const named = { handle: 'm', name: 'm', email: 'm@example.org' }
  const app = newRouter()
  app.use(async (c, next) => {
    c.set('principal', { member: member && { ...anybody, ...named, ...member }, cartId: null })
    await next()
  })
  app.route('/', routes)
  app.onError((error, c) => {
    if (!(error instanceof Problem)) throw error
    return c.json(error.view, error.status)
  })
  const { request } = app
  app.request = (input, init, node = nodeSide()) => request(input, init, node)
  return app
}
