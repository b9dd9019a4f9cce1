import type { Refusal } from '#lib/result'
import { Problem } from '#lib/api/problem'
import { IF_MATCH, isKnown, NOT_MODIFIED, readExpected, tag } from '#lib/api/tag'
import { createRoute, json, limit, newRouter, problems, requireOperator } from '#lib/api/route'
import { setCommissionRules, setTaxRules } from '../commands/terms.ts'
import { orderErrors } from '../errors.ts'
import { getCommissionRules, getTaxRules } from '../queries/terms.ts'
import { commissionRulesInput, commissionRulesView, taxRulesInput, taxRulesView } from '../schema/terms.ts'

const COMMISSION = '/admin/commission-rules'
const TAX = '/admin/tax-rules'
const reading = ['sign-in-required', 'not-allowed'] as const
const writing = [...reading, 'rules-changed', 'unknown-names', 'changed-meanwhile', 'too-many-requests'] as const
const WHOLE =
  'The whole list, in place of the version it names. What another operator wrote meanwhile is not overwritten: that is ' +
  '`rules-changed` (409), read it first. Orders keep what they were sold with.'

const readCommission = createRoute({
  operationId: 'getCommissionRules',
  method: 'get',
  path: COMMISSION,
  scope: 'operate',
  tags: ['Operating'],
  summary: 'What the market keeps of sales',
  description: 'In the order they are tried. `version` is what a change of them has to name.',
  responses: {
    200: { description: 'The rules', content: json(commissionRulesView) },
    ...NOT_MODIFIED,
    ...problems(orderErrors, ...reading),
  },
})

const putCommission = createRoute({
  operationId: 'setCommissionRules',
  method: 'put',
  path: COMMISSION,
  scope: 'operate',
  tags: ['Operating'],
  summary: 'Say what the market keeps of sales',
  description: `The first rule that fits a line is the one; where none does the market keeps nothing. ${WHOLE}`,
  parameters: [IF_MATCH],
  request: { body: { content: json(commissionRulesInput), required: true } },
  responses: {
    200: { description: 'The rules', content: json(commissionRulesView) },
    ...problems(orderErrors, ...writing),
  },
})

const readTax = createRoute({
  operationId: 'getTaxRules',
  method: 'get',
  path: TAX,
  scope: 'operate',
  tags: ['Operating'],
  summary: 'The tax of what is sent where',
  description: 'By country. `version` is what a change of them has to name.',
  responses: {
    200: { description: 'The rules', content: json(taxRulesView) },
    ...NOT_MODIFIED,
    ...problems(orderErrors, ...reading),
  },
})

const putTax = createRoute({
  operationId: 'setTaxRules',
  method: 'put',
  path: TAX,
  scope: 'operate',
  tags: ['Operating'],
  summary: 'Say what tax there is on what is sent where',
  description: `One rule a country and category, and one for the rest of a country; no rule, no tax. ${WHOLE}`,
  parameters: [IF_MATCH],
  request: { body: { content: json(taxRulesInput), required: true } },
  responses: { 200: { description: 'The rules', content: json(taxRulesView) }, ...problems(orderErrors, ...writing) },
})

export const termsRoutes = newRouter()
  .openapi(readCommission, async (c) => {
    requireOperator(c)
    c.header('Cache-Control', 'no-store')
    const rules = await getCommissionRules()
    tag(c, rules.version)
    return isKnown(c, rules.version) ? c.body(null, 304) : c.json(rules, 200)
  })
  .openapi(putCommission, async (c) => {
    const { userId } = requireOperator(c)
    limit(c, 'terms', 60, 60, userId)
    const result = await setCommissionRules(c.req.valid('json'), readExpected(c))
    if (!result.ok) throw termsProblem(result.refusal)
    tag(c, result.value.version)
    return c.json(result.value, 200)
  })
  .openapi(readTax, async (c) => {
    requireOperator(c)
    c.header('Cache-Control', 'no-store')
    const rules = await getTaxRules()
    tag(c, rules.version)
    return isKnown(c, rules.version) ? c.body(null, 304) : c.json(rules, 200)
  })
  .openapi(putTax, async (c) => {
    const { userId } = requireOperator(c)
    limit(c, 'terms', 60, 60, userId)
    const result = await setTaxRules(c.req.valid('json'), readExpected(c))
    if (!result.ok) throw termsProblem(result.refusal)
    tag(c, result.value.version)
    return c.json(result.value, 200)
  })

/** What a rule names and there is not gets its sentence at that rule. */
function termsProblem(refusal: Refusal<string>): Problem {
  if (refusal.code !== 'unknown-names') return new Problem(refusal, orderErrors)
  const sentences = Object.entries(refusal.detail).map(([path, name]) => [
    path,
    path.endsWith('.seller') ? `There is no shop with the handle ${name}.` : `There is no category ${name}.`,
  ])
  return new Problem(refusal, orderErrors, Object.fromEntries(sentences) as Record<string, string>)
}
