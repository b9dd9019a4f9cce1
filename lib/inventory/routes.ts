import * as z from 'zod'
import { IDEMPOTENCY_KEY, oncePerKey, readKey } from '#lib/api/keyed'
import { createRoute, json, limit, newRouter, problems, reply, requireSeller } from '#lib/api/route'
import { ok } from '#lib/result'
import { clearQueue } from './commands/capacity.ts'
import { writeAdjustment, type StockEdited } from './commands/stock.ts'
import { inventoryErrors } from './errors.ts'
import { getCapacity, listStock, stockState } from './queries.ts'
import { adjustedView, adjustmentInput, capacityView, stockQuery, stockView } from './schema.ts'

const variantParams = z.strictObject({ variantId: z.uuid('is not the id of a product version') })
const stockList = z.object({ stock: z.array(stockView) })

const getStock = createRoute({
  operationId: 'listStock',
  method: 'get',
  path: '/stock',
  scope: 'none',
  tags: ['Stock'],
  summary: 'The live counts of product versions, or of all versions of products',
  description: 'Up to 100 ids. The same numbers come by the live channel as they change; a higher `version` is newer.',
  request: { query: stockQuery },
  responses: { 200: { description: 'The counts', content: json(stockList) }, ...problems(inventoryErrors) },
})

const postAdjustment = createRoute({
  operationId: 'adjustStock',
  method: 'post',
  path: '/stock/{variantId}/adjustments',
  scope: 'sell',
  tags: ['Stock'],
  summary: 'Change how many pieces you have of a product version',
  description:
    'By a `delta`, which always fits what others do meanwhile; or to a number, `onHand`, for the `version` it was decided on. A ' +
    'minus withdraws pieces, never those that buyers hold. A delta that is sent again after an answer that was lost counts twice, ' +
    'unless both have one Idempotency-Key.',
  parameters: [IDEMPOTENCY_KEY],
  request: {
    params: variantParams,
    body: { content: json(adjustmentInput), required: true },
  },
  responses: {
    200: { description: 'The count after the change', content: json(adjustedView) },
    ...problems(
      inventoryErrors,
      'sign-in-required',
      'not-allowed',
      'unknown-variant',
      'stock-changed',
      'below-held',
      'over-capacity',
      'key-reused',
      'too-many-requests',
    ),
  },
})

const deleteQueued = createRoute({
  operationId: 'clearQueued',
  method: 'delete',
  path: '/stock/{variantId}/queued',
  scope: 'sell',
  tags: ['Stock'],
  summary: 'Take the pieces of a product version that wait for room out of your publishing queue',
  description: 'They were over the capacity, and never on sale.',
  request: { params: variantParams },
  responses: {
    200: { description: 'How many that were', content: json(z.object({ removed: z.number().int() })) },
    ...problems(inventoryErrors, 'sign-in-required', 'not-allowed'),
  },
})

const readCapacity = createRoute({
  operationId: 'getCapacity',
  method: 'get',
  path: '/seller/capacity',
  scope: 'read',
  tags: ['Stock'],
  summary: 'How many pieces you have on sale, how many you may, and how many wait for room',
  description: 'Pieces that buyers hold do not count; what waits goes on sale by itself when there is room.',
  responses: {
    200: { description: 'The counts', content: json(capacityView) },
    ...problems(inventoryErrors, 'sign-in-required', 'not-allowed'),
  },
})

export const inventoryRoutes = newRouter()
  .openapi(getStock, async (c) => {
    const { variantId, productId } = c.req.valid('query')
    const stock = await listStock({
      ...(variantId && { variantIds: variantId }),
      ...(productId && { productIds: productId }),
    })
    return reply(c, ok({ stock }), inventoryErrors)
  })
  .openapi(postAdjustment, async (c) => {
    const { userId, sellerId } = requireSeller(c)
    limit(c, 'stock-adjustment', 120, 60, userId)
    const { variantId } = c.req.valid('param')
    const { note, ifOver, ...change } = c.req.valid('json')
    const edit = { sellerId, actorId: userId, variantId, change, note, ifOver }
    const key = readKey(c, 'POST /stock/{variantId}/adjustments', userId)
    const result = await oncePerKey(key, edit, async (tx) => {
      const adjusted = await writeAdjustment(tx, edit)
      return adjusted.ok ? ok(adjustedOf(adjusted.value)) : adjusted
    })
    return reply(c, result, inventoryErrors)
  })
  .openapi(deleteQueued, async (c) => {
    const { userId, sellerId } = requireSeller(c)
    limit(c, 'stock-adjustment', 120, 60, userId)
    const removed = await clearQueue({ sellerId, variantId: c.req.valid('param').variantId })
    return reply(c, ok({ removed }), inventoryErrors)
  })
  .openapi(readCapacity, async (c) => {
    const { sellerId } = requireSeller(c)
    c.header('Cache-Control', 'no-store')
    return reply(c, ok(await getCapacity(sellerId)), inventoryErrors)
  })

function adjustedOf({ stock, published, queued }: StockEdited) {
  return { ...stockState(stock), published, queued }
}
