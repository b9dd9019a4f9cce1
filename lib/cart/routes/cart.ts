import type { Context } from 'hono'
import { setCookie } from 'hono/cookie'
import { networkOf } from '#lib/api/origin'
import { CART_COOKIE, signCartId } from '#lib/api/principal'
import { clientAddress, createRoute, json, limit, newRouter, problems, reply, type ApiEnv } from '#lib/api/route'
import { isHttps } from '#lib/env'
import { ok } from '#lib/result'
import { SECOND_MS } from '#lib/time'
import { clearCart, isCartGone, openCart, setLine } from '../commands.ts'
import { cartErrors } from '../errors.ts'
import { getCart, type CartOwner } from '../queries.ts'
import { VISITOR_CART_MS } from '../rules.ts'
import { cartView, lineInput, lineParams, lineView } from '../schema.ts'

const holdCodes = [
  'sold-out',
  'not-enough',
  'not-on-sale',
  'not-open-yet',
  'over-cap',
  'address-full',
  'sign-in-for-more',
  'cooling-down',
  'being-paid',
  'cart-full',
  'unknown-variant',
]

const readCart = createRoute({
  operationId: 'getCart',
  method: 'get',
  path: '/cart',
  scope: 'read',
  tags: ['Cart'],
  summary: 'Your cart: lines, countdowns, totals',
  description: 'A member’s own cart, or the one that a visitor’s cookie names; an empty one without either.',
  responses: { 200: { description: 'The cart', content: json(cartView) }, ...problems(cartErrors) },
})

const putLine = createRoute({
  operationId: 'holdInCart',
  method: 'put',
  path: '/cart/lines/{variantId}',
  scope: 'buy',
  tags: ['Cart'],
  summary: 'Set a line to a quantity and hold its pieces',
  description:
    'Absolute and therefore safe to repeat. A refusal says how many are left and how many are in other carts.',
  request: { params: lineParams, body: { content: json(lineInput), required: true } },
  responses: { 200: { description: 'The line', content: json(lineView) }, ...problems(cartErrors, ...holdCodes) },
})

const deleteLine = createRoute({
  operationId: 'removeFromCart',
  method: 'delete',
  path: '/cart/lines/{variantId}',
  scope: 'buy',
  tags: ['Cart'],
  summary: 'Remove a line and give its pieces back',
  description: 'The pieces are free for others at once. Removing what is not there is no error.',
  request: { params: lineParams },
  responses: {
    200: { description: 'The line is gone', content: json(lineView) },
    ...problems(cartErrors, ...holdCodes),
  },
})

const deleteCart = createRoute({
  operationId: 'clearCart',
  method: 'delete',
  path: '/cart',
  scope: 'buy',
  tags: ['Cart'],
  summary: 'Empty the cart and give all pieces back',
  description: 'Lines that are being paid for stay.',
  responses: { 200: { description: 'The empty cart', content: json(cartView) }, ...problems(cartErrors) },
})

export const cartLineRoutes = newRouter()
  .openapi(readCart, async (c) => {
    c.header('Cache-Control', 'no-store')
    return reply(c, ok(await getCart(ownerOf(c))), cartErrors)
  })
  .openapi(putLine, (c) => changeLine(c, c.req.valid('param').variantId, c.req.valid('json').quantity))
  .openapi(deleteLine, (c) => changeLine(c, c.req.valid('param').variantId, 0))
  .openapi(deleteCart, async (c) => {
    const owner = ownerOf(c)
    const { id } = await getCart(owner)
    if (id) await clearCart({ cartId: id, buyerId: owner.buyerId })
    return reply(c, ok(await getCart(owner)), cartErrors)
  })

async function changeLine(c: Context<ApiEnv>, variantId: string, quantity: number) {
  const owner = ownerOf(c)
  limit(c, 'cart-line', 120, 10, owner.buyerId ?? owner.cartId ?? clientAddress(c))
  const nothing = { variantId, quantity: 0, expiresAt: null, serverNow: null }
  if (quantity === 0 && !owner.buyerId && !owner.cartId) return reply(c, ok(nothing), cartErrors)
  const wish = { buyerId: owner.buyerId, source: networkOf(clientAddress(c)), variantId, quantity }
  const result = await setLine({ ...wish, cartId: await cartOf(c, owner) }).catch(async (error: unknown) => {
    // A cookie may outlive its cart, when a database was restored: then it is a new visitor's.
    if (owner.buyerId || !isCartGone(error)) throw error
    return setLine({ ...wish, cartId: await cartOf(c, { buyerId: null, cartId: null }) })
  })
  if (!result.ok) return reply(c, result, cartErrors)
  const line = result.value
  return reply(
    c,
    ok({
      variantId,
      quantity: line?.quantity ?? 0,
      expiresAt: line?.expiresAt.toISOString() ?? null,
      serverNow: line?.now.toISOString() ?? null,
    }),
    cartErrors,
  )
}

/** The caller's cart; a visitor's first piece makes one, and a signed cookie remembers it. */
async function cartOf(c: Context<ApiEnv>, owner: CartOwner): Promise<string> {
  if (!owner.buyerId && !owner.cartId) limit(c, 'new-cart', 60, 60, clientAddress(c))
  const cartId = await openCart(owner)
  if (!owner.buyerId && !owner.cartId) {
    setCookie(c, CART_COOKIE, signCartId(cartId), {
      path: '/',
      httpOnly: true,
      sameSite: 'Lax',
      secure: isHttps(),
      maxAge: VISITOR_CART_MS / SECOND_MS,
    })
  }
  return cartId
}

function ownerOf(c: Context<ApiEnv>): CartOwner {
  const { member, cartId } = c.get('principal')
  return { buyerId: member?.userId ?? null, cartId: member ? member.cartId : cartId }
}
