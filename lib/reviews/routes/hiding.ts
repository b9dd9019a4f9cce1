import type { Context } from 'hono'
import { Problem } from '#lib/api/problem'
import { createRoute, json, limit, newRouter, problems, requireOperator, type ApiEnv } from '#lib/api/route'
import { hide } from '../commands.ts'
import { reviewErrors } from '../errors.ts'
import { hideInput, ownReviewParams } from '../schema.ts'

const done = { 204: { description: 'Done' } }
const operating = ['sign-in-required', 'not-allowed', 'too-many-requests'] as const

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
  .openapi(putHidden, async (c) => hideWith(c, c.req.valid('param').id, c.req.valid('json').reason))
  .openapi(deleteHidden, async (c) => hideWith(c, c.req.valid('param').id, null))

async function hideWith(c: Context<ApiEnv>, reviewId: string, reason: string | null) {
  const { userId } = requireOperator(c)
  await limit(c, 'review', 120, 60, userId)
  const result = await hide({ reviewId, operatorId: userId, reason })
  if (!result.ok) throw new Problem(result.refusal, reviewErrors)
  return c.body(null, 204)
}
