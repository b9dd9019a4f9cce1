import { expect, test } from 'vitest'
import { useTestDatabase } from '../../scripts/test-database.ts'
import { makeSeller } from '../../scripts/test-market.ts'
import { serveRoutes } from '../../scripts/test-routes.ts'
import { traderRoutes } from './routes.ts'

await useTestDatabase()

const ACCOUNT = 'acct_1A2b3C4d5E6f'

async function shop() {
  const app = serveRoutes(traderRoutes, await makeSeller())
  const read = async () =>
    ((await (await app.request('/seller/payout-account')).json()) as { account: unknown }).account
  const write = async (account: string) => {
    const headers = { 'Content-Type': 'application/json' }
    return app.request('/seller/payout-account', { method: 'PUT', headers, body: JSON.stringify({ account }) })
  }
  return { read, write }
}

test('a shop says where it is paid, changes its mind, and is nobody else', async () => {
  const [own, other] = [await shop(), await shop()]
  expect(await own.read()).toBeNull()
  expect((await own.write(ACCOUNT)).status).toBe(200)
  expect((await own.write(`${ACCOUNT}7`)).status).toBe(200)
  expect([await own.read(), await other.read()]).toEqual([`${ACCOUNT}7`, null])
})

test('an account that another shop is paid into is refused beside its field, and what was there stays', async () => {
  const [own, other] = [await shop(), await shop()]
  await other.write(`${ACCOUNT}8`)
  await own.write(`${ACCOUNT}9`)
  const refused = await own.write(`${ACCOUNT}8`)
  expect(refused.status).toBe(409)
  expect(await refused.json()).toMatchObject({
    code: 'account-taken',
    fields: { account: expect.any(String) as string },
  })
  expect(await own.read()).toBe(`${ACCOUNT}9`)
})

test('what is no account is refused beside its field, and what was there stays', async () => {
  const own = await shop()
  await own.write(ACCOUNT)
  const refused = await own.write('DE89 3704 0044 0532 0130 00')
  expect(refused.status).toBe(400)
  expect(await refused.json()).toMatchObject({
    fields: { account: expect.stringContaining('Stripe account') as string },
  })
  expect(await own.read()).toBe(ACCOUNT)
})

test('a visitor has no account, and a member without a shop none either', async () => {
  const member = { userId: (await makeSeller()).userId, sellerId: null }
  expect((await serveRoutes(traderRoutes, null).request('/seller/payout-account')).status).toBe(401)
  expect((await serveRoutes(traderRoutes, member).request('/seller/payout-account')).status).toBe(403)
})
