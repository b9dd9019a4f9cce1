import type { Context } from 'hono'
import { page } from '#lib/api/list'
import { kernelProblem, Problem } from '#lib/api/problem'
import {
  createRoute,
  json,
  limit,
  newRouter,
  problems,
  reply,
  requireMember,
  requireSeller,
  type ApiEnv,
} from '#lib/api/route'
import { catalogErrors } from '#lib/catalog/errors'
import { slugParams } from '#lib/catalog/schema'
import { orderParams } from '#lib/orders/schema'
import { ok, refuse, type Result } from '#lib/result'
import { sellerParams } from '#lib/sellers/schema'
import { answer, review, takeBack } from './commands.ts'
import { reviewErrors } from './errors.ts'
import {
  getOrderReviews,
  getRatingOfShop,
  getSellerRating,
  listOwnReviews,
  listProductReviews,
  listShopReviews,
} from './queries.ts'
import {
  answerInput,
  orderReviewsView,
  ownReviewParams,
  ownReviewsView,
  productReviewsView,
  reviewInput,
  reviewParams,
  reviewsQuery,
  sellerRatingView,
  shopReviewsView,
} from './schema.ts'
import { hidingRoutes } from './routes/hiding.ts'

const LINE = '/orders/{number}/lines/{lineId}/review'
const OWN = '/seller/reviews/{id}/answer'
const done = { 204: { description: 'Done' } }
const buying = ['sign-in-required', 'not-found', 'too-many-requests'] as const
const selling = ['sign-in-required', 'not-allowed', 'too-many-requests'] as const

const getOfOrder = createRoute({
  operationId: 'listOrderReviews',
  method: 'get',
  path: '/orders/{number}/reviews',
  scope: 'read',
  tags: ['Reviews'],
  summary: 'What you say about the lines of your order',
  description: 'With `canReview` for each: whether it has arrived and can be reviewed, or the review changed.',
  request: { params: orderParams },
  responses: {
    200: { description: 'Its goods, in their order', content: json(orderReviewsView) },
    ...problems(reviewErrors, ...buying),
  },
})

const putReview = createRoute({
  operationId: 'reviewLine',
  method: 'put',
  path: LINE,
  scope: 'buy',
  tags: ['Reviews'],
  summary: 'Say how an item and its shop were',
  description:
    'Once per line, by who received it. Sent again it takes the place of what you said before, as often as you like; what is ' +
    'left out is taken back. The ratings follow in the same moment.',
  request: { params: reviewParams, body: { content: json(reviewInput), required: true } },
  responses: {
    200: { description: 'The goods of the order, and what you say about them', content: json(orderReviewsView) },
    ...problems(reviewErrors, ...buying, ...Object.keys(reviewErrors)),
  },
})

const deleteReview = createRoute({
  operationId: 'takeBackReview',
  method: 'delete',
  path: LINE,
  scope: 'buy',
  tags: ['Reviews'],
  summary: 'Take a review back',
  description: 'Where there is none, nothing changes.',
  request: { params: reviewParams },
  responses: {
    200: { description: 'The goods of the order, and what you say about them', content: json(orderReviewsView) },
    ...problems(reviewErrors, ...buying, 'review-hidden'),
  },
})

const getOfProduct = createRoute({
  operationId: 'listProductReviews',
  method: 'get',
  path: '/products/{slug}/reviews',
  scope: 'none',
  tags: ['Reviews'],
  summary: 'What buyers say about a product, newest first',
  description: 'By the product’s address or its id. `nextCursor` leads to the next page.',
  request: { params: slugParams, query: reviewsQuery },
  responses: {
    200: { description: 'A page, and what all of them come to', content: json(productReviewsView) },
    ...problems(catalogErrors, 'not-found'),
  },
})

const getOfShop = createRoute({
  operationId: 'listShopReviews',
  method: 'get',
  path: '/sellers/{handle}/reviews',
  scope: 'none',
  tags: ['Reviews'],
  summary: 'What buyers say about a shop and what it sold, newest first',
  description: 'All that is not hidden, each with its thumbs, its words and the shop’s answer.',
  request: { params: sellerParams, query: reviewsQuery },
  responses: {
    200: { description: 'A page, and what all of them come to', content: json(shopReviewsView) },
    ...problems(reviewErrors, 'not-found'),
  },
})

const getRating = createRoute({
  operationId: 'getShopRating',
  method: 'get',
  path: '/sellers/{handle}/rating',
  scope: 'none',
  tags: ['Reviews'],
  summary: 'A shop’s rating',
  description: 'The live channel tells every change of it in the room `shop:<id>`.',
  request: { params: sellerParams },
  responses: {
    200: { description: 'The rating', content: json(sellerRatingView) },
    ...problems(reviewErrors, 'not-found'),
  },
})

const getOwnRating = createRoute({
  operationId: 'getOwnRating',
  method: 'get',
  path: '/seller/rating',
  scope: 'read',
  tags: ['Reviews'],
  summary: 'Your shop’s rating',
  description: 'How many thumbs up and down it has, as everyone sees them.',
  responses: {
    200: { description: 'The rating', content: json(sellerRatingView) },
    ...problems(reviewErrors, 'sign-in-required', 'not-allowed'),
  },
})

const getOwnReviews = createRoute({
  operationId: 'listOwnReviews',
  method: 'get',
  path: '/seller/reviews',
  scope: 'read',
  tags: ['Reviews'],
  summary: 'What buyers say about your shop, newest first',
  description: 'With the order each is about, and with what the market hides from everyone else.',
  request: { query: reviewsQuery },
  responses: {
    200: { description: 'A page', content: json(ownReviewsView) },
    ...problems(reviewErrors, ...selling),
  },
})

const putAnswer = createRoute({
  operationId: 'answerReview',
  method: 'put',
  path: OWN,
  scope: 'sell',
  tags: ['Reviews'],
  summary: 'Answer a review, for everyone to read',
  description: 'One answer a review; sent again it takes the place of the one before.',
  request: { params: ownReviewParams, body: { content: json(answerInput), required: true } },
  responses: { ...done, ...problems(reviewErrors, ...selling, 'not-found') },
})

const deleteAnswer = createRoute({
  operationId: 'takeBackAnswer',
  method: 'delete',
  path: OWN,
  scope: 'sell',
  tags: ['Reviews'],
  summary: 'Take your answer to a review back',
  description: 'Nobody sees it any more; where there is none, nothing changes.',
  request: { params: ownReviewParams },
  responses: { ...done, ...problems(reviewErrors, ...selling, 'not-found') },
})

type C = Context<ApiEnv>

export const reviewRoutes = newRouter()
  .openapi(getOfOrder, async (c) => {
    const { userId } = requireMember(c)
    limit(c, 'read-orders', 300, 60, userId)
    return reply(c, ok(await linesOf(c, userId, c.req.valid('param').number)), reviewErrors)
  })
  .openapi(putReview, async (c) => {
    const { number, lineId } = c.req.valid('param')
    const buyerId = writerOf(c)
    requireDone(await review({ number, lineId, buyerId }, c.req.valid('json')))
    return c.json(await linesOf(c, buyerId, number), 200)
  })
  .openapi(deleteReview, async (c) => {
    const { number, lineId } = c.req.valid('param')
    const buyerId = writerOf(c)
    requireDone(await takeBack({ number, lineId, buyerId }))
    return c.json(await linesOf(c, buyerId, number), 200)
  })
  .openapi(getOfProduct, async (c) => {
    const found = await listProductReviews(c.req.valid('param').slug, c.req.valid('query'))
    c.header('Cache-Control', 'no-cache')
    return reply(c, found ? ok(page(c, found)) : refuse('not-found'), reviewErrors)
  })
  .openapi(getOfShop, async (c) => {
    const found = await listShopReviews(c.req.valid('param').handle, c.req.valid('query'))
    c.header('Cache-Control', 'no-cache')
    return reply(c, found ? ok(page(c, found)) : refuse('not-found'), reviewErrors)
  })
  .openapi(getRating, async (c) => {
    const found = await getRatingOfShop(c.req.valid('param').handle)
    c.header('Cache-Control', 'no-cache')
    return reply(c, found ? ok(found) : refuse('not-found'), reviewErrors)
  })
  .openapi(getOwnRating, async (c) => {
    const { sellerId } = requireSeller(c)
    c.header('Cache-Control', 'no-store')
    return c.json(await getSellerRating(sellerId), 200)
  })
  .openapi(getOwnReviews, async (c) => {
    const { userId, sellerId } = requireSeller(c)
    limit(c, 'read-orders', 300, 60, userId)
    c.header('Cache-Control', 'no-store')
    return c.json(page(c, await listOwnReviews(sellerId, c.req.valid('query'))), 200)
  })
  .openapi(putAnswer, async (c) => answerWith(c, c.req.valid('param').id, c.req.valid('json').text))
  .openapi(deleteAnswer, async (c) => answerWith(c, c.req.valid('param').id, null))
  .route('/', hidingRoutes)

/** Who writes a review: a person writes few, a flood of changes is a program gone wrong. */
function writerOf(c: C): string {
  const { userId } = requireMember(c)
  limit(c, 'review', 120, 60, userId)
  return userId
}

async function linesOf(c: C, buyerId: string, number: string) {
  const found = await getOrderReviews(buyerId, number)
  if (!found) throw kernelProblem('not-found')
  c.header('Cache-Control', 'no-store')
  return found
}

async function answerWith(c: C, reviewId: string, text: string | null) {
  const { userId, sellerId } = requireSeller(c)
  limit(c, 'review', 120, 60, userId)
  requireDone(await answer({ reviewId, sellerId, text }))
  return c.body(null, 204)
}

function requireDone(result: Result<null>): void {
  if (!result.ok) throw new Problem(result.refusal, reviewErrors)
}
