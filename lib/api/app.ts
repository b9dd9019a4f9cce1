import { OpenAPIHono } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { authRoutes } from '#lib/auth/routes'
import { cartRoutes } from '#lib/cart/routes'
import { catalogRoutes } from '#lib/catalog/routes'
import { inventoryRoutes } from '#lib/inventory/routes'
import { mediaRoutes, pictureRoutes } from '#lib/media/routes'
import { orderRoutes } from '#lib/orders/routes'
import { sellerRoutes } from '#lib/sellers/routes'
import { guardWrites, resolvePrincipal } from './guard.ts'
import { openApiInfo } from './openapi.ts'
import { kernelProblem } from './problem.ts'
import { answerError, newRouter, type ApiEnv } from './route.ts'

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
  const limitBody: MiddlewareHandler<ApiEnv> = (c, next) => (UPLOADS.has(c.req.path) ? large : small)(c, next)
  app.use('/api/v1/*', limitBody)
  app.use('/api/v1/*', guardWrites, resolvePrincipal)
  app.route('/api/v1', routes)
  app.doc31('/api/v1/openapi.json', openApiInfo)
  app.route('/media', mediaRoutes)
  app.notFound(() => {
    throw kernelProblem('not-found')
  })
  app.onError(answerError)
  return app
}
