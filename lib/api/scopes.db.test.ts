import { expect, test } from 'vitest'
import { SCOPES } from '#lib/auth/types'
import { bearerOf, cookieOf, OURS, serveApi, type Operation } from '../../scripts/test-api.ts'
import { useTestDatabase } from '../../scripts/test-database.ts'
import { makeMember, makeSeller } from '../../scripts/test-market.ts'

process.env.SOUK_SECRET = 'a secret of at least thirty-two characters'
process.env.RATE_LIMIT_FACTOR = '1000'
await useTestDatabase()

const { ask, listOperations, listRoutes } = serveApi()

/** Writes that are for everybody, or prove in another way who may: a password, a signature, the token itself. */
const FOR_ALL = ['post /accounts', 'post /tokens', 'delete /tokens/current']

const nameOf = ({ method, path }: { method: string; path: string }) => `${method} ${path}`
const scopeOf = ({ security }: Operation) => security.find((each) => 'token' in each)?.token?.[0]

test('every write there is says which scope a token needs for it', () => {
  const described = new Map(listOperations().map((operation) => [nameOf(operation), operation]))
  const writes = listRoutes().filter(({ method, path }) => method !== 'get' && !path.startsWith('/payments/webhooks/'))
  expect(writes.length).toBeGreaterThan(30)
  for (const name of new Set(writes.map(nameOf))) {
    const operation = described.get(name)
    expect(operation && scopeOf(operation), name).toEqual(FOR_ALL.includes(name) ? undefined : expect.any(String))
  }
})

test('a token without the scope of a route is refused there, whatever else is wrong; one with it gets past', async () => {
  const { userId } = await makeSeller()
  const tokens = new Map(
    await Promise.all(
      SCOPES.map(async (scope) => {
        const without = await bearerOf(
          userId,
          SCOPES.filter((each) => each !== scope),
        )
        return [scope as string, { alone: await bearerOf(userId, [scope]), without }] as const
      }),
    ),
  )
  const guarded = listOperations().filter((operation) => scopeOf(operation))
  expect(guarded.length).toBeGreaterThan(45)
  for (const operation of guarded) {
    const { method, path } = operation
    const scope = scopeOf(operation) ?? ''
    const { alone, without } = tokens.get(scope) ?? {}
    const refused = await ask(method, path, without)
    expect([refused.status, refused.json], nameOf(operation)).toMatchObject([
      403,
      { code: 'scope-missing', detail: { scope } },
    ])
    const admitted = await ask(method, path, alone)
    expect([admitted.json.code === 'scope-missing', admitted.status < 500], nameOf(operation)).toEqual([false, true])
  }
})

test('a session may do all of it', async () => {
  const cookie = await cookieOf((await makeSeller()).userId)
  for (const operation of listOperations()) {
    const { status, json } = await ask(operation.method, operation.path, { ...OURS, ...cookie })
    expect([json.code === 'scope-missing', status < 500], nameOf(operation)).toEqual([false, true])
  }
})

test('a token without `account` sees and ends no session, and no other token', async () => {
  const { userId } = await makeMember()
  const usual = await bearerOf(userId)
  for (const [method, path] of [
    ['get', '/sessions'],
    ['delete', '/sessions'],
    ['get', '/tokens'],
  ] as const) {
    expect((await ask(method, path, usual)).json).toMatchObject({ code: 'scope-missing', detail: { scope: 'account' } })
  }
  expect((await ask('delete', '/tokens/current', usual)).status).toBe(204)
  expect((await ask('get', '/orders', usual)).status).toBe(401)
})
