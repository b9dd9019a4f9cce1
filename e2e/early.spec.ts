import type { Page } from '@playwright/test'
import { call } from '#lib/api/client'
import { expect, openShop, test, unique } from './fixtures.ts'
import { listProduct, stockOf } from './market.ts'

/** Opens a page whose code stays away until it is asked for. */
async function openWithoutCode(page: Page, path: string): Promise<() => void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  await page.route(/\/_next\/static\/.*\.js/, async (route) => {
    await promise
    await route.continue()
  })
  await page.goto(path, { waitUntil: 'commit' })
  return resolve
}

test('who signs in before the code is there is signed in when it is, and no password is in an address', async ({
  newMember,
  newVisitor,
}) => {
  const member = await newMember()
  const { page } = await newVisitor()
  const addresses: string[] = []
  page.on('request', (request) => addresses.push(request.url()))
  const bringCode = await openWithoutCode(page, '/sign-in?next=/cart')
  await page.getByLabel('Handle or e-mail').fill(member.handle)
  await page.getByLabel('Password').fill(member.password)
  await page.getByLabel('Password').press('Enter')
  await expect(page).toHaveURL(/\/sign-in\?next=/)
  bringCode()
  await expect(page).toHaveURL('/cart')
  expect(addresses.filter((address) => address.includes(member.password))).toEqual([])
})

test('a quantity that is chosen before the code is there is held when it is', async ({ newMember }) => {
  const [seller, buyer] = [await newMember(), await newMember()]
  const product = await listProduct(seller, { quantity: 3 })
  const param = { variantId: product.variantId }
  expect(await call(buyer.api.cart.lines[':variantId'].$put({ param, json: { quantity: 1 } }))).toMatchObject({
    ok: true,
  })
  const bringCode = await openWithoutCode(buyer.page, '/cart')
  await buyer.page.getByRole('combobox', { name: `Quantity of ${product.title}` }).selectOption('3')
  bringCode()
  await expect.poll(async () => (await stockOf(seller, product.variantId)).available).toBe(0)
})

test('clicks, text, ticks and choices that came before the code are there when it is, each once', async ({
  newMember,
}) => {
  const { page, ...member } = await newMember()
  await openShop({ page, ...member })
  let bringCode = await openWithoutCode(page, '/sell/shipping')
  const add = page.getByRole('button', { name: 'Add a way of sending' })
  await add.click()
  await add.click()
  bringCode()
  await expect(page.getByRole('group', { name: /Way 2/ })).toBeVisible()
  await expect(page.getByRole('group', { name: /Way 3/ })).toHaveCount(0)

  const name = unique('Till')
  bringCode = await openWithoutCode(page, '/account/tokens')
  await page.getByLabel('Name').fill(name)
  await page.getByLabel('Works for').selectOption({ label: '30 days' })
  for (const scope of ['buy', 'sell']) await page.getByRole('checkbox', { name: new RegExp(`^${scope}`) }).uncheck()
  await page.getByLabel('Your password').fill(member.password)
  await page.getByRole('button', { name: 'Make the token' }).click()
  bringCode()
  await page.getByRole('status').getByRole('button', { name: 'I have it' }).click()
  const tokens = await call(member.api.tokens.$get())
  const made = tokens.ok ? tokens.value.tokens.find((token) => token.name === name) : undefined
  expect(made).toMatchObject({ scopes: ['read'] })
  const days = (Date.parse(made?.expiresAt ?? '') - Date.now()) / 86_400_000
  expect(Math.round(days)).toBe(30)
})
