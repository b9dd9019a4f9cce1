import type { Context } from 'hono'
import * as z from 'zod'
import { formProblem, kernelProblem, Problem } from '#lib/api/problem'
import { clientAddress, createRoute, json, limit, newRouter, problems, reply, requireMember } from '#lib/api/route'
import { countCartPieces } from '#lib/cart/queries'
import { ok } from '#lib/result'
import { signUpWithShop } from '#lib/sellers/commands'
import { fieldOfCode as shopFieldOfCode, sellerErrors } from '#lib/sellers/errors'
import { getOwnSeller } from '#lib/sellers/queries'
import { createAccount } from './commands/accounts.ts'
import { revokeOtherSessions, revokeSession } from './commands/sessions.ts'
import { proveIdentity } from './commands/sign-in.ts'
import { createToken, revokeToken } from './commands/tokens.ts'
import { authErrors, fieldOfCode } from './errors.ts'
import { listDevices, listTokens } from './queries.ts'
import { missingScope } from './rules.ts'
import * as schema from './schema.ts'

const gone = { description: 'It has ended' }

const postAccount = createRoute({
  operationId: 'signUp',
  method: 'post',
  path: '/accounts',
  scope: 'none',
  tags: ['Accounts'],
  summary: 'Sign up, and open a shop at once if you like',
  description:
    'Makes an account, with a `shop` its shop too, or neither. It signs nobody in: get a token, or sign in on the site.',
  request: { body: { content: json(schema.accountInput), required: true } },
  responses: {
    201: { description: 'The account', content: json(schema.accountView) },
    ...problems(
      { ...authErrors, ...sellerErrors },
      ...Object.keys(fieldOfCode),
      ...['shop-handle-taken', 'shop-handle-reserved', 'too-many-requests', 'busy'],
    ),
  },
})

const getSession = createRoute({
  operationId: 'getSession',
  method: 'get',
  path: '/session',
  scope: 'none',
  tags: ['Accounts'],
  summary: 'Who you are, and how many pieces are in your cart',
  description: 'Answers everyone: `user` is null for who is not signed in.',
  responses: { 200: { description: 'You', content: json(schema.sessionView) }, ...problems(authErrors) },
})

const getSessions = createRoute({
  operationId: 'listSessions',
  method: 'get',
  path: '/sessions',
  scope: 'account',
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
  scope: 'account',
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
  scope: 'account',
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
  scope: 'none',
  tags: ['Accounts'],
  summary: 'Log in: get a token for a program',
  description:
    'Handle or e-mail address and password are asked for also where you are signed in. Without scopes it may `read`, `buy` ' +
    'and `sell`; `account` (sessions, tokens, where you are paid) and `operate` are named by who wants them. No token gives ' +
    'more than the account has, and one that asks for another gets no scope that it does not have itself.',
  request: { body: { content: json(schema.tokenInput), required: true } },
  responses: {
    201: { description: 'The token, shown this once', content: json(schema.newTokenView) },
    ...problems(authErrors, 'wrong-credentials', 'scope-missing', 'too-many-tokens', 'too-many-requests', 'busy'),
  },
})

const getTokens = createRoute({
  operationId: 'listTokens',
  method: 'get',
  path: '/tokens',
  scope: 'account',
  tags: ['Accounts'],
  summary: 'Your tokens',
  description: 'Names and dates only: the tokens themselves are known to nobody but who got them.',
  responses: {
    200: { description: 'The tokens that work', content: json(z.object({ tokens: z.array(schema.tokenView) })) },
    ...problems(authErrors, 'sign-in-required'),
  },
})

const deleteOwnToken = createRoute({
  operationId: 'logOut',
  method: 'delete',
  path: '/tokens/current',
  scope: 'none',
  tags: ['Accounts'],
  summary: 'Log out: revoke the token that this request is sent with',
  description: 'It needs no scope. From the next request on the token is nobody’s; browsers log out on the site.',
  security: [{ token: [] }],
  responses: { 204: gone, ...problems(authErrors, 'sign-in-required', 'not-found') },
})

const deleteToken = createRoute({
  operationId: 'revokeToken',
  method: 'delete',
  path: '/tokens/{id}',
  scope: 'account',
  tags: ['Accounts'],
  summary: 'Revoke a token',
  description: 'From the next request on it is nobody’s.',
  request: { params: schema.tokenParams },
  responses: { 204: gone, ...problems(authErrors, 'sign-in-required', 'not-found') },
})

export const authRoutes = newRouter()
  .openapi(postAccount, async (c) => {
    limit(c, 'sign-up', 100, 3_600, clientAddress(c))
    const { shop, ...input } = c.req.valid('json')
    const result = await (shop ? signUpWithShop(input, shop) : createAccount(input))
    if (!result.ok) throw formProblem(result.refusal, { ...authErrors, ...sellerErrors }, SIGN_UP_FIELDS)
    const { userId: id, sellerId } = { sellerId: null, ...result.value }
    const opened = shop && sellerId !== null ? { id: sellerId, handle: shop.handle } : null
    return c.json({ id, handle: input.handle, shop: opened }, 201)
  })
  .openapi(getSession, async (c) => {
    const { member, cartId } = c.get('principal')
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
    const { name, scopes, expiresInDays, ...credentials } = c.req.valid('json')
    limit(c, 'token', 30, 600, clientAddress(c))
    const missing = missingScope(c.get('principal').member?.scopes ?? null, ...scopes)
    if (missing) throw kernelProblem('scope-missing', { scope: missing })
    const proved = await proveIdentity({ ...credentials, address: clientAddress(c) })
    if (!proved.ok) {
      const { retryAfterSeconds } = proved.refusal.detail
      if (retryAfterSeconds) c.header('Retry-After', String(retryAfterSeconds))
      throw new Problem(proved.refusal, authErrors)
    }
    const { userId } = proved.value
    return reply(privately(c), await createToken({ userId, name, scopes, expiresInDays }), authErrors, 201)
  })
  .openapi(getTokens, async (c) => privately(c).json({ tokens: await listTokens(requireMember(c)) }, 200))
  .openapi(deleteOwnToken, async (c) => {
    const { userId, tokenId } = requireMember(c)
    // A browser logs out where it logged in, or at /sessions.
    if (tokenId === null) throw kernelProblem('not-found')
    reply(c, await revokeToken({ userId, id: tokenId }), authErrors)
    return c.body(null, 204)
  })
  .openapi(deleteToken, async (c) => {
    const { userId } = requireMember(c)
    reply(c, await revokeToken({ userId, id: c.req.valid('param').id }), authErrors)
    return c.body(null, 204)
  })

/** The field of a sign-up that a refusal is about. */
const SIGN_UP_FIELDS = {
  ...fieldOfCode,
  ...Object.fromEntries(Object.entries(shopFieldOfCode).map(([code, field]) => [code, `shop.${field}`])),
}

/** An answer that no cache may keep. */
function privately<C extends Context>(c: C): C {
  c.header('Cache-Control', 'no-store')
  return c
}
