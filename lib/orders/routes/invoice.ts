import type { Context } from 'hono'
import * as z from 'zod'
import { kernelProblem } from '#lib/api/problem'
import { createRoute, limit, newRouter, problems, requireMember, requireSeller, type ApiEnv } from '#lib/api/route'
import { orderErrors } from '../errors.ts'
import { printInvoice } from '../queries/invoice-pdf.ts'
import { getInvoice, type Invoice } from '../queries/invoice.ts'
import { buyerPartParams, sellerOrderParams } from '../schema/seller-order.ts'

const file = {
  200: { description: 'A PDF', content: { 'application/pdf': { schema: z.string().meta({ format: 'binary' }) } } },
}
const codes = ['sign-in-required', 'not-found', 'too-many-requests'] as const

const getBuyerInvoice = createRoute({
  operationId: 'getInvoice',
  method: 'get',
  path: '/orders/{number}/seller-orders/{id}/invoice.pdf',
  scope: 'read',
  tags: ['Orders'],
  summary: 'The invoice of one shop, to print',
  description: 'Of a paid order. Refunds are on it from the moment they begin.',
  request: { params: buyerPartParams },
  responses: { ...file, ...problems(orderErrors, ...codes) },
})

const getSellerInvoice = createRoute({
  operationId: 'getInvoiceAsSeller',
  method: 'get',
  path: '/seller/orders/{id}/invoice.pdf',
  scope: 'read',
  tags: ['Selling'],
  summary: 'The same, for the shop',
  description: 'What the buyer can print too. Refunds are on it from the moment they begin.',
  request: { params: sellerOrderParams },
  responses: { ...file, ...problems(orderErrors, ...codes, 'not-allowed') },
})

export const invoiceRoutes = newRouter()
  .openapi(getBuyerInvoice, async (c) => {
    const { userId } = requireMember(c)
    const { id, number } = c.req.valid('param')
    limit(c, 'print-invoice', 20, 60, userId)
    return send(c, await getInvoice(id, { by: 'buyer', userId, number }))
  })
  .openapi(getSellerInvoice, async (c) => {
    const { userId, sellerId } = requireSeller(c)
    limit(c, 'print-invoice', 20, 60, userId)
    return send(c, await getInvoice(c.req.valid('param').id, { by: 'seller', sellerId }))
  })

async function send(c: Context<ApiEnv>, invoice: Invoice | null) {
  if (!invoice) throw kernelProblem('not-found')
  const bytes = await printInvoice(invoice)
  c.header('Content-Type', 'application/pdf')
  c.header('Content-Disposition', `inline; filename="invoice-${invoice.number}.pdf"`)
  c.header('Cache-Control', 'no-store')
  return c.body(new Uint8Array(bytes))
}
