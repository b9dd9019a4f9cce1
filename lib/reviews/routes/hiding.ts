import type { Context } from 'hono'
import { page } from '#lib/api/list'
import { Problem } from '#lib/api/problem'
import { createRoute, json, limit, newRouter, problems, requireOperator, type ApiEnv } from '#lib/api/route'
import { hide } from '../commands.ts'
import { reviewErrors } from '../errors.ts'
import { listMarketReviews } from '../queries.ts'
import { hideInput, marketReviewsView, ownReviewParams, reviewsQuery } from '../schema.ts'

const done = { 204: { description: 'Done' } }
const operating = ['sign-in-required', 'not-allowed', 'too-many-requests'] as const

const getOfMarket = createRoute({
  operationId: 'listMarketReviews',
  method: 'get',
  path: '/admin/reviews',
  scope: 'operate',
  tags: ['Operating'],
  summary: 'What buyers say on the whole market, newest first',
  description: 'With what is hidden, and why.',
  request: { query: reviewsQuery },
  responses: {
    200: { description: 'A page', content: json(marketReviewsView) },
    ...problems(reviewErrors, ...operating),
  },
})

const putHidden = createRoute({
  operationId: 'hideReview',
  method: 'put',
  path: '/admin/reviews/{id}/hidden',
  scope: 'operate',
  tags: ['Operating'],
  summary: 'Hide a review, and take it out of the ratings',
  description: 'Its buyer and its shop still see it, with the reason.',
  request: { params: ownReviewParams, body: { content: json(hideInput), required: true } },
  responses: { ...done, ...problems(reviewErrors, ...operating, 'not-found') },
})

const deleteHidden = createRoute({
  operationId: 'showReview',
  method: 'delete',
  path: '/admin/reviews/{id}/hidden',
  scope: 'operate',
  tags: ['Operating'],
  summary: 'Show a hidden review again',
  description: 'It counts again in the same moment.',
  request: { params: ownReviewParams },
  responses: { ...done, ...problems(reviewErrors, ...operating, 'not-found') },
})

/** What operators do about a review. */
export const hidingRoutes = newRouter()
  .openapi(getOfMarket, async (c) => {
    const { userId } = requireOperator(c)
    limit(c, 'read-orders', 300, 60, userId)
    c.header('Cache-Control', 'no-store')
    return c.json(page(c, await listMarketReviews(c.req.valid('query'))), 200)
  })
  .openapi(putHidden, async (c) => hideWith(c, c.req.valid('param').id, c.req.valid('json').reason))
  .openapi(deleteHidden, async (c) => hideWith(c, c.req.valid('param').id, null))

async function hideWith(c: Context<ApiEnv>, reviewId: string, reason: string | null) {
  const { userId } = requireOperator(c)
  limit(c, 'review', 120, 60, userId)
  const result = await hide({ reviewId, operatorId: userId, reason })
  if (!result.ok) throw new Problem(result.refusal, reviewErrors)
  return c.body(null, 204)
}
