import { createRoute, json, limit, newRouter, problems, reply, requireMember } from '#lib/api/route'
import { ok } from '#lib/result'
import { joinWaitlist, leaveWaitlist } from '../commands.ts'
import { cartErrors } from '../errors.ts'
import { getWaitlist } from '../queries.ts'
import { lineParams, placeInput, waitlistView } from '../schema.ts'

const tags = ['Waitlist']
const places = { description: 'Your places, oldest first', content: json(waitlistView) }

const readWaitlist = createRoute({
  operationId: 'listWaitlist',
  method: 'get',
  path: '/waitlist',
  scope: 'read',
  tags,
  summary: 'The waitlists you are on, your place in each, and what is offered to you',
  description: 'An offer holds its pieces until `offer.until`.',
  responses: { 200: places, ...problems(cartErrors, 'sign-in-required') },
})

const putPlace = createRoute({
  operationId: 'joinWaitlist',
  method: 'put',
  path: '/waitlist/{variantId}',
  scope: 'buy',
  tags,
  summary: 'Wait for a product version that is sold out',
  description:
    'Pieces that come back are offered in the order buyers joined. Asking again for as many or fewer keeps your place; for ' +
    'more goes to the end. An offer is taken by setting the line in your cart; where its time runs out the next one gets it.',
  request: { params: lineParams, body: { content: json(placeInput), required: true } },
  responses: {
    200: places,
    ...problems(
      cartErrors,
      'sign-in-required',
      'unknown-variant',
      'still-available',
      'not-on-sale',
      'not-open-yet',
      'over-cap',
      'cooling-down',
      'too-many-places',
    ),
  },
})

const deletePlace = createRoute({
  operationId: 'leaveWaitlist',
  method: 'delete',
  path: '/waitlist/{variantId}',
  scope: 'buy',
  tags,
  summary: 'Give up your place, and what was offered to it',
  description: 'An offered piece goes to the next in line.',
  request: { params: lineParams },
  responses: { 200: places, ...problems(cartErrors, 'sign-in-required', 'unknown-variant') },
})

export const waitlistRoutes = newRouter()
  .openapi(readWaitlist, async (c) => {
    const { userId } = requireMember(c)
    c.header('Cache-Control', 'no-store')
    return reply(c, ok(await getWaitlist(userId)), cartErrors)
  })
  .openapi(putPlace, async (c) => {
    const { userId: buyerId } = requireMember(c)
    limit(c, 'waitlist', 60, 60, buyerId)
    const { variantId } = c.req.valid('param')
    const joined = await joinWaitlist({ buyerId, variantId, ...c.req.valid('json') })
    return reply(c, joined.ok ? ok(await getWaitlist(buyerId)) : joined, cartErrors)
  })
  .openapi(deletePlace, async (c) => {
    const { userId: buyerId } = requireMember(c)
    limit(c, 'waitlist', 60, 60, buyerId)
    const left = await leaveWaitlist({ buyerId, variantId: c.req.valid('param').variantId })
    return reply(c, left.ok ? ok(await getWaitlist(buyerId)) : left, cartErrors)
  })
