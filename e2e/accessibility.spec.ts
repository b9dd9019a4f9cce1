import type { Page } from '@playwright/test'
import { expect, expectAccessible, openShop, test as base, type Member, type Visitor } from './fixtures.ts'
import { listProduct } from './market.ts'

const LOOKS = [
  { name: 'phone, light', viewport: { width: 390, height: 844 }, theme: 'light' },
  { name: 'desktop, dark', viewport: { width: 1440, height: 900 }, theme: 'dark' },
] as const

const test = base.extend<{ look: (typeof LOOKS)[number]; dress: <V extends Visitor>(visitor: V) => Promise<V> }>({
  look: [LOOKS[0], { option: true }],

  /** Gives somebody's browser the size and the light. */
  dress: async ({ look: { viewport, theme }, baseURL }, use) => {
    await use(async (visitor) => {
      await visitor.page.setViewportSize(viewport)
      await visitor.context.addCookies([{ name: 'souk.theme', value: theme, url: baseURL ?? '' }])
      return visitor
    })
  },
})

// A page that is not there answers 404, which the browser notes in its console.
test.use({ expectedErrors: [/status of 404/] })

/** axe finds nothing serious, each page has one h1, and nothing sticks out sideways. */
async function inspect(page: Page, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1)
    await expectAccessible(page)
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(overflow, `${path} is wider than the screen`).toBeLessThanOrEqual(0)
  }
}

async function openWithProducts(seller: Member) {
  const handle = await openShop(seller)
  const product = await listProduct(seller, { quantity: 2 })
  const gone = await listProduct(seller, { quantity: 0 })
  return { handle, product, gone }
}

for (const look of LOOKS) {
  test.describe(`everyone can use (${look.name})`, () => {
    test.use({ look })

    test('what the market shows', async ({ newMember, newVisitor, dress }) => {
      const { handle, product, gone } = await openWithProducts(await newMember())
      const { page } = await dress(await newVisitor())
      await inspect(page, ['/', '/categories/home', '/categories/books?sort=price-asc', '/search?q=lamp'])
      await inspect(page, ['/search?q=nothing-is-called-this', `/products/${product.slug}`, `/products/${gone.slug}`])
      await inspect(page, [`/shops/${handle}`, '/cart', '/sign-in', '/sign-up', '/no-such-page'])
    })

    test('what programs are told', async ({ newVisitor, dress }) => {
      const { page } = await dress(await newVisitor())
      await inspect(page, ['/docs/api', '/docs/api/cart', '/docs/errors'])
    })

    test("a buyer's pages", async ({ newMember, dress }) => {
      const { product } = await openWithProducts(await newMember())
      const { page } = await dress(await newMember())
      await page.goto(`/products/${product.slug}`)
      await page.getByRole('button', { name: 'Add to cart' }).click()
      await expect(page.getByText('1 in your cart')).toBeVisible()
      await inspect(page, ['/cart', '/checkout', '/orders', '/account', '/account/tokens', '/sell'])
    })

    test("a seller's pages", async ({ newMember, dress }) => {
      const seller = await dress(await newMember())
      const { product } = await openWithProducts(seller)
      await inspect(seller.page, ['/sell', '/sell/products', '/sell/products/new', '/sell/orders', '/sell/import'])
      await inspect(seller.page, ['/sell/shop', `/sell/products/${product.productId}`])
    })
  })
}
