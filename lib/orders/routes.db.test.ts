import { expect, test } from 'vitest'
import { newSecret } from '#lib/ids'
import { hold } from '#lib/inventory/commands/hold'
import { makeCart, makeMember, makeVariant } from '../../scripts/test-market.ts'
import { useTestDatabase } from '../../scripts/test-database.ts'
import { serveRoutes } from '../../scripts/test-routes.ts'
import { orderRoutes } from './routes.ts'

await useTestDatabase()
process.env.SOUK_SECRET ??= newSecret()
process.env.SANDBOX_SLOW_MS = '300'

const SLOW = '4000 0000 0000 0077'

/** The orders' routes alone, for a member whose cart holds one piece at 10.00. */
async function serve() {
  const { userId, handle } = await makeMember()
  const { variantId } = await makeVariant({ quantity: 1 })
  await hold({ cartId: await makeCart(userId), variantId, quantity: 1 })
  return serveRoutes(orderRoutes, { userId, handle })
}

function order(number: string | null = '4242 4242 4242 4242', key: string | null = newSecret()): RequestInit {
  const address = { name: 'Ada', line1: 'Lane 1', postalCode: '10115', city: 'Berlin', country: 'DE' }
  const card = number === null ? undefined : { number, name: 'Ada', expiry: '01/40', cvc: '123' }
  const headers = { 'Content-Type': 'application/json', ...(key ? { 'Idempotency-Key': key } : {}) }
  return { method: 'POST', headers, body: JSON.stringify({ address, card, expectedTotalCents: '1000' }) }
}

test('50 repeats of one request, each waiting as it is told: all end with the same bytes', async () => {
  const app = await serve()
  const request = order(SLOW)
  let waited = 0
  const repeat = async (): Promise<string> => {
    for (;;) {
      const response = await app.request('/orders', request)
      if (response.status === 201) return response.text()
      expect([response.status, response.headers.get('Retry-After')]).toEqual([409, '1'])
      waited++
      await new Promise((resolve) => setTimeout(resolve, 1_000))
    }
  }
  const bodies = await Promise.all(Array.from({ length: 50 }, repeat))
  expect(new Set(bodies).size).toBe(1)
  expect(waited).toBeGreaterThan(0)
  const { number } = JSON.parse(bodies[0] ?? '') as { number: string }
  expect(await (await app.request(`/orders/${number}`)).text()).toBe(bodies[0])
})

test('a card that asks first: 202 and where to go, the same each time, and the order’s own page says it is pending', async () => {
  const app = await serve()
  const request = order('4000 0027 6000 3184')
  const first = await app.request('/orders', request)
  expect([first.status, first.headers.get('Content-Type'), first.headers.get('Cache-Control')]).toEqual([
    202,
    'application/json',
    'no-store',
  ])
  const body = await first.text()
  const answer = JSON.parse(body) as { number: string }
  expect(answer).toEqual({
    status: 'challenge',
    number: expect.stringMatching(/^S-/) as string,
    challengeUrl: expect.stringMatching(/^\/checkout\/challenge\/\w{32}$/) as string,
  })
  const again = await app.request('/orders', request)
  expect([again.status, await again.text()]).toEqual([202, body])
  expect(await (await app.request(`/orders/${answer.number}`)).json()).toMatchObject({ status: 'pending' })
})

test('a decline is a problem document, the same one each time', async () => {
  const app = await serve()
  const request = order('4000 0000 0000 9995')
  const first = await app.request('/orders', request)
  expect([first.status, first.headers.get('Content-Type')]).toEqual([422, 'application/problem+json'])
  const body = await first.text()
  expect(JSON.parse(body)).toMatchObject({ code: 'payment-declined', detail: { declineCode: 'insufficient-funds' } })
  expect(await (await app.request('/orders', request)).text()).toBe(body)
})

test.each([
  ['a missing key', order(undefined, null), 400, 'idempotency-key'],
  ['a mistyped card', order('4242 4242 4242 4241'), 400, 'card.number'],
  ['a card that is no test card', order('4111 1111 1111 1111'), 400, 'card.number'],
  ['no card at all', order(null), 400, 'card.number'],
])('%s is said beside its field', async (_, request, status, field) => {
  const response = await (await serve()).request('/orders', request)
  expect(response.status).toBe(status)
  expect(await response.json()).toMatchObject({ fields: { [field]: expect.any(String) as string } })
})

test('another buyer’s order is not there', async () => {
  const { number } = (await (await (await serve()).request('/orders', order())).json()) as { number: string }
  const response = await (await serve()).request(`/orders/${number}`)
  expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([404, 'not-found'])
})
