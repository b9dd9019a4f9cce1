import { expect, test } from 'vitest'
import { db, sql } from '#lib/db'
import { bearerOf, serveApi } from '../../scripts/test-api.ts'
import { useTestDatabase } from '../../scripts/test-database.ts'
import { makeSeller, makeVariant } from '../../scripts/test-market.ts'

process.env.RATE_LIMIT_FACTOR = '1000'
await useTestDatabase()

const { ask } = serveApi()

async function seller() {
  const shop = await makeSeller()
  const bearer = await bearerOf(shop.userId)
  return { ...shop, bearer, product: await makeVariant({ quantity: 5, seller: shop }) }
}

const at = (revision: unknown) => ({ 'if-match': `"${String(revision)}"` })

test('an edit of what was read is taken; of what somebody changed meanwhile it is not, and says what there is', async () => {
  const { bearer, product } = await seller()
  const path = `/products/${product.productId}`
  const version = { id: product.variantId, priceCents: '1200' }
  const read = await ask('get', `/seller${path}`, bearer)
  const tag = read.headers.get('etag') ?? ''
  expect(tag).toBe(at(read.json.revision)['if-match'])
  const mine = await ask('patch', path, { ...bearer, 'if-match': tag }, { title: 'Mine' })
  expect([mine.status, mine.headers.get('etag')]).toEqual([200, at(mine.json.revision)['if-match']])
  const late: [string, string, unknown][] = [
    ['patch', path, { title: 'Theirs' }],
    ['put', `${path}/variants`, { variants: [version] }],
    ['put', `${path}/pictures`, { pictures: [] }],
    ['patch', `${path}/variants/${product.variantId}`, { priceCents: '1' }],
    ['post', `${path}/archive`, undefined],
    ['post', `${path}/publish`, undefined],
  ]
  for (const [method, address, body] of late) {
    const refused = await ask(method, address, { ...bearer, 'if-match': tag }, body)
    expect([refused.status, refused.json.code, refused.headers.get('etag')], address).toEqual([
      412,
      'changed-meanwhile',
      mine.headers.get('etag'),
    ])
  }
  expect((await ask('get', `/seller${path}`, bearer)).json).toMatchObject({
    title: 'Mine',
    status: 'published',
    revision: mine.json.revision,
    variants: [{ priceCents: '1000' }],
  })
})

test('If-Match is a list, `*`, or left out; a weak tag fits nothing, and nonsense is refused at its field', async () => {
  const { bearer, product } = await seller()
  const path = `/products/${product.productId}`
  const patch = (ifMatch?: string) =>
    ask('patch', path, { ...bearer, ...(ifMatch !== undefined && { 'if-match': ifMatch }) }, { title: 'A lamp' })
  const { revision } = (await patch()).json
  expect((await patch('*')).status).toBe(200)
  expect((await patch(`"x", "${Number(revision) + 1}"`)).status).toBe(200)
  expect((await patch(`W/"${Number(revision) + 2}"`)).status).toBe(412)
  for (const nonsense of ['3', '"3', '"3" "4"', '']) {
    const refused = await patch(nonsense)
    expect([refused.status, Object.keys(refused.json.fields ?? {})]).toEqual([400, ['if-match']])
  }
})

test('of many edits of one revision at once exactly one is taken: of a product, a shop, a list of ways to send', async () => {
  const { bearer, product } = await seller()
  const shop = (await ask('get', '/seller', bearer)).json
  const shipping = (await ask('get', '/seller/shipping', bearer)).json
  const { revision } = (await ask('get', `/seller/products/${product.productId}`, bearer)).json
  const edits: [string, string, unknown, (n: number) => unknown][] = [
    ['patch', `/products/${product.productId}`, revision, (n) => ({ title: `Lamp ${n}` })],
    ['patch', '/seller', shop.revision, (n) => ({ about: `Lamps ${n}` })],
    ['put', '/seller/shipping', shipping.revision, (n) => ({ methods: [{ name: `Post ${n}` }] })],
  ]
  for (const [method, path, at0, bodyOf] of edits) {
    const headers = { ...bearer, ...at(at0) }
    const answers = await Promise.all(Array.from({ length: 8 }, (_, n) => ask(method, path, headers, bodyOf(n))))
    expect(answers.map(({ status }) => status).sort(), path).toEqual([200, ...Array<number>(7).fill(412)])
    const taken = answers.find(({ status }) => status === 200)
    // Those that came too late are told the one that was taken.
    expect(new Set(answers.map((answer) => answer.headers.get('etag'))).size, path).toBe(1)
    expect(taken?.headers.get('etag'), path).not.toBe(at(at0)['if-match'])
  }
})

test('a version gets another price alone; nothing is on sale for nothing, and a stranger’s is not there', async () => {
  const { bearer, product } = await seller()
  const other = await seller()
  const path = `/products/${product.productId}/variants/${product.variantId}`
  await db.run(sql`update variant set sku = 'LAMP', compare_at_cents = 3000 where id = ${product.variantId}`)
  const cheaper = await ask('patch', path, bearer, { priceCents: '900' })
  expect(cheaper.json.variants).toMatchObject([{ priceCents: '900', compareAtCents: '3000', sku: 'LAMP' }])
  const bare = await ask('patch', path, bearer, { compareAtCents: null, sku: null })
  expect(bare.json.variants).toMatchObject([{ priceCents: '900', compareAtCents: null, sku: null }])
  expect(bare.json.revision).toBe(Number(cheaper.json.revision) + 1)
  expect((await ask('patch', path, bearer, { priceCents: '0' })).json).toMatchObject({ code: 'no-price' })
  expect((await ask('patch', path, other.bearer, { priceCents: '1' })).status).toBe(404)
  const elsewhere = `/products/${product.productId}/variants/${other.product.variantId}`
  expect((await ask('patch', elsewhere, bearer, { priceCents: '1' })).status).toBe(404)
})

test('who has the list of ways to send already is told so, with no body', async () => {
  const { bearer } = await seller()
  const first = await ask('get', '/seller/shipping', bearer)
  const known = { ...bearer, 'if-none-match': first.headers.get('etag') ?? '' }
  expect(await ask('get', '/seller/shipping', known)).toMatchObject({ status: 304, json: {} })
  await ask('put', '/seller/shipping', bearer, { methods: [{ name: 'Post' }] })
  expect((await ask('get', '/seller/shipping', known)).json.methods).toHaveLength(1)
})

test('the operator’s rules are held against their version, under their lock', async () => {
  const { userId } = await makeSeller()
  await db.run(sql`update app_user set role = 'admin' where id = ${userId}`)
  const bearer = await bearerOf(userId, ['read', 'operate'])
  for (const path of ['/admin/commission-rules', '/admin/tax-rules']) {
    const { json, headers } = await ask('get', path, bearer)
    expect(headers.get('etag')).toBe(at(json.version)['if-match'])
    const put = (ifMatch: Record<string, string>) =>
      ask('put', path, { ...bearer, ...ifMatch }, { version: json.version, rules: [] })
    expect((await put(at('old'))).json).toMatchObject({ code: 'changed-meanwhile', detail: { revision: json.version } })
    expect((await put(at(json.version))).status).toBe(200)
  }
})
