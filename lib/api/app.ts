import { OpenAPIHono } from '@hono/zod-openapi'
import { bodyLimit } from 'hono/body-limit'
import { authRoutes } from '#lib/auth/routes'
import { Overloaded } from '#lib/batch'
import { cartRoutes } from '#lib/cart/routes'
import { catalogRoutes } from '#lib/catalog/routes'
import { inventoryRoutes } from '#lib/inventory/routes'
import { log } from '#lib/log'
import { mediaRoutes, pictureRoutes } from '#lib/media/routes'
import { orderRoutes } from '#lib/orders/routes'
import { sellerRoutes } from '#lib/sellers/routes'
import { guardWrites, resolvePrincipal } from './guard.ts'
import { openApiInfo } from './openapi.ts'
import { kernelProblem, Problem } from './problem.ts'
import { newRouter, type ApiEnv } from './route.ts'

const JSON_BYTES = 256 * 1024
const UPLOAD_BYTES = 9 * 1024 * 1024
const UPLOADS = new Set(['/api/v1/pictures', '/api/v1/imports'])

const routes = newRouter()
  .route('/', authRoutes)
  .route('/', sellerRoutes)
  .route('/', pictureRoutes)
  .route('/', catalogRoutes)
  .route('/', inventoryRoutes)
  .route('/', cartRoutes)
  .route('/', orderRoutes)

/** What the typed client knows of the API. */
export type ApiRoutes = typeof routes

/** The HTTP app in front of Next: `/api/v1` and the pictures. Every refusal leaves it as a problem. */
export function createApp() {
  const app = new OpenAPIHono<ApiEnv>()
  const tooLarge = () => {
    throw kernelProblem('too-large')
  }
  const small = bodyLimit({ maxSize: JSON_BYTES, onError: tooLarge })
  const large = bodyLimit({ maxSize: UPLOAD_BYTES, onError: tooLarge })
  app.use('/api/v1/*', (c, next) => (UPLOADS.has(c.req.path) ? large : small)(c, next))
  app.use('/api/v1/*', guardWrites, resolvePrincipal)
  app.route('/api/v1', routes)
  app.doc31('/api/v1/openapi.json', openApiInfo)
  app.route('/media', mediaRoutes)
  app.notFound(() => {
    throw kernelProblem('not-found')
  })
  app.onError((error, c) => {
    const problem = problemOf(error)
    if (!problem) log().error({ err: error, method: c.req.method, path: c.req.path }, 'request failed')
    if (problem?.status === 503) c.header('Retry-After', '1')
    c.header('Content-Type', 'application/problem+json')
    c.header('Cache-Control', 'no-store')
    return c.body(JSON.stringify(problem?.view ?? UNEXPECTED), problem?.status ?? 500)
  })
  return app
}

/** What a person may know of a bug: nothing but that it was one. */
const UNEXPECTED = {
  type: '/docs/errors#unexpected',
  title: 'Something went wrong on our side. Nothing was changed; please try again.',
  status: 500,
  code: 'unexpected',
  detail: {},
}

function problemOf(error: unknown): Problem | null {
  if (error instanceof Problem) return error
  if (error instanceof Overloaded) return kernelProblem('busy')
  // Hono's own refusals, such as a body that is not JSON.
  if (error instanceof Error && 'status' in error && error.status === 400) return kernelProblem('invalid-input')
  return null
}
