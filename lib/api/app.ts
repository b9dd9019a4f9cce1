import { OpenAPIHono } from '@hono/zod-openapi'
import { authRoutes } from '#lib/auth/routes'
import { cartRoutes } from '#lib/cart/routes'
import { catalogRoutes } from '#lib/catalog/routes'
import { inventoryRoutes } from '#lib/inventory/routes'
import { mediaRoutes, pictureRoutes } from '#lib/media/routes'
import { orderRoutes } from '#lib/orders/routes'
import { reviewRoutes } from '#lib/reviews/routes'
import { searchRoutes } from '#lib/search/routes'
import { sellerRoutes } from '#lib/sellers/routes'
import { traderRoutes } from '#lib/trader/routes'
import { env } from '#lib/env'
import { asyncApiDocument } from '#lib/live/asyncapi'
import { admit } from './guard.ts'
import { documentOf, offerDocument, openApiDocument } from './openapi.ts'
import { kernelProblem } from './problem.ts'
import { answerError, newRouter, type ApiEnv } from './route.ts'
import { createRouter } from './router.ts'

const routes = newRouter()
  .route('/', authRoutes)
  .route('/', sellerRoutes)
  .route('/', pictureRoutes)
  .route('/', catalogRoutes)
  .route('/', searchRoutes)
  .route('/', inventoryRoutes)
  .route('/', cartRoutes)
  .route('/', orderRoutes)
  .route('/', reviewRoutes)
  .route('/', traderRoutes)

/** What the typed client knows of the API. */
export type ApiRoutes = typeof routes

/** The OpenAPI document of all routes. It needs no database and no node. */
export function apiDocument() {
  return documentOf(routes.openAPIRegistry.definitions.flatMap((each) => (each.type === 'route' ? [each.route] : [])))
}

/** The HTTP app in front of Next: `/api/v1` and the pictures. Every refusal leaves it as a problem. */
export function createApp() {
  offerDocument(apiDocument)
  const app = new OpenAPIHono<ApiEnv>({ router: createRouter() })
  app.use('/api/v1/*', admit)
  app.route('/api/v1', routes)
  app.get('/api/v1/openapi.json', (c) => c.json(openApiDocument()))
  app.get('/api/v1/asyncapi.json', (c) => c.json(asyncApiDocument(new URL(env().PUBLIC_URL ?? c.req.url))))
  app.route('/media', mediaRoutes)
  app.notFound(() => {
    throw kernelProblem('not-found')
  })
  app.onError(answerError)
  return app
}
