import type { Context, TypedResponse } from 'hono'
import type * as z from 'zod'
import { page } from '#lib/api/list'
import { createRoute, json, limit, newRouter, problems, reply, requireMember, requireSeller } from '#lib/api/route'
import { ok, refuse } from '#lib/result'
import { placeOrder } from './commands/place-order.ts'
import { orderErrors } from './errors.ts'
import { getOrder, listOrders } from './queries.ts'
import { listSellerOrders } from './queries/seller-orders.ts'
import { getQuote } from './queries/quote.ts'
import { balanceRoutes } from './routes/balance.ts'
import { invoiceRoutes } from './routes/invoice.ts'
import { paymentRoutes } from './routes/payments.ts'
import { sellerOrderRoutes } from './routes/seller-orders.ts'
import { orderProblem, sendStored } from './routes/stored.ts'
import { termsRoutes } from './routes/terms.ts'
import {
  orderHeaders,
  orderInput,
  orderListView,
  orderParams,
  ordersQuery,
  orderView,
  sellerOrderListView,
  sellerOrdersQuery,
  type OrderView,
} from './schema.ts'
import { challengeView } from './schema/payment.ts'
import { quoteQuery, quoteView } from './schema/quote.ts'
import type { StoredAnswer } from './types.ts'

const postOrder = createRoute({
  operationId: 'placeOrder',
  method: 'post',
  path: '/orders',
  scope: 'buy',
  tags: ['Orders'],
  summary: 'Pay for what your cart holds',
  description:
    'Make a new Idempotency-Key for every order and send it again with every repeat of the request: a repeat is answered ' +
    'with the same bytes for 24 hours, and with `in-progress` (409, Retry-After) while the first is being worked on. ' +
    'A declined payment (422 `payment-declined`) is such an answer too: the pieces are back in the cart, and the next try ' +
    'needs a new key. All other refusals leave the key free. A payment that its buyer has to confirm is answered with 202 ' +
    'and `challengeUrl`; that is not the final answer: repeat the request with the same key to hear it, 202 until then.',
  request: { headers: orderHeaders, body: { content: json(orderInput), required: true } },
  responses: {
    201: { description: 'The order, paid', content: json(orderView) },
    202: { description: 'The buyer has to confirm the payment first', content: json(challengeView) },
    ...problems(orderErrors, 'sign-in-required', 'too-many-requests', ...Object.keys(orderErrors)),
  },
})

const getOrders = createRoute({
  operationId: 'listOrders',
  method: 'get',
  path: '/orders',
  scope: 'read',
  tags: ['Orders'],
  summary: 'Your orders, newest first',
  description: 'A page at a time: send `nextCursor` as `cursor` for the next one.',
  request: { query: ordersQuery },
  responses: {
    200: { description: 'A page', content: json(orderListView) },
    ...problems(orderErrors, 'sign-in-required'),
  },
})

const getOrderByNumber = createRoute({
  operationId: 'getOrder',
  method: 'get',
  path: '/orders/{number}',
  scope: 'read',
  tags: ['Orders'],
  summary: 'One of your orders',
  description: 'With each shop’s part of it, how far that is, and what was refunded.',
  request: { params: orderParams },
  responses: {
    200: { description: 'The order', content: json(orderView) },
    ...problems(orderErrors, 'sign-in-required', 'not-found'),
  },
})

const getSellerOrders = createRoute({
  operationId: 'listSellerOrders',
  method: 'get',
  path: '/seller/orders',
  scope: 'read',
  tags: ['Selling'],
  summary: 'What was ordered from your shop, newest first',
  description: 'A page at a time. With `status=paid` what is to be sent, the longest waiting first.',
  request: { query: sellerOrdersQuery },
  responses: {
    200: { description: 'A page', content: json(sellerOrderListView) },
    ...problems(orderErrors, 'sign-in-required', 'not-allowed'),
  },
})

const getOrderQuote = createRoute({
  operationId: 'getQuote',
  method: 'get',
  path: '/orders/quote',
  scope: 'read',
  tags: ['Orders'],
  summary: 'What your cart would cost, sent to a country',
  description: 'Its total is what `POST /orders` expects. Lines that are not held any more are left out.',
  request: { query: quoteQuery },
  responses: {
    200: { description: 'The costs', content: json(quoteView) },
    ...problems(
      orderErrors,
      'sign-in-required',
      'too-many-requests',
      ...['empty-cart', 'not-for-sale', 'own-product', 'not-sent-there', 'shipping-gone'],
    ),
  },
})

export const orderRoutes = newRouter()
  .route('/', paymentRoutes)
  .route('/', sellerOrderRoutes)
  .route('/', balanceRoutes)
  .route('/', invoiceRoutes)
  .route('/', termsRoutes)
  .openapi(postOrder, async (c) => {
    const { userId, sellerId } = requireMember(c)
    limit(c, 'place-order', 240, 60, userId)
    const key = c.req.valid('header')['idempotency-key']
    const input = c.req.valid('json')
    const result = await placeOrder({ buyerId: userId, sellerId, key, input, now: new Date() })
    if (!result.ok) throw orderProblem(c, result.refusal)
    return replay(c, result.value)
  })
  .openapi(getOrders, async (c) => {
    const { userId } = requireMember(c)
    limit(c, 'read-orders', 300, 60, userId)
    c.header('Cache-Control', 'no-store')
    return reply(c, ok(page(c, await listOrders(userId, c.req.valid('query')))), orderErrors)
  })
  .openapi(getOrderQuote, async (c) => {
    const { userId, sellerId } = requireMember(c)
    limit(c, 'quote', 300, 60, userId)
    c.header('Cache-Control', 'no-store')
    const { country, methods } = c.req.valid('query')
    return reply(c, await getQuote(userId, { country, methodIds: methods, ownSellerId: sellerId }), orderErrors)
  })
  .openapi(getOrderByNumber, async (c) => {
    const { userId } = requireMember(c)
    limit(c, 'read-orders', 300, 60, userId)
    c.header('Cache-Control', 'no-store')
    const order = await getOrder(c.req.valid('param').number, userId)
    return reply(c, order ? ok(order) : refuse('not-found'), orderErrors)
  })
  .openapi(getSellerOrders, async (c) => {
    const { userId, sellerId } = requireSeller(c)
    limit(c, 'read-orders', 300, 60, userId)
    c.header('Cache-Control', 'no-store')
    return reply(c, ok(page(c, await listSellerOrders(sellerId, c.req.valid('query')))), orderErrors)
  })

function replay(c: Context, answer: StoredAnswer) {
  return sendStored(c, answer) as Response &
    (TypedResponse<OrderView, 201, 'json'> | TypedResponse<z.infer<typeof challengeView>, 202, 'json'>)
}
