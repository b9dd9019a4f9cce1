import { type Page } from '@playwright/test'
import { expect, test, type Member } from './fixtures.ts'
import { listProduct, stockOf, type Listed } from './market.ts'

test.use({ expectedErrors: [/status of 4(00|09|22)/] })

async function addToCart(buyer: Member, product: Listed): Promise<void> {
  await buyer.page.goto(`/products/${product.slug}`)
  await buyer.page.getByRole('button', { name: 'Add to cart' }).click()
  await expect(buyer.page.getByText('1 in your cart')).toBeVisible()
}

async function fillCheckout(page: Page, card: string): Promise<void> {
  await page.goto('/checkout')
  await page.getByLabel('Street and number').fill('Saffron Lane 7')
  await page.getByLabel('Postal code').fill('10115')
  await page.getByLabel('Town').fill('Berlin')
  await page.getByRole('button', { name: card }).click()
}

test('a declined card charges nothing, says why, and the next card buys the same piece', async ({ newMember }) => {
  const [seller, buyer] = [await newMember(), await newMember()]
  const product = await listProduct(seller, { quantity: 1 })
  await addToCart(buyer, product)

  await fillCheckout(buyer.page, 'is declined')
  await buyer.page.getByRole('button', { name: /^Pay/ }).click()
  await expect(buyer.page.getByRole('alert').filter({ hasText: 'declined this card' })).toBeVisible()
  expect(await stockOf(seller, product.variantId)).toMatchObject({ onHand: 1, available: 0 })

  await buyer.page.getByRole('button', { name: 'pays', exact: true }).click()
  await buyer.page.getByRole('button', { name: /^Pay/ }).click()
  await expect(buyer.page.getByRole('heading', { level: 1, name: /Order S-/ })).toBeVisible()
  expect(await stockOf(seller, product.variantId)).toMatchObject({ onHand: 0, available: 0 })
})

test('a slow bank, and the page reloaded meanwhile: one order, found by itself', async ({ newMember }) => {
  const [seller, buyer] = [await newMember(), await newMember()]
  const product = await listProduct(seller, { quantity: 3 })
  await addToCart(buyer, product)
  await fillCheckout(buyer.page, 'pays slowly')
  await buyer.page.getByRole('button', { name: /^Pay/ }).click()
  await expect(buyer.page.getByText('Waiting for the bank')).toBeVisible()

  await buyer.page.reload()
  await expect(buyer.page.getByText('A payment is on its way')).toBeVisible()
  await buyer.page.goto('/orders')
  await expect(buyer.page.getByText('Being paid')).toBeVisible()
  // No reload: the answer of the bank reaches the page through the live channel.
  await expect(buyer.page.getByText('Paid', { exact: true })).toBeVisible({ timeout: 20_000 })
  expect(await stockOf(seller, product.variantId)).toMatchObject({ onHand: 2, available: 2 })
})

test('what was typed wrong is said beside its field, and nothing typed is lost', async ({ newMember }) => {
  const [seller, buyer] = [await newMember(), await newMember()]
  const product = await listProduct(seller, { quantity: 1 })
  await addToCart(buyer, product)
  const { page } = buyer
  await page.goto('/checkout')
  await page.getByLabel('Town').fill('Berlin')
  await page.getByLabel('Card number').fill('4242 4242 4242 4241')
  await page.getByRole('button', { name: /^Pay/ }).click()
  await expect(page.getByLabel('Street and number')).toHaveAccessibleDescription(/Street and number, please/)
  await expect(page.getByLabel('Card number')).toHaveAccessibleDescription(/not a card number/)
  await expect(page.getByLabel('Town')).toHaveValue('Berlin')
})
