import { call } from '#lib/api/client'
import { expect, expectAccessible, openShop, test } from './fixtures.ts'
import { listProduct } from './market.ts'

test.use({ expectedErrors: [/status of 4(00|09)/] })

test('a shop says how it sends; the buyer chooses, sees each cent of it, and a shop that does not send there says so', async ({
  newMember,
}) => {
  const [seller, buyer] = [await newMember(), await newMember()]
  await openShop(seller, 'Lamp house')
  const { page } = seller
  await page.goto('/sell/shipping')
  await expect(page.getByText('Sending is free')).toBeVisible()
  await page.getByRole('button', { name: 'Add a way of sending' }).click()
  const first = page.getByRole('group', { name: /Way 1/ })
  await first.getByLabel('For the parcel').fill('4,9O')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(first.getByText('Write an amount such as 4.90.')).toBeVisible()
  await first.getByLabel('For the parcel').fill('4,90')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(first.getByText('Please give this way a name.')).toBeVisible()
  await first.getByLabel('Name').fill('Parcel')
  await page.getByRole('button', { name: 'Add a way of sending' }).click()
  const second = page.getByRole('group', { name: /Way 2/ })
  await second.getByLabel('Name').fill('Express')
  const express = page.getByRole('group', { name: 'Express' })
  await express.getByLabel('For the parcel').fill('9')
  await express.getByLabel('For each piece').fill('1')
  await express.getByLabel(/Goes/).selectOption('DE')
  await page
    .getByRole('group', { name: /Parcel/ })
    .getByLabel(/Goes/)
    .selectOption('DE')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Saved. New checkouts go by it.')).toBeVisible()
  await expectAccessible(page)
  await page.reload()
  await expect(page.getByRole('group', { name: /Parcel/ }).getByLabel('For the parcel')).toHaveValue('4.90')

  const product = await listProduct(seller, { quantity: 2, priceCents: '1000' })
  await call(
    buyer.api.cart.lines[':variantId'].$put({ param: { variantId: product.variantId }, json: { quantity: 2 } }),
  )
  await buyer.page.goto('/checkout')
  await expect(buyer.page.getByRole('radio', { name: /Parcel/ })).toBeChecked()
  await expect(buyer.page.getByRole('button', { name: 'Pay €24.90' })).toBeEnabled()
  await buyer.page.getByRole('radio', { name: /Express/ }).check()
  await expect(buyer.page.getByRole('button', { name: 'Pay €31.00' })).toBeEnabled()
  await expectAccessible(buyer.page)
  await buyer.page.getByLabel('Country').selectOption('FR')
  await expect(buyer.page.getByText('It is Lamp house.')).toBeVisible()
  await expect(buyer.page.getByRole('button', { name: /^Pay/ })).toBeDisabled()
  await buyer.page.getByLabel('Country').selectOption('DE')
  await expect(buyer.page.getByRole('button', { name: 'Pay €31.00' })).toBeEnabled()

  // Dearer meanwhile: nothing is charged, and the new total is there without a reload.
  await page.getByRole('group', { name: 'Express' }).getByLabel('For the parcel').fill('10')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Saved. New checkouts go by it.')).toBeVisible()
  await buyer.page.getByLabel('Street and number').fill('Saffron Lane 7')
  await buyer.page.getByLabel('Postal code').fill('10115')
  await buyer.page.getByLabel('Town').fill('Berlin')
  await buyer.page.getByRole('button', { name: 'pays', exact: true }).click()
  await buyer.page.getByRole('button', { name: /^Pay/ }).click()
  await expect(buyer.page.getByText('The total changed meanwhile')).toBeVisible()
  await buyer.page.getByRole('button', { name: 'Pay €32.00' }).click()
  await expect(buyer.page.getByRole('heading', { level: 1, name: /Order S-/ })).toBeVisible()
  await expect(buyer.page.getByText('Shipping: Express')).toBeVisible()
  await expect(buyer.page.getByText('€12.00')).toBeVisible()

  // The next checkout knows the address.
  const orders = await call(buyer.api.orders.$get({ query: {} }))
  expect(orders).toMatchObject({
    value: { items: [{ totalCents: '3200', sellerOrders: [{ shipping: { method: 'Express' } }] }] },
  })
})
