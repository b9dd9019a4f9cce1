import type { Context, TypedResponse } from 'hono'
import type * as z from 'zod'
import {
  createRoute,
  json,
  limit,
  newRouter,
  problems,
  requireMember,
  requireOperator,
  requireSeller,
  type ApiEnv,
} from '#lib/api/route'
import type { Result } from '#lib/result'
import { closeDispute, dispute } from '../commands/dispute.ts'
import type { MoveCode } from '../commands/move-on.ts'
import { receive } from '../commands/receive.ts'
import { cancel, refund } from '../commands/refund.ts'
import { ship } from '../commands/ship.ts'
import { orderErrors } from '../errors.ts'
import type { Actor } from '../rules/states.ts'
import { orderHeaders } from '../schema.ts'
import { sellerOrderStateView, type SellerOrderStateView } from '../schema/progress.ts'
import {
  buyerPartParams,
  cancelInput,
  closeDisputeInput,
  disputeInput,
  refundInput,
  sellerOrderParams,
  shipInput,
  type RefundInput,
} from '../schema/seller-order.ts'
import type { StoredAnswer } from '../types.ts'
import { orderProblem, sendStored } from './stored.ts'

const SHOP = '/seller/orders/{id}'
const BUYER = '/orders/{number}/seller-orders/{id}'
const MARKET = '/admin/seller-orders/{id}'

const codes = ['sign-in-required', 'not-found', 'wrong-state', 'too-many-requests'] as const
const paying = ['in-progress', 'key-reused', 'nothing-left', 'refund-refused'] as const
const refunding = [...codes, ...paying, 'unknown-line', 'more-than-left'] as const
const KEYED =
  'Make a new Idempotency-Key for every request and send it again with every repeat: a repeat is answered with the same bytes, ' +
  'and with `in-progress` (409, Retry-After) while it is not known what the payment provider made of it.'

const stated = { 200: { description: 'What the seller order is now', content: json(sellerOrderStateView) } }
const body = <T extends z.ZodType>(schema: T) => ({ content: json(schema), required: true as const })

const postShip = createRoute({
  operationId: 'shipOrder',
  method: 'post',
  path: `${SHOP}/ship`,
  scope: 'sell',
  tags: ['Selling'],
  summary: 'Say that it is sent',
  description: 'Said again, it puts carrier and tracking number right.',
  request: { params: sellerOrderParams, body: body(shipInput) },
  responses: { ...stated, ...problems(orderErrors, ...codes, 'not-allowed') },
})

const postSellerCancel = createRoute({
  operationId: 'cancelAsSeller',
  method: 'post',
  path: `${SHOP}/cancel`,
  scope: 'sell',
  tags: ['Selling'],
  summary: 'Call off what is not sent yet, and pay it back',
  description: KEYED,
  request: { params: sellerOrderParams, headers: orderHeaders, body: body(cancelInput) },
  responses: { ...stated, ...problems(orderErrors, ...codes, ...paying, 'not-allowed') },
})

const postRefund = createRoute({
  operationId: 'refundAsSeller',
  method: 'post',
  path: `${SHOP}/refund`,
  scope: 'sell',
  tags: ['Selling'],
  summary: 'Give money back, for all of an order or some pieces of it',
  description: `Before the settlement and after it: then it comes from your balance. ${KEYED}`,
  request: { params: sellerOrderParams, headers: orderHeaders, body: body(refundInput) },
  responses: { ...stated, ...problems(orderErrors, ...refunding, 'not-allowed') },
})

const postBuyerCancel = createRoute({
  operationId: 'cancelAsBuyer',
  method: 'post',
  path: `${BUYER}/cancel`,
  scope: 'buy',
  tags: ['Orders'],
  summary: 'Call off one shop’s part of your order before it is sent',
  description: KEYED,
  request: { params: buyerPartParams, headers: orderHeaders, body: body(cancelInput) },
  responses: { ...stated, ...problems(orderErrors, ...codes, ...paying) },
})

const postReceive = createRoute({
  operationId: 'receiveOrder',
  method: 'post',
  path: `${BUYER}/receive`,
  scope: 'buy',
  tags: ['Orders'],
  summary: 'Say that it has arrived',
  description: 'Its money is settled sooner then. It cannot be taken back; a complaint can follow for a while.',
  request: { params: buyerPartParams },
  responses: { ...stated, ...problems(orderErrors, ...codes) },
})

const postDispute = createRoute({
  operationId: 'openDispute',
  method: 'post',
  path: `${BUYER}/dispute`,
  scope: 'buy',
  tags: ['Orders'],
  summary: 'Complain: the shop gets no money until it is put right',
  description: 'Possible until the time for it is over. Refunds end it, and so does taking it back.',
  request: { params: buyerPartParams, body: body(disputeInput) },
  responses: { ...stated, ...problems(orderErrors, ...codes, 'dispute-over') },
})

const postCloseDispute = createRoute({
  operationId: 'closeDispute',
  method: 'post',
  path: `${BUYER}/close-dispute`,
  scope: 'buy',
  tags: ['Orders'],
  summary: 'Take a complaint back',
  description: 'The shop’s money is settled as if nothing had been.',
  request: { params: buyerPartParams, body: body(closeDisputeInput) },
  responses: { ...stated, ...problems(orderErrors, ...codes) },
})

const postMarketRefund = createRoute({
  operationId: 'refundAsMarket',
  method: 'post',
  path: `${MARKET}/refund`,
  scope: 'operate',
  tags: ['Operating'],
  summary: 'Give money back in the shop’s place',
  description: KEYED,
  request: { params: sellerOrderParams, headers: orderHeaders, body: body(refundInput) },
  responses: { ...stated, ...problems(orderErrors, ...refunding, 'not-allowed') },
})

const postMarketCloseDispute = createRoute({
  operationId: 'closeDisputeAsMarket',
  method: 'post',
  path: `${MARKET}/close-dispute`,
  scope: 'operate',
  tags: ['Operating'],
  summary: 'Judge that a complaint is settled',
  description: 'The shop gets its money; buyer and shop read the reason.',
  request: { params: sellerOrderParams, body: body(closeDisputeInput) },
  responses: { ...stated, ...problems(orderErrors, ...codes, 'not-allowed') },
})

type C = Context<ApiEnv>

export const sellerOrderRoutes = newRouter()
  .openapi(postShip, async (c) => answer(c, await ship(c.req.valid('param').id, sellerOf(c), c.req.valid('json'))))
  .openapi(postSellerCancel, async (c) => {
    const asked = keyed(sellerOf(c), postSellerCancel.path, c.req.valid('header'))
    const { reason } = c.req.valid('json')
    return replay(c, await cancel({ ...asked, sellerOrderId: c.req.valid('param').id, reason }))
  })
  .openapi(postRefund, async (c) => {
    const asked = keyed(sellerOf(c), postRefund.path, c.req.valid('header'))
    return replay(c, await refund({ ...asked, sellerOrderId: c.req.valid('param').id, ...wishOf(c.req.valid('json')) }))
  })
  .openapi(postBuyerCancel, async (c) => {
    const { id, number } = c.req.valid('param')
    const asked = keyed(buyerOf(c, number), postBuyerCancel.path, c.req.valid('header'))
    return replay(c, await cancel({ ...asked, sellerOrderId: id, reason: c.req.valid('json').reason }))
  })
  .openapi(postReceive, async (c) => {
    const { id, number } = c.req.valid('param')
    return answer(c, await receive(id, buyerOf(c, number)))
  })
  .openapi(postDispute, async (c) => {
    const { id, number } = c.req.valid('param')
    return answer(c, await dispute(id, buyerOf(c, number), c.req.valid('json').reason))
  })
  .openapi(postCloseDispute, async (c) => {
    const { id, number } = c.req.valid('param')
    return answer(c, await closeDispute(id, buyerOf(c, number), c.req.valid('json').reason))
  })
  .openapi(postMarketRefund, async (c) => {
    const asked = keyed(marketOf(c), postMarketRefund.path, c.req.valid('header'))
    return replay(c, await refund({ ...asked, sellerOrderId: c.req.valid('param').id, ...wishOf(c.req.valid('json')) }))
  })
  .openapi(postMarketCloseDispute, async (c) =>
    answer(c, await closeDispute(c.req.valid('param').id, marketOf(c), c.req.valid('json').reason)),
  )

function sellerOf(c: C): Actor & { by: 'seller' } {
  const { userId, sellerId } = requireSeller(c)
  limit(c, 'move-order', 240, 60, userId)
  return { by: 'seller', sellerId, userId }
}

function buyerOf(c: C, number: string): Actor & { by: 'buyer' } {
  const { userId } = requireMember(c)
  limit(c, 'move-order', 240, 60, userId)
  return { by: 'buyer', userId, number }
}

function marketOf(c: C): Actor & { by: 'market' } {
  const { userId } = requireOperator(c)
  limit(c, 'move-order', 240, 60, userId)
  return { by: 'market', userId }
}

/** Who asks, and the key it is asked under: every route has keys of its own. */
function keyed<A extends Exclude<Actor, { by: 'timer' }>>(
  actor: A,
  path: string,
  headers: z.infer<typeof orderHeaders>,
) {
  return { actor, key: { userId: actor.userId, route: `POST ${path}`, key: headers['idempotency-key'] } }
}

function wishOf({ lines, isReturned, reason }: RefundInput) {
  return { lines: lines ?? null, isReturned, reason }
}

function answer(c: C, result: Result<SellerOrderStateView, MoveCode>) {
  if (!result.ok) throw orderProblem(c, result.refusal)
  c.header('Cache-Control', 'no-store')
  return c.json(result.value, 200)
}

function replay(c: C, result: Result<StoredAnswer, MoveCode>) {
  if (!result.ok) throw orderProblem(c, result.refusal)
  return sendStored(c, result.value) as Response & TypedResponse<SellerOrderStateView, 200, 'json'>
}
