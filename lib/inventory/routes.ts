import * as z from 'zod'
import { createRoute, json, limit, newRouter, problems, reply, requireSeller } from '#lib/api/route'
import { ok } from '#lib/result'
import { adjustStock } from './commands/stock.ts'
import { inventoryErrors } from './errors.ts'
import { listStock, stockState } from './queries.ts'
import { adjustmentInput, stockQuery, stockView } from './schema.ts'

const stockList = z.object({ stock: z.array(stockView) })

const getStock = createRoute({
  method: 'get',
  path: '/stock',
  tags: ['Stock'],
  summary: 'The live counts of product versions',
  request: { query: stockQuery },
  responses: { 200: { description: 'The counts', content: json(stockList) }, ...problems(inventoryErrors) },
})

const postAdjustment = createRoute({
  method: 'post',
  path: '/stock/{variantId}/adjustments',
  tags: ['Stock'],
  summary: 'Change how many pieces you have of a product version',
  request: {
    params: z.strictObject({ variantId: z.uuid('is not the id of a product version') }),
    body: { content: json(adjustmentInput), required: true },
  },
  responses: {
    200: { description: 'The count after the change', content: json(stockView) },
    ...problems(inventoryErrors, 'sign-in-required', 'not-allowed', 'unknown-variant', 'stock-changed', 'below-held'),
  },
})

export const inventoryRoutes = newRouter()
  .openapi(getStock, async (c) => {
    const { variantId } = c.req.valid('query')
    return reply(c, ok({ stock: await listStock({ variantIds: variantId }) }), inventoryErrors)
  })
  .openapi(postAdjustment, async (c) => {
    const { userId, sellerId } = requireSeller(c)
    await limit(c, 'stock-adjustment', 120, 60, userId)
    const { variantId } = c.req.valid('param')
    const { note, ...change } = c.req.valid('json')
    const result = await adjustStock({ sellerId, actorId: userId, variantId, change, note })
    return reply(c, result.ok ? ok(stockState(result.value)) : result, inventoryErrors)
  })
