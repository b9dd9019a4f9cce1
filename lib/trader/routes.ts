import { createRoute, json, limit, newRouter, problems, requireOperator } from '#lib/api/route'
import { getTraderView } from './queries/view.ts'
import { traderView } from './schema.ts'

const getState = createRoute({
  method: 'get',
  path: '/admin/trader',
  tags: ['Operating'],
  summary: 'Who trades, who did before, and what became of the duties',
  responses: {
    200: { description: 'The trader as this node sees it', content: json(traderView) },
    ...problems({}, 'sign-in-required', 'not-allowed', 'too-many-requests'),
  },
})

export const traderRoutes = newRouter().openapi(getState, async (c) => {
  const { userId } = requireOperator(c)
  await limit(c, 'trader', 240, 60, userId)
  c.header('Cache-Control', 'no-store')
  return c.json(await getTraderView(), 200)
})
