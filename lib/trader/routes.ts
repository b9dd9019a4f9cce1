import { formProblem } from '#lib/api/problem'
import { createRoute, json, limit, newRouter, problems, requireOperator, requireSeller } from '#lib/api/route'
import { setPayoutAccount } from './commands/payout-account.ts'
import { fieldOfCode, traderErrors } from './errors.ts'
import { getPayoutAccount } from './queries/payout-account.ts'
import { getTraderView } from './queries/view.ts'
import { payoutAccountInput, payoutAccountView, traderView } from './schema.ts'

const getState = createRoute({
  operationId: 'getTrader',
  method: 'get',
  path: '/admin/trader',
  scope: 'operate',
  tags: ['Operating'],
  summary: 'Who trades, who did before, and what became of the duties',
  description: 'Every node answers the same, up to a second late.',
  responses: {
    200: { description: 'The trader as this node sees it', content: json(traderView) },
    ...problems({}, 'sign-in-required', 'not-allowed', 'too-many-requests'),
  },
})

const getAccount = createRoute({
  operationId: 'getPayoutAccount',
  method: 'get',
  path: '/seller/payout-account',
  scope: 'read',
  tags: ['Selling'],
  summary: 'Where your shop is paid',
  description: 'Whom the payment provider knows the shop as; the sandbox needs none.',
  responses: {
    200: { description: 'The account', content: json(payoutAccountView) },
    ...problems({}, 'sign-in-required', 'not-allowed'),
  },
})

const putAccount = createRoute({
  operationId: 'setPayoutAccount',
  method: 'put',
  path: '/seller/payout-account',
  // A program that sells need not be able to send the money elsewhere.
  scope: 'account',
  tags: ['Selling'],
  summary: 'Say where your shop is paid',
  description: 'From the next payout on. One that is on its way goes where it was sent.',
  request: { body: { content: json(payoutAccountInput), required: true } },
  responses: {
    200: { description: 'The account', content: json(payoutAccountView) },
    ...problems(traderErrors, 'account-taken', 'sign-in-required', 'not-allowed', 'too-many-requests'),
  },
})

export const traderRoutes = newRouter()
  .openapi(getState, async (c) => {
    const { userId } = requireOperator(c)
    limit(c, 'trader', 240, 60, userId)
    c.header('Cache-Control', 'no-store')
    return c.json(await getTraderView(), 200)
  })
  .openapi(getAccount, async (c) => {
    const { sellerId } = requireSeller(c)
    c.header('Cache-Control', 'no-store')
    return c.json(await getPayoutAccount(sellerId), 200)
  })
  .openapi(putAccount, async (c) => {
    const { userId, sellerId } = requireSeller(c)
    limit(c, 'payout-account', 10, 600, userId)
    const result = await setPayoutAccount(sellerId, c.req.valid('json').account)
    if (!result.ok) throw formProblem(result.refusal, traderErrors, fieldOfCode)
    return c.json(await getPayoutAccount(sellerId), 200)
  })
