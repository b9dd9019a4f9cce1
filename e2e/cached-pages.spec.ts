import type { APIRequestContext, APIResponse, Page, WebSocketRoute } from '@playwright/test'
import { call } from '#lib/api/client'
import { startTestNode, type TestNode } from '../scripts/test-node.ts'
import { expect, expectWithin, openShop, test as base, unique } from './fixtures.ts'
import { listProduct } from './market.ts'

/** A second node on the same database, as another `npm start` beside the first. */
const test = base.extend<object, { otherNode: TestNode }>({
  otherNode: [
    async ({}, use) => {
      const settings = {
        DATA_DIR: process.env.DATA_DIR ?? '',
        DATABASE_URL: '',
        LOG_LEVEL: 'warn',
        RATE_LIMIT_FACTOR: '1000',
      }
      const node = await startTestNode(settings)
      await use(node)
      await node.interrupt()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
})

/** How soon an edit is on every node. Units: milliseconds. */
const SOON_MS = 2_000
const OFTEN = { intervals: [100] }

/** The page out of the cache: asked for until it has been kept, since edits of other tests end lists at any time. */
async function readKept(
  request: APIRequestContext,
  url: string,
  headers: Record<string, string> = {},
): Promise<APIResponse> {
  let answer = await request.get(url, { headers })
  await expect(async () => {
    answer = await request.get(url, { headers })
    expect(answer.headers()['x-nextjs-cache']).toBe('HIT')
  }).toPass({ intervals: [50] })
  return answer
}

function policiesOf(answer: APIResponse): string[] {
  const named = answer.headersArray().filter(({ name }) => name.toLowerCase() === 'content-security-policy')
  return named.map(({ value }) => value)
}

test('kept pages hold neither price nor stock, as HTML and as what the router asks for', async ({
  newMember,
  request,
}) => {
  const seller = await newMember()
  const handle = await openShop(seller)
  const { slug, title } = await listProduct(seller, { quantity: 91_827, priceCents: '7319041' })
  const asPage: Record<string, string> = {}
  for (const path of [`/products/${slug}`, `/shops/${handle}`, '/categories/home', '/']) {
    for (const headers of [asPage, { rsc: '1' }]) {
      const body = await (await readKept(request, path, headers)).text()
      expect(body, path).not.toMatch(/\b(91827|91,827|7319041|73,190\.41|73190\.41)\b/)
      // Tests beside this one may fill the market's lists with newer things.
      if (path.includes(slug) || path.includes(handle)) expect(body, path).toContain(title)
    }
  }
})

test('an edit on one node is in the pages of the other within 2 s', async ({ newMember, request, otherNode }) => {
  const seller = await newMember()
  const handle = await openShop(seller)
  const { productId, slug, title } = await listProduct(seller, { quantity: 3 })
  const edit = (json: { title?: string; categorySlug?: string }) =>
    call(seller.api.products[':id'].$patch({ param: { id: productId }, json }))
  // Nobody else's test lists something there, so it stays on the first page.
  expect(await edit({ categorySlug: 'toys' })).toMatchObject({ ok: true })
  const paths = [`/products/${slug}`, `/shops/${handle}`, '/categories/toys']
  const textOf = async (path: string) => (await request.get(otherNode.url + path)).text()
  for (const path of paths) await expect.poll(() => textOf(path)).toContain(title)
  for (const path of [...paths, '/']) await readKept(request, otherNode.url + path)

  const renamed = unique('Brass lamp')
  expect(await edit({ title: renamed })).toMatchObject({ ok: true })
  // All of them within the same 2 s, not one after the other.
  await expectWithin(SOON_MS, () =>
    Promise.all([
      ...paths.map((path) => expect.poll(() => textOf(path), OFTEN).toContain(renamed)),
      expect.poll(() => textOf('/'), OFTEN).not.toContain(title),
    ]),
  )

  const name = unique('Lampist')
  expect(await call(seller.api.seller.$patch({ json: { name } }))).toMatchObject({ ok: true })
  await expectWithin(SOON_MS, () =>
    Promise.all(paths.map((path) => expect.poll(() => textOf(path), OFTEN).toContain(name))),
  )
})

test('what goes on sale or off it on one node does so on the other within 2 s', async ({
  newMember,
  request,
  otherNode,
}) => {
  const seller = await newMember()
  const handle = await openShop(seller)
  const shop = () => request.get(`${otherNode.url}/shops/${handle}`).then((answer) => answer.text())
  // The first pages of a node take their time.
  await expect.poll(shop).toContain(handle)
  await readKept(request, `${otherNode.url}/shops/${handle}`)
  const draft = { title: unique('Wool rug'), categorySlug: 'home', variants: [{ priceCents: '900', quantity: 1 }] }
  const created = await call(seller.api.products.$post({ json: draft }))
  if (!created.ok) throw new Error(created.message)
  const { id, slug } = created.value
  const product = () => request.get(`${otherNode.url}/products/${slug}`)
  expect((await product()).status()).toBe(404)

  const published = seller.api.products[':id'].publish.$post({ param: { id }, query: {} })
  expect(await call(published)).toMatchObject({ ok: true })
  // Nothing says there is nothing from memory: it is there at once, and in lists when the other node has heard of it.
  expect((await product()).status()).toBe(200)
  await expectWithin(SOON_MS, () => expect.poll(shop, OFTEN).toContain(draft.title))

  await readKept(request, `${otherNode.url}/products/${slug}`)
  expect(await call(seller.api.products[':id'].archive.$post({ param: { id } }))).toMatchObject({ ok: true })
  await expectWithin(SOON_MS, () =>
    Promise.all([
      expect.poll(shop, OFTEN).not.toContain(draft.title),
      // Its address stays for those who have it, as before; search engines are told to forget it.
      expect.poll(async () => (await product()).text(), OFTEN).toContain('noindex'),
    ]),
  )
})

test('a kept page carries nothing of the member who asked for it first', async ({ newMember, request }) => {
  const member = await newMember(unique('Zuleika'))
  const { slug } = await listProduct(member, { quantity: 3 })
  const buyer = await newMember(unique('Balthasar'))
  const paths = [`/products/${slug}`, '/', '/categories/home']
  for (const path of paths) await buyer.context.request.get(path)
  for (const path of paths) {
    const answer = await readKept(request, path)
    expect(answer.headers()).not.toHaveProperty('set-cookie')
    const body = await answer.text()
    for (const own of [buyer.name, buyer.handle, buyer.email]) expect(body, path).not.toContain(own)
  }
})

test('a kept page allows its own inline scripts by hash, any other page by nonce, and each says so once', async ({
  request,
}) => {
  const [kept = '', ...others] = policiesOf(await readKept(request, '/'))
  expect(others).toEqual([])
  expect(kept).toMatch(/script-src 'self'( 'sha256-[\w+/]{43}=')+;/)
  expect(kept).not.toContain('nonce-')
  for (const path of ['/cart', '/search?q=lamp', '/categories/home?sort=price-asc']) {
    const [drawn = '', ...more] = policiesOf(await request.get(path))
    expect(more).toEqual([])
    expect(drawn).toMatch(/script-src 'nonce-[\w+/]{22}==' 'sha256-[\w+/]{43}=' 'strict-dynamic';/)
  }
})

test('who has a kept page already is told so, until it is edited', async ({ newMember, request }) => {
  const seller = await newMember()
  const { productId, slug } = await listProduct(seller, { quantity: 3 })
  const { etag = '' } = (await readKept(request, `/products/${slug}`)).headers()
  const again = () => request.get(`/products/${slug}`, { headers: { 'if-none-match': etag } })
  const same = await again()
  expect(same.status()).toBe(304)
  expect(await same.body()).toHaveLength(0)
  const edit = seller.api.products[':id'].$patch({ param: { id: productId }, json: { title: unique('Tin lamp') } })
  expect(await call(edit)).toMatchObject({ ok: true })
  expect((await again()).status()).toBe(200)
})

/** Holds the page's live connection and its reviews back until they are let go. */
async function holdAnswers(page: Page): Promise<() => void> {
  const held: WebSocketRoute[] = []
  let isHeld = true
  const { promise: isReleased, resolve } = Promise.withResolvers<void>()
  await page.route('**/api/v1/products/*/reviews?*', async (route) => {
    await isReleased
    await route.continue()
  })
  await page.routeWebSocket(/socket\.io/, (socket) => {
    if (isHeld) held.push(socket)
    else socket.connectToServer()
  })
  return () => {
    isHeld = false
    resolve()
    for (const socket of held) socket.connectToServer()
  }
}

test('price, number and reviews come into places that are there before, and nothing moves', async ({
  newMember,
  newVisitor,
}) => {
  const { slug } = await listProduct(await newMember(), { quantity: 4, priceCents: '2350' })
  const { page } = await newVisitor()
  const release = await holdAnswers(page)
  await page.goto(`/products/${slug}`)
  const button = page.getByRole('button', { name: 'Add to cart' })
  const reviews = page.getByRole('region', { name: 'What buyers say' })
  await expect(button).toBeDisabled()
  await expect(page.getByText('Only 4 left', { exact: true })).toBeHidden()
  await expect(reviews.getByText('No reviews yet', { exact: true })).toBeHidden()
  const places = () => Promise.all([button.boundingBox(), page.getByRole('main').boundingBox()])
  const before = await places()
  release()
  await expect(page.getByText('Only 4 left', { exact: true })).toBeVisible()
  await expect(page.getByText('€23.50', { exact: true })).toBeVisible()
  await expect(button).toBeEnabled()
  await expect(reviews.getByText('No reviews yet', { exact: true })).toBeVisible()
  expect(await places()).toEqual(before)
})

test('a link to one version shows that version, though the page is the same for all', async ({
  newMember,
  newVisitor,
}) => {
  const seller = await newMember()
  await openShop(seller)
  const versions = ['Small', 'Large'].map((size) => ({ optionValues: [size], priceCents: '900', quantity: 1 }))
  const draft = { title: unique('Wool rug'), categorySlug: 'home', optionNames: ['Size'], variants: versions }
  const created = await call(seller.api.products.$post({ json: draft }))
  if (!created.ok) throw new Error(created.message)
  const { id, slug, variants } = created.value
  const published = seller.api.products[':id'].publish.$post({ param: { id }, query: {} })
  expect(await call(published)).toMatchObject({ ok: true })
  const { page } = await newVisitor()
  await page.goto(`/products/${slug}?variant=${variants[1]?.id}`)
  await expect(page.getByRole('radio', { name: 'Large' })).toBeChecked()
  await page.goto(`/products/${slug}`)
  await expect(page.getByRole('radio', { name: 'Small' })).toBeChecked()
})

test('the chosen light is on a kept page before it is painted', async ({ newVisitor, baseURL }) => {
  const { page, context } = await newVisitor()
  await context.addCookies([{ name: 'souk.theme', value: 'dark', url: baseURL ?? '' }])
  // The first element of the body is there: the script in the head has run, nothing else has.
  await page.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (!document.body) return
      Object.assign(window, { themeAtFirst: document.documentElement.dataset.theme })
      observer.disconnect()
    }).observe(document, { childList: true, subtree: true })
  })
  await page.goto('/')
  expect(await page.evaluate(() => 'themeAtFirst' in window && window.themeAtFirst)).toBe('dark')
})

test.describe('on a network without WebSockets', () => {
  test.use({ expectedErrors: [/WebSocket connection to/] })

  test('a kept page still gets its number', async ({ newMember, newVisitor }) => {
    const { slug } = await listProduct(await newMember(), { quantity: 4 })
    const { page } = await newVisitor()
    await page.routeWebSocket(/socket\.io/, (socket) => void socket.close())
    await page.goto(`/products/${slug}`)
    await expect(page.getByText('Only 4 left', { exact: true })).toBeVisible()
    await expect(page.getByRole('button', { name: 'Add to cart' })).toBeEnabled()
  })
})
