import { call } from '#lib/api/client'
import { sql } from '#lib/db'
import { expect, expectAccessible, openShop, test, unique } from './fixtures.ts'

test('what is over the capacity of a shop is said to wait, and is shown until it goes on sale', async ({
  database,
  newMember,
}) => {
  const seller = await newMember()
  const handle = await openShop(seller)
  await database.run(sql`update seller set capacity = 12 where handle = ${handle}`)
  const title = unique('Tin soldier')
  const variants = [{ priceCents: '300', quantity: 20 }]
  const created = await call(seller.api.products.$post({ json: { title, categorySlug: 'home', variants } }))
  if (!created.ok) throw new Error(created.message)
  const { page } = seller
  await page.goto('/sell/products')
  await page.getByRole('button', { name: `Publish ${title}` }).click()
  await expect(
    page.getByText('12 are on sale now, 8 wait in your publishing queue and go on sale by themselves'),
  ).toBeVisible()

  await page.goto('/sell')
  await expect(page.getByText('12 of 12 pieces on sale now')).toBeVisible()
  await expect(page.getByText('8 wait for room')).toBeVisible()
  await expect(page.getByRole('progressbar', { name: /Pieces on sale/ })).toHaveAttribute('aria-valuenow', '12')
  await expectAccessible(page)

  // Pieces in the house of a product that is for sale already go behind those that wait.
  await page.goto(`/sell/products/${created.value.id}`)
  const form = page.getByRole('form', { name: `Stock of ${title}` })
  await form.getByLabel('Pieces').fill('2')
  await form.getByRole('button', { name: 'Apply' }).click()
  await expect(page.getByText('None is on sale yet, 2 wait in your publishing queue')).toBeVisible()

  await database.run(sql`update seller set capacity = 100 where handle = ${handle}`)
  // On hand and available. Exact, because the title's own number may hold a 22.
  await expect(form.locator('..').getByText('22', { exact: true })).toHaveCount(2)
  await page.goto('/sell')
  await expect(page.getByRole('heading', { name: 'Stock, live' })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Your capacity' })).toBeHidden()
})
