import type { Page } from '@playwright/test'
import { expect, expectAccessible, openShop, test } from './fixtures.ts'
import { listProduct } from './market.ts'

// A page that is not there answers 404, which the browser notes in its console.
test.use({ expectedErrors: [/status of 404/] })

const LOOKS = [
  { name: 'phone, light', viewport: { width: 390, height: 844 }, theme: 'light' },
  { name: 'desktop, dark', viewport: { width: 1440, height: 900 }, theme: 'dark' },
] as const

/** axe finds nothing serious, the page has one h1, and nothing sticks out sideways. */
async function inspect(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1)
  await expectAccessible(page)
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect(overflow, `${path} is wider than the screen`).toBeLessThanOrEqual(0)
}

for (const { name, viewport, theme } of LOOKS) {
  test(`every page can be used by everyone (${name})`, async ({ newMember, newVisitor, baseURL }) => {
    const [seller, buyer, visitor] = [await newMember(), await newMember(), await newVisitor()]
    for (const { context, page } of [seller, buyer, visitor]) {
      await page.setViewportSize(viewport)
      await context.addCookies([{ name: 'souk.theme', value: theme, url: baseURL ?? '' }])
    }
    const handle = await openShop(seller)
    const product = await listProduct(seller, { quantity: 2 })
    const gone = await listProduct(seller, { quantity: 0 })

    for (const path of [
      '/',
      '/categories/home',
      '/categories/books?sort=price-asc',
      '/search?q=lamp',
      '/search?q=nothing-is-called-this',
      `/products/${product.slug}`,
      `/products/${gone.slug}`,
      `/shops/${handle}`,
      '/cart',
      '/sign-in',
      '/sign-up',
      '/docs/api',
      '/docs/api/cart',
      '/docs/errors',
      '/no-such-page',
    ]) {
      await inspect(visitor.page, path)
    }

    await buyer.page.goto(`/products/${product.slug}`)
    await buyer.page.getByRole('button', { name: 'Add to cart' }).click()
    await expect(buyer.page.getByText('1 in your cart')).toBeVisible()
    for (const path of ['/cart', '/checkout', '/orders', '/account', '/account/tokens', '/sell'])
      await inspect(buyer.page, path)

    for (const path of [
      '/sell',
      '/sell/products',
      '/sell/products/new',
      '/sell/orders',
      '/sell/import',
      '/sell/shop',
    ]) {
      await inspect(seller.page, path)
    }
    await inspect(seller.page, `/sell/products/${product.productId}`)
  })
}
