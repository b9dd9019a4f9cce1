import type { Route } from '@playwright/test'
import { expect, test, unique } from './fixtures.ts'
import { listProduct, stockOf } from './market.ts'

test("a visitor's cart comes along at sign-in, with its hold, to every device", async ({ newMember, newVisitor }) => {
  const [seller, buyer] = [await newMember(), await newMember()]
  const product = await listProduct(seller, { quantity: 1 })
  const { page } = await newVisitor()
  await page.goto(`/products/${product.slug}`)
  await page.getByRole('button', { name: 'Add to cart' }).click()
  await expect(page.getByText('1 in your cart')).toBeVisible()
  await expect(page.getByText(/Held for you for/)).toBeVisible()

  await page.goto('/cart')
  await page.getByRole('link', { name: 'Sign in to check out' }).click()
  await page.getByLabel('Handle or e-mail').fill(buyer.email)
  await page.getByLabel('Password').fill(buyer.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page).toHaveURL(/\/checkout/)
  await expect(page.getByRole('heading', { name: 'Your order' })).toBeVisible()

  // The buyer's other browser, signed in from the start.
  await buyer.page.goto('/cart')
  await expect(buyer.page.getByRole('link', { name: product.title })).toBeVisible()
  await expect(buyer.page.getByText(/Held for you for/)).toBeVisible()
  expect(await stockOf(seller, product.variantId)).toMatchObject({ onHand: 1, available: 0 })

  // Removing on one device gives the piece back and empties the other's page too.
  await buyer.page.getByRole('button', { name: `Remove ${product.title}` }).click()
  await expect(buyer.page.getByText('Your cart is empty')).toBeVisible()
  expect(await stockOf(seller, product.variantId)).toMatchObject({ onHand: 1, available: 1 })
})

test.describe('a market too busy to answer', () => {
  test.use({ expectedErrors: [/status of 503/] })

  test('is asked again for who is looking and for their cart', async ({ newMember }) => {
    const [seller, buyer] = [await newMember(), await newMember('Mira')]
    const product = await listProduct(seller, { quantity: 1 })
    const param = { variantId: product.variantId }
    await buyer.api.cart.lines[':variantId'].$put({ param, json: { quantity: 1 } })
    let refused = 0
    const refuse = async (route: Route) => {
      refused++
      await route.fulfill({ status: 503, json: { code: 'busy', title: 'The market is very busy.' } })
    }
    // As often as the client asks by itself.
    for (const path of ['cart', 'session']) await buyer.page.route(`**/api/v1/${path}`, refuse, { times: 3 })
    await buyer.page.goto('/search')
    await expect(buyer.page.getByRole('link', { name: 'Cart, 1 piece' })).toBeVisible()
    await expect(buyer.page.getByLabel('Account of Mira')).toBeVisible()
    expect(refused).toBe(6)
  })
})

test('the quantity is never more than what is there', async ({ newMember }) => {
  const [seller, buyer] = [await newMember(), await newMember()]
  const product = await listProduct(seller, { quantity: 3, title: unique('Brass bell') })
  await buyer.page.goto(`/products/${product.slug}`)
  await buyer.page.getByRole('button', { name: 'Add to cart' }).click()
  await expect(buyer.page.getByText('1 in your cart')).toBeVisible()
  await buyer.page.goto('/cart')
  const quantity = buyer.page.getByRole('combobox', { name: `Quantity of ${product.title}` })
  await expect(quantity.getByRole('option')).toHaveText(['1', '2', '3'])
  await quantity.selectOption('3')
  await expect.poll(async () => (await stockOf(seller, product.variantId)).available).toBe(0)
})
