import { encode } from 'next-auth/jwt'
import { expect, test } from 'vitest'
import { openSession, revokeSession } from '#lib/auth/commands/sessions'
import { createToken } from '#lib/auth/commands/tokens'
import { newId } from '#lib/ids'
import { useTestDatabase } from '../../scripts/test-database.ts'
import { makeMember } from '../../scripts/test-market.ts'
import { getPrincipal, signCartId } from './principal.ts'

const SECRET = (process.env.SOUK_SECRET = 'a secret of at least thirty-two characters')
await useTestDatabase()

async function signedIn() {
  const { userId } = await makeMember()
  const sid = await openSession({ userId, userAgent: 'test' })
  const token = await encode({ token: { sub: userId, sid }, secret: SECRET })
  return { userId, sid, cookie: `theme=dark; souk.session=${token}` }
}

test('the session cookie names a member for as long as its row counts', async () => {
  const { userId, sid, cookie } = await signedIn()
  expect((await getPrincipal(cookie, null)).member).toMatchObject({ userId, sid, sellerId: null })
  await revokeSession({ userId, sid })
  expect((await getPrincipal(cookie, null)).member).toBeNull()
})

test('a token signed with another secret, altered, over, or in the wrong place is a visitor', async () => {
  const { userId, sid, cookie } = await signedIn()
  const claims = { sub: userId, sid }
  const foreign = await encode({ token: claims, secret: `${SECRET}!` })
  const over = await encode({ token: claims, secret: SECRET, maxAge: -60 })
  const token = cookie.split('souk.session=')[1] ?? ''
  const altered = token.slice(0, -2) + (token.endsWith('AA') ? 'BB' : 'AA')
  for (const value of [foreign, over, altered, 'x', '', 'a.b.c', 'x'.repeat(9_000)]) {
    expect((await getPrincipal(`souk.session=${value}`, null)).member).toBeNull()
  }
  expect((await getPrincipal(null, `Bearer ${token}`)).member).toBeNull()
})

test('a bearer token counts alone, right or wrong', async () => {
  const { cookie } = await signedIn()
  const { userId } = await makeMember()
  const made = await createToken({ userId, name: 'till', scopes: ['buy'] })
  if (!made.ok) throw new Error(made.refusal.code)
  const { token, id } = made.value
  const cart = `${cookie}; souk.cart=${signCartId(newId())}`
  expect(await getPrincipal(cart, `Bearer ${token}`)).toMatchObject({
    member: { userId, sid: null, tokenId: id, scopes: ['buy'] },
    cartId: null,
  })
  expect(await getPrincipal(cart, 'Bearer souk_wrong')).toEqual({ member: null, cartId: null })
})

test('a cart is named by its signed cookie and by nothing else', async () => {
  const [cartId, other] = [newId(), newId()]
  const signed = signCartId(cartId)
  expect(await getPrincipal(`souk.cart=${signed}`, null)).toEqual({ member: null, cartId })
  const forged = [
    cartId,
    `${cartId}.`,
    `${other}.${signed.split('.')[1]}`,
    `${signed}.x`,
    `${signed.slice(0, -1)}`,
    'x.y',
  ]
  for (const value of forged) expect((await getPrincipal(`souk.cart=${value}`, null)).cartId).toBeNull()
})

test('just after a sign-in the member and the visitor’s cart arrive together', async () => {
  const { userId, cookie } = await signedIn()
  const cartId = newId()
  const principal = await getPrincipal(`${cookie}; souk.cart=${signCartId(cartId)}`, null)
  expect(principal).toMatchObject({ member: { userId }, cartId })
})
