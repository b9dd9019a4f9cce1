import { OpenAPIHono } from '@hono/zod-openapi'
import { encode } from 'next-auth/jwt'
import { expect, test } from 'vitest'
import { openSession } from '#lib/auth/commands/sessions'
import { createToken, revokeToken } from '#lib/auth/commands/tokens'
import { clearCart } from '#lib/cart/commands'
import { getCart } from '#lib/cart/queries'
import { cartRoutes } from '#lib/cart/routes'
import { db, pool, sql } from '#lib/db'
import { nodeSide } from '../../scripts/test-api.ts'
import { useTestDatabase } from '../../scripts/test-database.ts'
import { listImbalances, makeMember, makeVariant } from '../../scripts/test-market.ts'
import { admit } from './guard.ts'
import { answerError, type ApiEnv } from './route.ts'

await useTestDatabase()

const HOST = 'souk.test'
const app = new OpenAPIHono<ApiEnv>()
app.use('*', admit)
app.route('/', cartRoutes)
app.onError(answerError)

function put(variantId: string, headers: Record<string, string>, body = '{"quantity":1}') {
  const request = new Request(`http://${HOST}/cart/lines/${variantId}`, {
    method: 'PUT',
    headers: { host: HOST, 'content-type': 'application/json', ...headers },
    body,
  })
  return app.request(request, undefined, nodeSide())
}

const ours = { origin: `http://${HOST}` }

async function codeOf(response: Response): Promise<string> {
  return ((await response.json()) as { code: string }).code
}

test('a browser that another site made write is refused, whatever it sends', async () => {
  const { variantId } = await makeVariant({ quantity: 5 })
  const cookie = 'anything=1'
  const foreign: Record<string, string>[] = [
    { cookie, origin: 'https://evil.test' },
    { cookie, origin: 'null' },
    { cookie },
    { origin: `http://${HOST}.evil.test` },
    { origin: `https://${HOST}:444` },
  ]
  for (const headers of foreign) {
    const response = await put(variantId, headers)
    expect([response.status, await codeOf(response)]).toEqual([403, 'foreign-origin'])
  }
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', '']) {
    const response = await put(variantId, { ...ours, 'content-type': type })
    expect([response.status, await codeOf(response)]).toEqual([415, 'wrong-content-type'])
  }
})

test('a program without a cookie may write, and a body that does not fit gets a sentence per field', async () => {
  const { variantId } = await makeVariant({ quantity: 5 })
  expect((await put(variantId, {})).status).toBe(200)
  const faulty = await put(variantId, {}, '{"quantity":-1,"priceCents":"1"}')
  expect(faulty.status).toBe(400)
  expect(await faulty.json()).toMatchObject({
    code: 'invalid-input',
    fields: { quantity: 'cannot be less than nothing' },
  })
  expect((await put('not-an-id', {})).status).toBe(400)
  const broken = await put(variantId, {}, '{"quantity":')
  expect([broken.status, await codeOf(broken)]).toEqual([400, 'invalid-input'])
})

test('a bearer token that nobody has is refused, instead of taking its sender for a visitor', async () => {
  const { variantId } = await makeVariant({ quantity: 5 })
  const { userId } = await makeMember()
  const made = await createToken({ userId, name: 'test' })
  if (!made.ok) throw new Error(made.refusal.code)
  const { id, token } = made.value
  expect((await put(variantId, { authorization: `Bearer ${token}` })).status).toBe(200)
  await revokeToken({ userId, id })
  for (const authorization of [`Bearer ${token}`, `Bearer souk_${'a'.repeat(32)}`, 'Bearer x', 'Basic eDp5', '']) {
    const refused = await put(variantId, { authorization }, '{"quantity":2}')
    expect([authorization, refused.status]).toEqual([authorization, authorization ? 401 : 200])
    if (!authorization) continue
    expect(await codeOf(refused)).toBe('unknown-token')
    expect(refused.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"')
    expect(refused.headers.get('set-cookie')).toBeNull()
  }
  const cart = await getCart({ buyerId: userId, cartId: null })
  expect(cart.lines).toMatchObject([{ variantId, quantity: 1 }])
  await clearCart({ cartId: cart.id ?? '', buyerId: userId })
})

test('a body that is too large, or of a length not told, is refused before it is read', async () => {
  const { variantId } = await makeVariant({ quantity: 5 })
  const large = await put(variantId, { 'content-length': String(256 * 1024 + 1) })
  expect([large.status, await codeOf(large)]).toEqual([413, 'too-large'])
  const untold = await put(variantId, { 'transfer-encoding': 'chunked' })
  expect([untold.status, await codeOf(untold)]).toEqual([411, 'length-required'])
})

test('text that no database takes is refused', async () => {
  const { variantId } = await makeVariant({ quantity: 5 })
  for (const text of ['a\\u0000b', '\\ud83d']) {
    const response = await put(variantId, {}, `{"quantity":1,"${text}":{"deep":["${text}"]}}`)
    expect([response.status, await codeOf(response)]).toEqual([400, 'broken-text'])
  }
})

test('a stock row that stays locked is a busy market, not a bug', async () => {
  const { variantId } = await makeVariant({ quantity: 5 })
  const locker = await pool().connect()
  try {
    await locker.query('begin')
    await locker.query('select 1 from stock where variant_id = $1 for update', [variantId])
    const response = await put(variantId, {})
    expect([response.status, await codeOf(response), response.headers.get('retry-after')]).toEqual([503, 'busy', '1'])
  } finally {
    await locker.query('rollback')
    locker.release()
  }
  expect((await put(variantId, {})).status).toBe(200)
})

test('a cookie that outlived its cart gets a new one, and taking nothing out of no cart makes none', async () => {
  const { variantId } = await makeVariant({ quantity: 5 })
  const first = await put(variantId, ours)
  const cookie = first.headers.get('set-cookie')?.split(';')[0] ?? ''
  await db.run(sql`delete from cart where buyer_id is null`)
  await db.run(sql`update stock set available = on_hand, anonymous = 0`)
  const again = await put(variantId, { ...ours, cookie })
  expect(again.status).toBe(200)
  expect(again.headers.get('set-cookie')).toMatch(/^souk\.cart=/)
  const nothing = await put(variantId, {}, '{"quantity":0}')
  expect([nothing.status, nothing.headers.get('set-cookie')]).toEqual([200, null])
  expect(await listImbalances()).toEqual([])
})

test("a visitor's cart follows its cookie and becomes the member's at sign-in, with its holds", async () => {
  const { variantId } = await makeVariant({ quantity: 1 })
  const first = await put(variantId, ours)
  const cartCookie = first.headers.get('set-cookie')?.split(';')[0] ?? ''
  expect(cartCookie).toMatch(/^souk\.cart=/)
  expect(first.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Lax/)

  const { userId } = await makeMember()
  const sid = await openSession({ userId, userAgent: 'test' })
  const session = await encode({ token: { sub: userId, sid }, secret: process.env.SOUK_SECRET ?? '' })
  const cookie = `${cartCookie}; souk.session=${session}`
  const read = await app.request(`http://${HOST}/cart`, { headers: { host: HOST, cookie } }, nodeSide())
  expect(read.headers.get('set-cookie')).toMatch(/^souk\.cart=; Max-Age=0/)
  const cart = await getCart({ buyerId: userId, cartId: null })
  expect(cart.lines).toMatchObject([{ variantId, state: 'held', quantity: 1 }])
  expect(await listImbalances()).toEqual([])
})
