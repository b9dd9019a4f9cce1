import type { Page } from '@playwright/test'
import sharp from 'sharp'
import { expect, openShop, test, unique } from './fixtures.ts'

// What is typed wrong on purpose is answered with 400.
test.use({ expectedErrors: [/status of 400/] })

async function photo(name: string, background: string) {
  const size = { width: 1800, height: 1200, channels: 3, background } as const
  return { name, mimeType: 'image/jpeg', buffer: await sharp({ create: size }).jpeg().toBuffer() }
}

async function addValues(page: Page, option: string, values: string): Promise<void> {
  await page.getByLabel(`Values of ${option}`).fill(`${values},`)
}

test('a product is written, shown with its pictures, changed before a buyer’s eyes, and taken off sale', async ({
  newMember,
  newVisitor,
}) => {
  const seller = await newMember()
  await openShop(seller)
  const title = unique('Linen apron')
  const { page } = seller
  await page.goto('/sell/products/new')

  await page.getByRole('button', { name: 'Publish', exact: true }).click()
  await expect(page.getByText('Some fields need another look.')).toBeVisible()
  await expect(page.getByLabel('Title')).toHaveAttribute('aria-invalid', 'true')

  await page.getByLabel('Title').fill(title)
  await page.getByLabel('Description').fill('Stone-washed linen.\n\n- Two pockets')
  await page.getByLabel('Category').selectOption({ label: 'Kitchen' })
  await page.getByLabel('Keywords').fill('linen, apron,')
  const files = [await photo('front.jpg', '#8a9a5b'), await photo('back.jpg', '#d8c3a5')]
  await page.getByLabel('Pictures of the product').setInputFiles(files)
  await expect(page.getByText('2 of 8')).toBeVisible()
  await page.getByRole('button', { name: 'It comes in several versions' }).click()
  await addValues(page, 'Size', 'S, M')
  await page.getByRole('button', { name: 'Add an option' }).click()
  await addValues(page, 'Colour', 'Olive, Sand')
  const versions = page.getByRole('group', { name: /^Size/ })
  await expect(versions).toHaveCount(4)
  for (const [index, price] of ['39', '39.00', '45', '45'].entries()) {
    await versions.nth(index).getByLabel('Price in €').fill(price)
    await versions.nth(index).getByLabel('Pieces').fill('3')
  }
  await page.getByRole('button', { name: 'Publish', exact: true }).click()
  await expect(page.getByRole('link', { name: 'See it as buyers do' })).toBeVisible()

  const { page: buyer } = await newVisitor()
  await buyer.goto((await page.getByRole('link', { name: 'See it as buyers do' }).getAttribute('href')) ?? '')
  await expect(buyer.getByRole('heading', { level: 1, name: title })).toBeVisible()
  await expect(buyer.getByText('€39.00').first()).toBeVisible()
  await expect(buyer.getByRole('listitem').filter({ hasText: 'Two pockets' })).toBeVisible()
  const widths = await buyer
    .getByRole('main')
    .locator('img')
    .first()
    .evaluate((picture: HTMLImageElement) => picture.decode().then(() => [picture.currentSrc, picture.naturalWidth]))
  expect(widths[0]).toMatch(/\.webp$/)
  expect(widths[1]).toBeGreaterThan(0)
  await buyer.evaluate(() => Object.assign(window, { stayed: true }))

  await versions.first().getByLabel('Price in €').fill('29')
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(buyer.getByText('€29.00').first()).toBeVisible()
  await page.getByRole('button', { name: 'Archive', exact: true }).click()
  await expect(buyer.getByRole('button', { name: 'Not on sale' })).toBeDisabled()
  expect(await buyer.evaluate(() => 'stayed' in window)).toBe(true)
})
