import { createRoute, json, limit, newRouter, problems, reply, requireMember } from '#lib/api/route'
import { ok } from '#lib/result'
import { answerSandboxChallenge, giveUpPayment } from '../commands/answer-challenge.ts'
import { hearWebhook } from '../commands/hear-webhook.ts'
import { orderErrors } from '../errors.ts'
import { orderParams } from '../schema.ts'
import {
  challengeAnswerView,
  challengeInput,
  challengeParams,
  givenUpView,
  webhookParams,
  webhookView,
} from '../schema/payment.ts'

const postWebhook = createRoute({
  operationId: 'hearWebhook',
  method: 'post',
  path: '/payments/webhooks/{provider}',
  scope: 'none',
  tags: ['Payments'],
  summary: 'What a payment provider has to tell',
  description:
    'For payment providers: the body is taken as it comes and believed for its signature alone. Events that mean nothing ' +
    'here are answered with 200 too. Anything else than 200 asks the provider to send it again.',
  request: { params: webhookParams },
  responses: {
    200: { description: 'Heard', content: json(webhookView) },
    ...problems(orderErrors, 'bad-signature', 'not-found', 'too-large', 'busy'),
  },
})

const postChallenge = createRoute({
  operationId: 'answerChallenge',
  method: 'post',
  path: '/payments/challenges/{token}',
  scope: 'buy',
  tags: ['Payments'],
  summary: 'Answer the challenge of a test card',
  description: 'What the sandbox’s own page sends, in the place of a bank. Only its buyer can.',
  request: { params: challengeParams, body: { content: json(challengeInput), required: true } },
  responses: {
    200: { description: 'Where the buyer goes back to', content: json(challengeAnswerView) },
    ...problems(orderErrors, 'sign-in-required', 'not-found', 'challenge-over', 'too-many-requests'),
  },
})

const postGiveUp = createRoute({
  operationId: 'giveUpPayment',
  method: 'post',
  path: '/orders/{number}/payment/give-up',
  scope: 'buy',
  tags: ['Orders'],
  summary: 'Give up a payment that waits for you',
  description: 'Its pieces go back to your cart at once. A payment that was approved meanwhile stays paid.',
  request: { params: orderParams },
  responses: {
    200: { description: 'Over; the order says how', content: json(givenUpView) },
    ...problems(orderErrors, 'sign-in-required', 'not-found', 'too-many-requests'),
  },
})

export const paymentRoutes = newRouter()
  .openapi(postWebhook, async (c) => {
    const body = await c.req.text()
    const { provider } = c.req.valid('param')
    const heard = await hearWebhook({ provider, body, header: (name) => c.req.header(name) })
    c.header('Cache-Control', 'no-store')
    return reply(c, heard.ok ? ok({ received: true as const }) : heard, orderErrors)
  })
  .openapi(postChallenge, async (c) => {
    const { userId } = requireMember(c)
    limit(c, 'answer-challenge', 60, 60, userId)
    const isApproved = c.req.valid('json').decision === 'approve'
    const { token } = c.req.valid('param')
    return reply(c, await answerSandboxChallenge({ token, buyerId: userId, isApproved }), orderErrors)
  })
  .openapi(postGiveUp, async (c) => {
    const { userId } = requireMember(c)
    limit(c, 'give-up-payment', 60, 60, userId)
    return reply(c, await giveUpPayment(c.req.valid('param').number, userId), orderErrors)
  })
