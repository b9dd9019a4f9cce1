import type { Context } from 'hono'
import { formProblem, kernelProblem } from '#lib/api/problem'
import { createRoute, json, limit, newRouter, problems, reply, requireMember, requireSeller } from '#lib/api/route'
import { IF_MATCH, isKnown, NOT_MODIFIED, readExpected, tag } from '#lib/api/tag'
import { kernelErrors } from '#lib/errors'
import { becomeSeller, editShop, setShipping } from './commands.ts'
import { fieldOfCode, sellerErrors } from './errors.ts'
import { getOwnSeller, getSeller, getShipping } from './queries.ts'
import { sellerParams, sellerView, shippingInput, shippingView, shopChange, shopInput } from './schema.ts'

const postSeller = createRoute({
  operationId: 'openShop',
  method: 'post',
  path: '/seller',
  scope: 'sell',
  tags: ['Sellers'],
  summary: 'Open your shop',
  description: 'An account has one shop. From then on it may sell, and keeps buying as before.',
  request: { body: { content: json(shopInput), required: true } },
  responses: {
    201: { description: 'The shop', content: json(sellerView) },
    ...problems(sellerErrors, ...Object.keys(sellerErrors), 'sign-in-required'),
  },
})

const readOwnSeller = createRoute({
  operationId: 'getOwnShop',
  method: 'get',
  path: '/seller',
  scope: 'read',
  tags: ['Sellers'],
  summary: 'Your shop',
  description: 'As everyone sees it, with the `ETag` that a change of it may name.',
  responses: {
    200: { description: 'The shop', content: json(sellerView) },
    ...problems(sellerErrors, 'sign-in-required', 'not-allowed'),
  },
})

const patchSeller = createRoute({
  operationId: 'changeShop',
  method: 'patch',
  path: '/seller',
  scope: 'sell',
  tags: ['Sellers'],
  summary: 'Change your shop',
  description: 'What is left out stays; a pictureId of null takes the picture away.',
  parameters: [IF_MATCH],
  request: { body: { content: json(shopChange), required: true } },
  responses: {
    200: { description: 'The shop', content: json(sellerView) },
    ...problems(sellerErrors, 'not-your-picture', 'sign-in-required', 'not-allowed', 'changed-meanwhile'),
  },
})

const readShipping = createRoute({
  operationId: 'getShipping',
  method: 'get',
  path: '/seller/shipping',
  scope: 'read',
  tags: ['Sellers'],
  summary: 'How your shop sends what it sells',
  description: 'In the order they are offered. An empty list sends everywhere for nothing.',
  responses: {
    200: { description: 'The ways of sending', content: json(shippingView) },
    ...NOT_MODIFIED,
    ...problems(sellerErrors, 'sign-in-required', 'not-allowed'),
  },
})

const putShipping = createRoute({
  operationId: 'setShipping',
  method: 'put',
  path: '/seller/shipping',
  scope: 'sell',
  tags: ['Sellers'],
  summary: 'Say how your shop sends what it sells',
  description:
    'The whole list, in the order it is offered; the first that goes where the buyer is, is taken unless the buyer chooses. ' +
    'Send the id of those that stay. Orders keep what they were sold with.',
  parameters: [IF_MATCH],
  request: { body: { content: json(shippingInput), required: true } },
  responses: {
    200: { description: 'The ways of sending', content: json(shippingView) },
    ...problems(sellerErrors, 'sign-in-required', 'not-allowed', 'changed-meanwhile', 'too-many-requests'),
  },
})

const readSeller = createRoute({
  operationId: 'getShop',
  method: 'get',
  path: '/sellers/{handle}',
  scope: 'none',
  tags: ['Sellers'],
  summary: 'A shop',
  description: 'What everyone may know of a shop. Its products are listed by `GET /products?seller=`.',
  request: { params: sellerParams },
  responses: { 200: { description: 'The shop', content: json(sellerView) }, ...problems(sellerErrors, 'not-found') },
})

export const sellerRoutes = newRouter()
  .openapi(postSeller, async (c) => {
    const { userId } = requireMember(c)
    limit(c, 'shop', 30, 600, userId)
    const result = await becomeSeller({ userId, ...c.req.valid('json') })
    if (!result.ok) throw formProblem(result.refusal, sellerErrors, fieldOfCode)
    return c.json(await ownShop(c, userId), 201)
  })
  .openapi(readOwnSeller, async (c) => c.json(await ownShop(c, requireSeller(c).userId), 200))
  .openapi(patchSeller, async (c) => {
    const { userId, sellerId } = requireSeller(c)
    limit(c, 'shop', 30, 600, userId)
    const result = await editShop({ sellerId, ...c.req.valid('json'), expected: readExpected(c) })
    if (!result.ok) throw formProblem(result.refusal, { ...kernelErrors, ...sellerErrors }, fieldOfCode)
    return c.json(await ownShop(c, userId), 200)
  })
  .openapi(readShipping, async (c) => {
    const { sellerId } = requireSeller(c)
    c.header('Cache-Control', 'no-store')
    const shipping = await getShipping(sellerId)
    tag(c, shipping.revision)
    return isKnown(c, shipping.revision) ? c.body(null, 304) : c.json(shipping, 200)
  })
  .openapi(putShipping, async (c) => {
    const { userId, sellerId } = requireSeller(c)
    limit(c, 'shop', 30, 600, userId)
    reply(c, await setShipping(sellerId, c.req.valid('json'), readExpected(c)), kernelErrors)
    const shipping = await getShipping(sellerId)
    tag(c, shipping.revision)
    return c.json(shipping, 200)
  })
  .openapi(readSeller, async (c) => c.json(await shopAt(c, c.req.valid('param').handle), 200))

async function ownShop(c: Context, userId: string) {
  const seller = await getOwnSeller(userId)
  if (!seller) throw kernelProblem('not-found')
  c.header('Cache-Control', 'no-store')
  tag(c, seller.revision)
  return seller
}

async function shopAt(c: Context, handle: string) {
  const seller = await getSeller(handle)
  if (!seller) throw kernelProblem('not-found')
  c.header('Cache-Control', 'no-cache')
  return seller
}
