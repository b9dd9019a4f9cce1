import { expect, test } from 'vitest'
import { db, sql } from '#lib/db'
import { newSecret } from '#lib/ids'
import { bearerOf, serveApi } from '../../scripts/test-api.ts'
import { useTestDatabase } from '../../scripts/test-database.ts'
import { makeMember, makeSeller } from '../../scripts/test-market.ts'
import { forgetMembers } from './member-cache.ts'

process.env.SOUK_SECRET = 'a secret of at least thirty-two characters'
process.env.RATE_LIMIT_FACTOR = '1000'
await useTestDatabase()

const { ask } = serveApi()
const PASSWORD = 'a lamp by the sea'

function someone() {
  const handle = `m-${newSecret().toLowerCase().slice(0, 16)}`
  return { name: 'Ada Lovelace', handle, email: `${handle}@example.org`, password: PASSWORD }
}

const logIn = (login: string, more: object = {}, headers = {}) =>
  ask('post', '/tokens', headers, { login, password: PASSWORD, name: 'till', ...more })

test('an account is made with its shop or without, and where the shop cannot be there is no account either', async () => {
  const [ada, eve] = [someone(), someone()]
  const shop = { handle: `s-${ada.handle}`.slice(0, 30), name: 'Lamps' }
  const made = await ask('post', '/accounts', {}, { ...ada, shop })
  expect([made.status, made.json]).toMatchObject([201, { handle: ada.handle, shop: { handle: shop.handle } }])
  const { token } = (await logIn(ada.handle)).json
  const own = await ask('get', '/seller', { authorization: `Bearer ${String(token)}` })
  expect(own.json).toMatchObject({ handle: shop.handle, name: 'Lamps' })

  for (const [handle, code] of [
    [shop.handle, 'shop-handle-taken'],
    ['admin', 'shop-handle-reserved'],
  ]) {
    const refused = await ask('post', '/accounts', {}, { ...eve, shop: { handle, name: 'Lamps' } })
    expect([refused.status, refused.json.code, Object.keys(refused.json.fields ?? {})]).toEqual([
      409,
      code,
      ['shop.handle'],
    ])
  }
  const wrong = await ask('post', '/accounts', {}, { ...eve, shop: { handle: '?', name: '' } })
  expect(Object.keys(wrong.json.fields ?? {})).toEqual(['shop.handle', 'shop.name'])
  const taken = await ask(
    'post',
    '/accounts',
    {},
    { ...eve, handle: ada.handle, shop: { handle: 'one-more', name: 'No' } },
  )
  expect([taken.json.code, Object.keys(taken.json.fields ?? {})]).toEqual(['handle-taken', ['handle']])
  expect((await ask('get', '/sellers/one-more')).status).toBe(404)
  const alone = await ask('post', '/accounts', {}, eve)
  expect([alone.status, alone.json.shop]).toEqual([201, null])
})

test('a token reads, buys and sells for 90 days unless it is told; it is told at most a year and what there is', async () => {
  const ada = someone()
  await ask('post', '/accounts', {}, ada)
  const days = ({ json }: Awaited<ReturnType<typeof ask>>) =>
    Math.round((Date.parse(String(json.expiresAt)) - Date.now()) / 86_400_000)
  const usual = await logIn(ada.handle)
  expect([usual.json.scopes, days(usual)]).toEqual([['read', 'buy', 'sell'], 90])
  const told = await logIn(ada.email, { scopes: ['account', 'account'], expiresInDays: 365 })
  expect([told.json.scopes, days(told)]).toEqual([['account'], 365])
  for (const [more, field] of [
    [{ scopes: [] }, 'scopes'],
    [{ scopes: ['everything'] }, 'scopes.0'],
    [{ expiresInDays: 366 }, 'expiresInDays'],
    [{ expiresInDays: 0 }, 'expiresInDays'],
  ] as const) {
    expect(Object.keys((await logIn(ada.handle, more)).json.fields ?? {})).toEqual([field])
  }
  await expect(db.run(sql`update api_token set scopes = array['all']`)).rejects.toThrow(/api_token_scopes_check/)
})

test('a token gets no other one made that may do more than itself', async () => {
  const ada = someone()
  await ask('post', '/accounts', {}, ada)
  const narrow = { authorization: `Bearer ${String((await logIn(ada.handle, { scopes: ['read'] })).json.token)}` }
  const refused = await logIn(ada.handle, {}, narrow)
  expect([refused.status, refused.json]).toMatchObject([403, { code: 'scope-missing', detail: { scope: 'buy' } }])
  expect((await logIn(ada.handle, { scopes: ['read'] }, narrow)).status).toBe(201)
})

test('logging out ends the token that asks and no other', async () => {
  const { userId } = await makeMember()
  const [one, two] = [await bearerOf(userId), await bearerOf(userId, ['account'])]
  expect((await ask('delete', '/tokens/current', one)).status).toBe(204)
  expect((await ask('delete', '/tokens/current', one)).status).toBe(401)
  const { tokens } = (await ask('get', '/tokens', two)).json as { tokens?: object[] }
  expect(tokens).toMatchObject([{ scopes: ['account'], isCurrent: true }])
  expect((await ask('delete', '/tokens/current')).status).toBe(401)
})

test('the use of a token is noted at most once a minute', async () => {
  const { userId } = await makeSeller()
  const bearer = await bearerOf(userId, ['account'])
  const used = async () => {
    const [row] = await db.run(
      sql<{ at: Date | null }>`select last_used_at as at from api_token where user_id = ${userId}`,
    )
    return row?.at?.getTime() ?? null
  }
  expect(await used()).toBeNull()
  await ask('get', '/tokens', bearer)
  const first = await used()
  expect(first).not.toBeNull()
  forgetMembers()
  await ask('get', '/tokens', bearer)
  expect(await used()).toBe(first)
  await db.run(sql`update api_token set last_used_at = last_used_at - interval '61 seconds' where user_id = ${userId}`)
  forgetMembers()
  await ask('get', '/tokens', bearer)
  expect(await used()).toBeGreaterThanOrEqual(first ?? 0)
})

test('a member has a hundred tokens that work, so that each is in the list', async () => {
  const ada = someone()
  const { json } = await ask('post', '/accounts', {}, ada)
  await db.run(sql`
    insert into api_token (id, user_id, name, secret_hash, scopes, expires_at)
    select gen_random_uuid(), ${json.id}::uuid, 'many', gen_random_uuid()::text, array['read'], now() + interval '1 day'
    from generate_series(1, 100)`)
  const refused = await logIn(ada.handle)
  expect([refused.status, refused.json.code]).toEqual([409, 'too-many-tokens'])
  await db.run(sql`update api_token set expires_at = now() where user_id = ${json.id}`)
  expect((await logIn(ada.handle)).status).toBe(201)
})
