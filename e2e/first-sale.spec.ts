import { join } from 'node:path'
import type { Page } from '@playwright/test'
import sharp from 'sharp'
import { sql } from '#lib/db'
import { listImbalances } from '../scripts/test-market.ts'
import { expect, test, unique, type Visitor } from './fixtures.ts'

const FILE = join(import.meta.dirname, 'fixtures', 'shopify', 'home-and-garden.csv')
const PRODUCT = 'White Ceramic Pot'

test("from a seller's file to a buyer's order, live", async ({ newVisitor, newMember, database }) => {
  const seller = await newVisitor()
  const shop = unique('Pots and Beds')
  await openShop(seller, shop)
  await importFile(seller.page)
  await seller.page.goto('/sell')

  const [a, b] = [await newVisitor(), await newMember()]
  for (const { page } of [a, b]) await lookAtProduct(page, shop)
  const variantId = await variantOf(b.page)
  const stock = async () => {
    const rows = await database.run(sql<{ onHand: number; available: number }>`
      select on_hand as "onHand", available from stock where variant_id = ${variantId}`)
    return rows[0]
  }
  expect(await stock()).toEqual({ onHand: 1, available: 1 })

  // From here on nobody reloads: a page that did would have lost this mark.
  await b.page.evaluate(() => Object.assign(window, { stayed: true }))
  await seller.page.evaluate(() => Object.assign(window, { stayed: true }))

  await a.page.getByRole('button', { name: 'Add to cart' }).click()
  await expect(a.page.getByText('1 in your cart')).toBeVisible()
  await expectStock(b.page, 'Sold out · 1 in carts, may come back')
  await expect(b.page.getByRole('button', { name: 'Sold out' })).toBeDisabled()
  expect(await stock()).toEqual({ onHand: 1, available: 0 })

  await a.page.getByRole('button', { name: 'Remove', exact: true }).click()
  await expectStock(b.page, 'Only 1 left')
  expect(await stock()).toEqual({ onHand: 1, available: 1 })

  await b.page.getByRole('button', { name: 'Add to cart' }).click()
  await expect(b.page.getByText('1 in your cart')).toBeVisible()
  await expectStock(a.page, 'Sold out · 1 in carts, may come back')
  expect(await b.page.evaluate(() => 'stayed' in window)).toBe(true)
  const number = await pay(b.page)
  await expectStock(a.page, 'Sold out')

  await expect(seller.page.getByText(`Sold: ${PRODUCT}`)).toBeVisible()
  await expect(seller.page.getByRole('listitem').filter({ hasText: PRODUCT }).first()).toContainText('€15.99')
  expect(await seller.page.evaluate(() => 'stayed' in window)).toBe(true)
  await seller.page.getByRole('link', { name: 'All orders' }).click()
  await expect(seller.page.getByRole('heading', { name: number })).toBeVisible()

  expect(await stock()).toEqual({ onHand: 0, available: 0 })
  const movements = await database.run(sql<{ reason: string; delta: number }>`
    select reason::text, delta from stock_movement where variant_id = ${variantId} order by id`)
  expect(movements).toEqual([
    { reason: 'deposit', delta: 1 },
    { reason: 'sale', delta: -1 },
  ])
  expect(await listImbalances()).toEqual([])
})

async function openShop({ page }: Visitor, shop: string): Promise<void> {
  const handle = unique('potter')
  await page.goto('/sign-up?next=/sell')
  await page.getByLabel('Your name').fill('Petra Potter')
  await page.getByLabel('Handle').fill(handle)
  await page.getByLabel('E-mail').fill(`${handle}@example.org`)
  await page.getByLabel('Password').fill('a kiln is never cold')
  await page.getByRole('button', { name: 'Create account' }).click()
  await expect(page.getByRole('heading', { name: 'Open your shop' })).toBeVisible()
  await page.getByLabel('Shop name').fill(shop)
  await page
    .getByRole('group', { name: 'Shop picture' })
    .locator('input[type=file]')
    .setInputFiles(await shopPicture())
  await expect(page.getByAltText('The chosen picture')).toBeVisible()
  await page.getByRole('button', { name: 'Open the shop' }).click()
  await expect(page.getByRole('heading', { level: 1, name: shop })).toBeVisible()
}

async function shopPicture() {
  const size = { width: 600, height: 600, channels: 3, background: '#b4532a' } as const
  return { name: 'kiln.png', mimeType: 'image/png', buffer: await sharp({ create: size }).png().toBuffer() }
}

async function importFile(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Import', exact: true }).click()
  await page.getByLabel('CSV file').setInputFiles(FILE)
  await expect(page.getByRole('heading', { name: 'What would be imported' })).toBeVisible()
  await page.getByRole('button', { name: 'Import 20 products' }).click()
  await expect(page.getByText('20 new products')).toBeVisible()
  // Whether its pictures can be had depends on the network; that the import ends does not.
  await expect(page.getByText('The import is done.')).toBeVisible({ timeout: 60_000 })
  await page.getByRole('button', { name: 'Publish all 20' }).click()
  await expect(page.getByRole('button', { name: 'Publish all 20' })).toBeHidden({ timeout: 30_000 })
}

/** As a buyer finds it: by searching. */
async function lookAtProduct(page: Page, shop: string): Promise<void> {
  await page.goto('/')
  await page.getByRole('combobox', { name: 'Search the market', exact: true }).fill(PRODUCT)
  await page.keyboard.press('Enter')
  await page.getByRole('article').filter({ hasText: shop }).getByRole('link', { name: PRODUCT }).click()
  await expect(page.getByRole('heading', { level: 1, name: PRODUCT })).toBeVisible()
  await expectStock(page, 'Only 1 left')
}

async function expectStock(page: Page, text: string): Promise<void> {
  await expect(page.getByRole('status').getByText(text, { exact: true })).toBeVisible()
}

/** The version on show; the API tells its id. */
async function variantOf(page: Page): Promise<string> {
  const slug = new URL(page.url()).pathname.split('/').at(-1) ?? ''
  const answer = await page.request.get(`/api/v1/products/${slug}`)
  const product = (await answer.json()) as { variants: { id: string }[] }
  return product.variants[0]?.id ?? ''
}

/** Returns the order's number. */
async function pay(page: Page): Promise<string> {
  await page.getByRole('link', { name: 'Go to cart' }).click()
  await page.getByRole('link', { name: 'Check out' }).click()
  await page.getByLabel('Street and number').fill('Saffron Lane 7')
  await page.getByLabel('Postal code').fill('10115')
  await page.getByLabel('Town').fill('Berlin')
  await page.getByRole('button', { name: 'pays', exact: true }).click()
  await page.getByRole('button', { name: /^Pay/ }).click()
  const heading = page.getByRole('heading', { level: 1, name: /Order S-/ })
  await expect(heading).toBeVisible()
  await expect(page.getByText(PRODUCT)).toBeVisible()
  return (await heading.innerText()).replace('Order ', '')
}
