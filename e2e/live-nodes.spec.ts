import type { Page } from '@playwright/test'
import { call } from '#lib/api/client'
import { startTestNode, type TestNode } from '../scripts/test-node.ts'
import { openBareTab } from './bare-tab.ts'
import { expect, expectWithin, test as base, type Member } from './fixtures.ts'
import { buy, listProduct, type Listed } from './market.ts'
import { layWire, type Wire } from './wire.ts'

/** A second node on the database of the first, and a wire to it that a test can cut. */
const test = base.extend<{ wire: Wire }, { second: TestNode }>({
  second: [
    async ({}, use) => {
      const settings = { DATA_DIR: process.env.DATA_DIR ?? '', DATABASE_URL: '', HOST: '127.0.0.1' }
      const node = await startTestNode({ ...settings, LOG_LEVEL: 'warn', RATE_LIMIT_FACTOR: '1000' })
      await use(node)
      await node.interrupt()
    },
    { scope: 'worker', timeout: 120_000 },
  ],

  wire: async ({ second }, use) => {
    const wire = await layWire(second.url)
    await use(wire)
    await wire.close()
  },
})

// In one worker, so that there is one second node. A page that is cut off says so in its console.
test.describe.configure({ mode: 'default' })
// One that was just connecting again has a word of its own for it, and one that had half of an answer. (A list of two would be taken for a value and its options.)
test.use({
  expectedErrors: [
    /ERR_(CONNECTION_RESET|CONNECTION_CLOSED|SOCKET_NOT_CONNECTED|EMPTY_RESPONSE|INCOMPLETE_CHUNKED_ENCODING)|closed before receiving a handshake/,
  ],
})

/** What the product's page says of the stock, in a tab that is looked into by expressions. */
const SHOWN = `document.querySelector('main [role=status]')?.textContent`

async function hold(buyer: Member, { variantId }: Listed, quantity: number): Promise<void> {
  const answer = await call(buyer.api.cart.lines[':variantId'].$put({ param: { variantId }, json: { quantity } }))
  expect(answer, 'a hold').toMatchObject({ ok: true })
}

/** The number on the product's page. */
function stockOn(page: Page, words: string) {
  return page.getByRole('status').getByText(words, { exact: true })
}

async function open(page: Page, market: string, product: Listed): Promise<void> {
  await page.goto(`${market}/products/${product.slug}`)
  await expect(page.getByRole('button', { name: 'Add to cart' })).toBeEnabled()
}

test('a purchase on one node moves the number in every browser on the other', async ({
  baseURL,
  second,
  newMember,
  newVisitor,
}) => {
  const [seller, buyer] = [await newMember(), await newMember()]
  const product = await listProduct(seller, { quantity: 3 })
  const pages = [(await newVisitor()).page, (await newVisitor()).page, (await newVisitor()).page]
  for (const [index, page] of pages.entries()) await open(page, index === 0 ? (baseURL ?? '') : second.url, product)
  for (const page of pages) await expect(stockOn(page, 'Only 3 left')).toBeVisible()

  const [onFirst, ...onSecond] = pages
  await onFirst?.getByRole('button', { name: 'Add to cart' }).click()
  const expectOnSecond = (words: string) =>
    expectWithin(2_000, () => Promise.all(onSecond.map((page) => expect(stockOn(page, words)).toBeVisible())))
  await expectOnSecond('Only 2 left')
  await buy(buyer, product, 2)
  await expectOnSecond('Sold out · 1 in carts, may come back')
})

test('a page whose network was cut shows the right number within two seconds of its return', async ({
  wire,
  newMember,
  newVisitor,
}) => {
  const [seller, buyer, { page }] = [await newMember(), await newMember(), await newVisitor()]
  const product = await listProduct(seller, { quantity: 4 })
  await open(page, wire.url, product)
  await hold(buyer, product, 1)
  // The connection is there: what follows is not the page's first snapshot.
  await expect(stockOn(page, 'Only 3 left')).toBeVisible()

  wire.cut()
  await expect(page.getByText('Live updates are off')).toBeVisible()
  await buy(buyer, product, 3)
  await expect(stockOn(page, 'Only 3 left')).toBeVisible()
  wire.mend()
  await page.evaluate(() => window.dispatchEvent(new Event('online')))
  await expectWithin(2_000, () => expect(stockOn(page, 'Only 1 left')).toBeVisible())
  await expect(page.getByText('Live updates are off')).toBeHidden()
})

for (const { name, lose } of [
  { name: 'was ended', lose: (wire: Wire) => wire.cut() },
  { name: 'died in silence', lose: (wire: Wire) => wire.hush() },
]) {
  test(`a laptop that slept while its connection ${name} shows the right number within two seconds`, async ({
    wire,
    newMember,
  }) => {
    const [seller, buyer] = [await newMember(), await newMember()]
    const product = await listProduct(seller, { quantity: 4 })
    const tab = await openBareTab(`${wire.url}/products/${product.slug}`)
    try {
      await expect.poll(() => tab.evaluate(SHOWN)).toBe('Only 4 left')
      await hold(buyer, product, 1)
      // The connection is there: what follows is not the page's first snapshot.
      await expect.poll(() => tab.evaluate(SHOWN)).toBe('Only 3 left')
      await tab.evaluate(`document.addEventListener('freeze', () => { window.slept = true })`)

      await tab.freeze()
      lose(wire)
      await hold(buyer, product, 3)
      wire.mend()
      await tab.thaw()
      await expectWithin(2_000, () => expect.poll(() => tab.evaluate(SHOWN), { intervals: [50] }).toBe('Only 1 left'))
      expect(await tab.evaluate('window.slept')).toBe(true)
    } finally {
      await tab.close()
    }
  })
}
