import { expect, test } from 'vitest'
import { bearerOf, OURS, serveApi } from '../../scripts/test-api.ts'
import { useTestDatabase } from '../../scripts/test-database.ts'
import { makeMember, makeSeller, makeVariant } from '../../scripts/test-market.ts'

process.env.SOUK_SECRET = 'a secret of at least thirty-two characters'
// A hundredth of what is usual: 60 requests a minute for all who are nobody at an address, 18 for a member.
process.env.RATE_LIMIT_FACTOR = '0.01'
await useTestDatabase()

const remainingOf = (headers: Headers) => Number(/r=(\d+)/.exec(headers.get('ratelimit') ?? '')?.[1])

test('every answer says what was counted and what is left; the last one says when to come again', async () => {
  const { ask } = serveApi('198.51.100.1')
  const first = await ask('get', '/categories')
  expect(first.headers.get('ratelimit-policy')).toBe('"address";q=60;w=60')
  expect(first.headers.get('ratelimit')).toMatch(/^"address";r=59;t=\d+$/)
  for (let left = 58; left >= 0; left--) {
    const path = left % 2 ? '/products' : '/no-such-route'
    expect(remainingOf((await ask('get', path)).headers)).toBe(left)
  }
  for (const path of ['/stock', '/prices', '/products', '/session']) {
    const refused = await ask('get', path)
    expect([refused.status, refused.json.code]).toEqual([429, 'too-many-requests'])
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(refused.headers.get('ratelimit')).toMatch(/^"address";r=0;t=\d+$/)
  }
  expect((await serveApi('198.51.100.2').ask('get', '/categories')).status).toBe(200)
})

test('a member is counted alone, with all tokens together, and not with the address', async () => {
  const { ask } = serveApi('198.51.100.3')
  const { userId } = await makeMember()
  const [one, two, other] = [
    await bearerOf(userId),
    await bearerOf(userId),
    await bearerOf((await makeMember()).userId),
  ]
  const first = await ask('get', '/session', one)
  expect(first.headers.get('ratelimit-policy')).toBe('"member";q=18;w=60')
  expect([remainingOf(first.headers), remainingOf((await ask('get', '/session', two)).headers)]).toEqual([17, 16])
  expect(remainingOf((await ask('get', '/session', other)).headers)).toBe(17)
  expect(remainingOf((await ask('get', '/session')).headers)).toBe(59)
})

test('a route that counts too is named beside the whole', async () => {
  const { ask } = serveApi('198.51.100.4')
  const { variantId } = await makeVariant({ quantity: 5 })
  const { headers } = await ask('put', `/cart/lines/${variantId}`, OURS, { quantity: 1 })
  expect(headers.get('ratelimit-policy')).toBe('"address";q=60;w=60, "cart-line";q=2;w=10, "new-cart";q=1;w=60')
  expect(headers.get('ratelimit')).toMatch(/^"address";r=59;t=\d+, "cart-line";r=1;t=\d+, "new-cart";r=0;t=\d+$/)
})

test('the pages of a list are found by their Link alone, each thing once, and a cursor of another list is refused', async () => {
  const { ask } = serveApi('198.51.100.5')
  const shop = await makeSeller()
  const bearer = await bearerOf(shop.userId)
  const made = new Set<string>()
  for (let index = 0; index < 5; index++) made.add((await makeVariant({ quantity: 1, seller: shop })).productId)
  for (const path of ['/seller/products?status=published&limit=2', `/products?limit=2&sort=price-asc`]) {
    const found: string[] = []
    for (let next: string | null = path; next !== null;) {
      const { json, headers } = await ask('get', next, bearer)
      found.push(...(json.items as { id: string }[]).map(({ id }) => id))
      const link = /^<\/api\/v1(.+)>; rel="next"$/.exec(headers.get('link') ?? '')?.[1] ?? null
      expect(link === null).toBe(json.nextCursor === null)
      next = link
    }
    expect(new Set(found).size, path).toBe(found.length)
    expect(
      found.filter((id) => made.has(id)),
      path,
    ).toHaveLength(5)
  }
  const cursor = encodeURIComponent(`2026-01-01T00:00:00.000Z~${[...made][0] ?? ''}`)
  for (const path of [
    `/products?sort=price-asc&cursor=${cursor}`,
    '/products?cursor=x',
    '/seller/products?cursor=100~x',
    '/orders?cursor=S-12345678',
    '/seller/orders?cursor=x',
    '/seller/statement?cursor=x',
    '/seller/balance/explain?cursor=0',
  ]) {
    const refused = await ask('get', path, bearer)
    expect([refused.status, Object.keys(refused.json.fields ?? {})], path).toEqual([400, ['cursor']])
  }
})

test('tokens that nobody has are counted like other requests of their address', async () => {
  const { ask } = serveApi('198.51.100.6')
  const statuses = []
  for (let index = 0; index < 61; index++) {
    const token = { Authorization: `Bearer souk_${index.toString().padStart(43, '0')}` }
    statuses.push((await ask('get', '/session', token)).status)
  }
  expect(statuses).toEqual([...Array<number>(60).fill(401), 429])
})
