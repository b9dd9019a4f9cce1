import type { Context } from 'hono'
import * as z from 'zod'
import { page } from '#lib/api/list'
import { createRoute, json, limit, newRouter, problems, reply, requireSeller, type ApiEnv } from '#lib/api/route'
import { ok, refuse } from '#lib/result'
import { orderErrors } from '../errors.ts'
import { explainBalance, explainPayout, getShopBalance } from '../queries/balance.ts'
import { getStatement, listStatementText } from '../queries/statement.ts'
import { rangeOf } from '../rules/statement.ts'
import { balanceView, explainQuery, explanationView, payoutParams } from '../schema/balance.ts'
import { statementFileQuery, statementQuery, statementView } from '../schema/statement.ts'

const codes = ['sign-in-required', 'not-allowed', 'too-many-requests'] as const

const getBalance = createRoute({
  operationId: 'getBalance',
  method: 'get',
  path: '/seller/balance',
  scope: 'read',
  tags: ['Selling'],
  summary: 'What your shop could be paid now, what is still to come and what is on its way',
  description: 'Three amounts that the ledger proves: available, in escrow, on the way.',
  responses: {
    200: { description: 'The balance', content: json(balanceView) },
    ...problems(orderErrors, ...codes),
  },
})

const getStatementPage = createRoute({
  operationId: 'getStatement',
  method: 'get',
  path: '/seller/statement',
  scope: 'read',
  tags: ['Selling'],
  summary: 'What moved your balance, newest first',
  description: 'Days are UTC; the last 30 when none are named, 366 at most.',
  request: { query: statementQuery },
  responses: {
    200: { description: 'A page', content: json(statementView) },
    ...problems(orderErrors, ...codes),
  },
})

const getStatementFile = createRoute({
  operationId: 'getStatementFile',
  method: 'get',
  path: '/seller/statement.csv',
  scope: 'read',
  tags: ['Selling'],
  summary: 'The same as a file, oldest first',
  description:
    'CSV by RFC 4180 in UTF-8, amounts with two decimals. The first row is the opening balance, the last the closing one. ' +
    'A text that a spreadsheet would take for a formula begins with an apostrophe.',
  request: { query: statementFileQuery },
  responses: {
    200: { description: 'The file', content: { 'text/csv': { schema: z.string() } } },
    ...problems(orderErrors, ...codes),
  },
})

const getBalanceExplanation = createRoute({
  operationId: 'explainBalance',
  method: 'get',
  path: '/seller/balance/explain',
  scope: 'read',
  tags: ['Selling'],
  summary: 'Which order lines your balance is made of',
  description: 'Down to the cent; what cannot be explained is told in `faults`, and `isExplained` is false.',
  request: { query: explainQuery },
  responses: {
    200: { description: 'The shares, 500 at a time', content: json(explanationView) },
    ...problems(orderErrors, ...codes),
  },
})

const getPayoutExplanation = createRoute({
  operationId: 'explainPayout',
  method: 'get',
  path: '/seller/payouts/{id}/explain',
  scope: 'read',
  tags: ['Selling'],
  summary: 'Which order lines a payout was made of',
  description: 'First in, first out: a payout takes what is not paid out yet, and leaves the newest when it is less.',
  request: { params: payoutParams, query: explainQuery },
  responses: {
    200: { description: 'The shares, 500 at a time', content: json(explanationView) },
    ...problems(orderErrors, ...codes, 'not-found'),
  },
})

export const balanceRoutes = newRouter()
  .openapi(getBalance, async (c) => reply(c, ok(await getShopBalance(sellerOf(c))), orderErrors))
  .openapi(getStatementPage, async (c) => {
    const { cursor, limit: most, ...days } = c.req.valid('query')
    const statement = await getStatement(sellerOf(c), rangeOf(days, new Date()), { cursor, limit: most })
    return reply(c, ok(page(c, statement)), orderErrors)
  })
  .openapi(getStatementFile, (c) => {
    const sellerId = sellerOf(c, 'read-file', 20)
    const range = rangeOf(c.req.valid('query'), new Date())
    c.header('Content-Type', 'text/csv; charset=utf-8; header=present')
    c.header('Content-Disposition', `attachment; filename="statement-${range.from}-to-${range.to}.csv"`)
    return c.body(streamOf(listStatementText(sellerId, range)))
  })
  .openapi(getBalanceExplanation, async (c) =>
    reply(c, ok(page(c, await explainBalance(sellerOf(c), c.req.valid('query').cursor))), orderErrors),
  )
  .openapi(getPayoutExplanation, async (c) => {
    const { id } = c.req.valid('param')
    const explanation = await explainPayout(id, sellerOf(c), c.req.valid('query').cursor)
    return reply(c, explanation ? ok(page(c, explanation)) : refuse('not-found'), orderErrors)
  })

function sellerOf(c: Context<ApiEnv>, name = 'read-balance', points = 120): string {
  const { userId, sellerId } = requireSeller(c)
  limit(c, name, points, 60, userId)
  c.header('Cache-Control', 'no-store')
  return sellerId
}

/** Made as fast as it is read; who goes away ends the reading too. A failure breaks the answer off, so that no half looks whole. */
function streamOf(pieces: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      const piece = await pieces.next()
      if (piece.done) controller.close()
      else controller.enqueue(encoder.encode(piece.value))
    },
    async cancel() {
      await pieces.return(undefined)
    },
  })
}
