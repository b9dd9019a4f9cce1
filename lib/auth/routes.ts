import type { Context } from 'hono'
import * as z from 'zod'
import { formProblem, Problem } from '#lib/api/problem'
import { clientAddress, createRoute, json, limit, newRouter, problems, reply, requireMember } from '#lib/api/route'
import { countCartPieces } from '#lib/cart/queries'
import { ok } from '#lib/result'
import { getOwnSeller } from '#lib/sellers/queries'
import { createAccount } from './commands/accounts.ts'
import { revokeOtherSessions, revokeSession } from './commands/sessions.ts'
import { proveIdentity } from './commands/sign-in.ts'
import { createToken, revokeToken } from './commands/tokens.ts'
import { authErrors, fieldOfCode } from './errors.ts'
import { listDevices, listTokens } from './queries.ts'
import * as schema from './schema.ts'

const gone = { description: 'It has ended' }

const postAccount = createRoute({
  operationId: 'signUp',
  method: 'post',
  path: '/accounts',
  tags: ['Accounts'],
  summary: 'Sign up',
  description: 'Makes an account. It signs nobody in: get a token, or sign in on the site.',
  request: { body: { content: json(schema.accountInput), required: true } },
  responses: {
    201: { description: 'The account', content: json(schema.accountView) },
    ...problems(authErrors, ...Object.keys(fieldOfCode), 'too-many-requests', 'busy'),
  },
})

const getSession = createRoute({
  operationId: 'getSession',
  method: 'get',
  path: '/session',
  tags: ['Accounts'],
  summary: 'Who you are, and how many pieces are in your cart',
  description: 'Answers everyone: `user` is null for who is not signed in.',
  responses: { 200: { description: 'You', content: json(schema.sessionView) }, ...problems(authErrors) },
})

const getSessions = createRoute({
  operationId: 'listSessions',
  method: 'get',
  path: '/sessions',
  tags: ['Accounts'],
  summary: 'Where you are signed in',
  description: 'The sign-ins on the site that still hold. Tokens are listed by `GET /tokens`.',
  responses: {
    200: { description: 'The sessions', content: json(z.object({ sessions: z.array(schema.deviceView) })) },
    ...problems(authErrors, 'sign-in-required'),
  },
})

const deleteSession = createRoute({
  operationId: 'endSession',
  method: 'delete',
  path: '/sessions/{sid}',
  tags: ['Accounts'],
  summary: 'Sign out on one device',
  description: 'From the next request on the device is signed out, and its live connections are cut.',
  request: { params: schema.sidParams },
  responses: { 204: gone, ...problems(authErrors, 'sign-in-required', 'not-found') },
})

const deleteSessions = createRoute({
  operationId: 'endOtherSessions',
  method: 'delete',
  path: '/sessions',
  tags: ['Accounts'],
  summary: 'Sign out everywhere else',
  description: 'Ends every session but the one that asks; asked with a token, all of them.',
  responses: {
    200: { description: 'How many sessions ended', content: json(z.object({ ended: z.number().int() })) },
    ...problems(authErrors, 'sign-in-required'),
  },
})

const postToken = createRoute({
  operationId: 'createToken',
  method: 'post',
  path: '/tokens',
  tags: ['Accounts'],
  summary: 'Get a token for a program',
  description:
    'The handle or e-mail address and the password are sent once; the token stands for them from then on. It is shown this one time.',
  request: { body: { content: json(schema.tokenInput), required: true } },
  responses: {
    201: { description: 'The token, shown this once', content: json(schema.newTokenView) },
    ...problems(authErrors, 'wrong-credentials', 'too-many-requests', 'busy'),
  },
})

const getTokens = createRoute({
  operationId: 'listTokens',
  method: 'get',
  path: '/tokens',
  tags: ['Accounts'],
  summary: 'Your tokens',
  description: 'Names and dates only: the tokens themselves are known to nobody but who got them.',
  responses: {
    200: { description: 'The tokens that work', content: json(z.object({ tokens: z.array(schema.tokenView) })) },
    ...problems(authErrors, 'sign-in-required'),
  },
})

const deleteToken = createRoute({
  operationId: 'revokeToken',
  method: 'delete',
  path: '/tokens/{id}',
  tags: ['Accounts'],
  summary: 'Revoke a token',
  description: 'From the next request on it is nobody’s.',
  request: { params: schema.tokenParams },
  responses: { 204: gone, ...problems(authErrors, 'sign-in-required', 'not-found') },
})

export const authRoutes = newRouter()
  .openapi(postAccount, async (c) => {
    await limit(c, 'sign-up', 100, 3_600, clientAddress(c))
    const input = c.req.valid('json')
    const result = await createAccount(input)
    if (!result.ok) throw formProblem(result.refusal, authErrors, fieldOfCode)
    return c.json({ id: result.value.userId, handle: input.handle }, 201)
  })
  .openapi(getSession, async (c) => {
    const { member, cartId } = c.var.principal
    const [seller, cartCount] = await Promise.all([
      member ? getOwnSeller(member.userId) : null,
      countCartPieces({ buyerId: member?.userId ?? null, cartId: member ? null : cartId }),
    ])
    const user = member && {
      id: member.userId,
      handle: member.handle,
      name: member.name,
      email: member.email,
      role: member.role,
      seller: seller && { id: seller.id, handle: seller.handle, name: seller.name, pictureId: seller.pictureId },
    }
    return privately(c).json({ user, cartCount }, 200)
  })
  .openapi(getSessions, async (c) => privately(c).json({ sessions: await listDevices(requireMember(c)) }, 200))
  .openapi(deleteSession, async (c) => {
    const { userId } = requireMember(c)
    reply(c, await revokeSession({ userId, sid: c.req.valid('param').sid }), authErrors)
    return c.body(null, 204)
  })
  .openapi(deleteSessions, async (c) => {
    const { userId, sid } = requireMember(c)
    return reply(c, ok({ ended: await revokeOtherSessions({ userId, keepSid: sid }) }), authErrors)
  })
  .openapi(postToken, async (c) => {
    const { name, ...credentials } = c.req.valid('json')
    await limit(c, 'token', 30, 600, clientAddress(c))
    const proved = await proveIdentity({ ...credentials, address: clientAddress(c) })
    if (!proved.ok) {
      const { retryAfterSeconds } = proved.refusal.detail
      if (retryAfterSeconds) c.header('Retry-After', String(retryAfterSeconds))
      throw new Problem(proved.refusal, authErrors)
    }
    return privately(c).json(await createToken({ userId: proved.value.userId, name }), 201)
  })
  .openapi(getTokens, async (c) => privately(c).json({ tokens: await listTokens(requireMember(c).userId) }, 200))
  .openapi(deleteToken, async (c) => {
    const { userId } = requireMember(c)
    reply(c, await revokeToken({ userId, id: c.req.valid('param').id }), authErrors)
    return c.body(null, 204)
  })

/** An answer that no cache may keep. */
function privately<C extends Context>(c: C): C {
  c.header('Cache-Control', 'no-store')
  return c
}
