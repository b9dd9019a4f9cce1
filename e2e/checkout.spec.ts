import { type Page } from '@playwright/test'
import { expect, expectAccessible, test, type Member } from './fixtures.ts'
import { listProduct, stockOf, type Listed } from './market.ts'

test.use({ expectedErrors: [/status of 4(00|04|09|22)/] })

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
  await expect(buyer.page.getByText('Paid', { exact: true })).toBeVisible()
  expect(await stockOf(seller, product.variantId)).toMatchObject({ onHand: 2, available: 2 })
})

/** A buyer at the bank's page, with one piece of one. */
async function atTheBank(seller: Member, buyer: Member): Promise<Listed> {
  const product = await listProduct(seller, { quantity: 1 })
  await addToCart(buyer, product)
  await fillCheckout(buyer.page, 'asks you first')
  await buyer.page.getByRole('button', { name: /^Pay/ }).click()
  await expect(buyer.page.getByRole('heading', { level: 1, name: 'Is this payment yours?' })).toBeVisible()
  return product
}

test('a bank that asks, approved by keyboard: the buyer is brought to the order without another press', async ({
  newMember,
}) => {
  const [seller, buyer] = [await newMember(), await newMember()]
  const product = await atTheBank(seller, buyer)
  expect(await stockOf(seller, product.variantId)).toMatchObject({ onHand: 1, available: 0 })
  await buyer.page.getByRole('button', { name: 'Approve', exact: true }).focus()
  await buyer.page.keyboard.press('Enter')
  await expect(buyer.page.getByRole('heading', { level: 1, name: /Order S-/ })).toBeVisible()
  await expect(buyer.page.getByText('Thank you. It is yours.')).toBeVisible()
  expect(await stockOf(seller, product.variantId)).toMatchObject({ onHand: 0, available: 0 })
})

test('a bank that asks, not approved: the reason is said, and another card buys the same piece', async ({
  newMember,
}) => {
  const [seller, buyer] = [await newMember(), await newMember()]
  const product = await atTheBank(seller, buyer)
  await buyer.page.getByRole('button', { name: 'Do not approve' }).click()
  await expect(buyer.page.getByRole('alert').filter({ hasText: 'was not confirmed' })).toBeVisible()
  await buyer.page.getByRole('link', { name: 'Pay another way' }).click()
  await expect(buyer.page.getByRole('heading', { level: 1, name: 'Checkout' })).toBeVisible()
  await fillCheckout(buyer.page, 'pays slowly')
  await buyer.page.getByRole('button', { name: 'pays', exact: true }).click()
  await buyer.page.getByRole('button', { name: /^Pay/ }).click()
  await expect(buyer.page.getByRole('heading', { level: 1, name: /Order S-/ })).toBeVisible()
  expect(await stockOf(seller, product.variantId)).toMatchObject({ onHand: 0, available: 0 })
})

test('a bank left unanswered: the checkout leads back there, nobody else can answer, and giving up frees the cart', async ({
  newMember,
}) => {
  const [seller, buyer, stranger] = [await newMember(), await newMember(), await newMember()]
  await atTheBank(seller, buyer)
  const bank = buyer.page.url()
  await stranger.page.goto(bank)
  await expect(stranger.page.getByRole('button', { name: 'Approve' })).toHaveCount(0)
  const token = bank.split('/').at(-1) ?? ''
  const forged = await stranger.api.payments.challenges[':token'].$post({
    param: { token },
    json: { decision: 'approve' },
  })
  expect(forged.status).toBe(404)

  await buyer.page.goto('/checkout')
  await buyer.page.getByRole('button', { name: 'Continue there' }).click()
  await expect(buyer.page).toHaveURL(bank)
  await buyer.page.goto('/checkout')
  await buyer.page.getByRole('button', { name: 'Give this payment up' }).click()
  await expect(buyer.page.getByRole('button', { name: /^Pay/ })).toBeVisible()
  await buyer.page.goto(bank)
  await expect(buyer.page.getByRole('alert').filter({ hasText: 'interrupted before it was made' })).toBeVisible()
})

for (const [card, within] of [
  ['loses the answer', 30_000],
  ['is confirmed later', 20_000],
] as const) {
  test(`a bank that ${card}: the buyer ends at the one order without another press`, async ({ newMember }) => {
    const [seller, buyer] = [await newMember(), await newMember()]
    const product = await listProduct(seller, { quantity: 2 })
    await addToCart(buyer, product)
    await fillCheckout(buyer.page, card)
    await buyer.page.getByRole('button', { name: /^Pay/ }).click()
    await expect(buyer.page.getByText('Waiting for the bank')).toBeVisible()
    await expect(buyer.page.getByRole('heading', { level: 1, name: /Order S-/ })).toBeVisible({ timeout: within })
    expect(await stockOf(seller, product.variantId)).toMatchObject({ onHand: 1, available: 1 })
  })
}

test('a page that reads itself again while it pays keeps the form, and what was typed', async ({ newMember }) => {
  const [seller, buyer] = [await newMember(), await newMember()]
  const product = await listProduct(seller, { quantity: 2 })
  await addToCart(buyer, product)
  const { page } = buyer
  const connection = Promise.withResolvers<void>()
  await page.routeWebSocket(/socket\.io/, async (socket) => {
    await connection.promise
    socket.connectToServer()
  })
  const answer = Promise.withResolvers<void>()
  await page.route('**/api/v1/orders', async (route) => {
    const response = await route.fetch()
    await answer.promise
    await route.fulfill({ response })
  })
  await fillCheckout(page, 'pays slowly')
  const field = await page.getByLabel('Street and number').elementHandle()
  await page.getByRole('button', { name: /^Pay/ }).click()
  await expect(page.getByText('Waiting for the bank')).toBeVisible()

  // The page is read again as soon as it is connected: its cart is being paid for by then, or has been.
  const left = page.evaluate((field) => {
    return new Promise<string>((resolve) => {
      const look = () => field?.isConnected || resolve(location.pathname)
      new MutationObserver(look).observe(document, { childList: true, subtree: true })
    })
  }, field)
  const read = page.waitForResponse(/\/checkout\?_rsc/)
  connection.resolve()
  await read
  await page.evaluate(() => new Promise((drawn) => requestIdleCallback(drawn)))
  answer.resolve()
  expect(await left).toContain('/orders/S-')
  await expect(page.getByRole('heading', { level: 1, name: /Order S-/ })).toBeVisible()
})

test('the bank’s page and the way back fit a phone in the dark, and can be used by everyone', async ({
  newMember,
  baseURL,
}) => {
  const [seller, buyer] = [await newMember(), await newMember()]
  await buyer.page.setViewportSize({ width: 360, height: 740 })
  await buyer.context.addCookies([{ name: 'souk.theme', value: 'dark', url: baseURL ?? '' }])
  const fits = async () => {
    await expectAccessible(buyer.page)
    const over = await buyer.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(over, `${buyer.page.url()} is wider than the screen`).toBeLessThanOrEqual(0)
  }
  const product = await listProduct(seller, { quantity: 1 })
  await addToCart(buyer, product)
  await fillCheckout(buyer.page, 'asks you first')
  await fits()
  await buyer.page.getByRole('button', { name: /^Pay/ }).click()
  await expect(buyer.page.getByRole('button', { name: 'Approve', exact: true })).toBeVisible()
  await fits()
  await buyer.page.goto('/checkout')
  await expect(buyer.page.getByText('Your payment waits for you')).toBeVisible()
  await fits()
  await buyer.page.goBack()
  await buyer.page.getByRole('button', { name: 'Do not approve' }).click()
  await expect(buyer.page.getByText('The payment did not go through')).toBeVisible()
  await fits()
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
