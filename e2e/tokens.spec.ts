import { call, createClient } from '#lib/api/client'
import { expect, expectAccessible, openShop, test, unique } from './fixtures.ts'

// A wrong password, and what a token was not made for.
test.use({ expectedErrors: [/status of 4(?:00|01|12)/] })

test('a token is made, shown once, does what it was made for, and ends when it is revoked', async ({
  newMember,
  baseURL,
}) => {
  const { page, handle, password } = await newMember()
  const name = unique('Till')
  await page.goto('/account')
  await page.getByRole('link', { name: 'Tokens for programs' }).click()
  // The test's own program has one.
  await expect(page.getByText('browser test', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Make the token' }).click()
  await expect(page.getByText('Please give the token a name.')).toBeVisible()

  await page.getByLabel('Name').fill(name)
  await page.getByLabel('Works for').selectOption({ label: '30 days' })
  await page.getByRole('checkbox', { name: /^buy/ }).uncheck()
  await page.getByLabel('Your password').fill('not-my-password')
  await page.getByRole('button', { name: 'Make the token' }).click()
  await expect(page.getByText('This is not your password.')).toBeVisible()
  await page.getByLabel('Your password').fill(password)
  await page.getByRole('button', { name: 'Make the token' }).click()
  const shown = page.getByRole('status').filter({ hasText: 'Copy it now' })
  const token = (await shown.getByText(/^souk_\w{32}$/).textContent()) ?? ''
  await expectAccessible(page)

  const api = createClient(baseURL, { authorization: `Bearer ${token}` })
  expect(await call(api.session.$get())).toMatchObject({ ok: true, value: { user: { handle } } })
  expect(await call(api.cart.$delete())).toMatchObject({ ok: false, code: 'scope-missing', detail: { scope: 'buy' } })
  await shown.getByRole('button', { name: 'I have it' }).click()
  await expect(shown).toBeHidden()

  await page.reload()
  const row = page.getByRole('main').getByRole('listitem').filter({ hasText: name })
  await expect(row.getByText('Last used')).toBeVisible()
  await expect(row.getByText('sell', { exact: true })).toBeVisible()
  await expect(row.getByText('buy', { exact: true })).toBeHidden()
  await expect(page.getByText(token)).toBeHidden()
  await row.getByRole('button', { name: `Revoke ${name}` }).click()
  await expect(row).toBeHidden()
  // Its program is told, instead of being taken for a visitor with a cart of its own.
  const ended = { ok: false, status: 401, code: 'unknown-token' }
  expect(await call(api.cart.$delete())).toMatchObject(ended)
  expect(await call(api.orders.$get({ query: {} }))).toMatchObject(ended)
})

test('a form whose shop was changed meanwhile keeps what is typed, and saves it over the other when told to', async ({
  newMember,
}) => {
  const seller = await newMember()
  await openShop(seller)
  const { page, api } = seller
  await page.goto('/sell/shop')
  await expect(page.getByLabel('About')).toBeVisible()
  const [mine, theirs] = [unique('Lamps'), unique('Chairs')]
  expect(await call(api.seller.$patch({ json: { about: theirs } }))).toMatchObject({ ok: true })
  await page.getByLabel('About').fill(mine)
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  const clash = page.getByRole('alert').filter({ hasText: 'Somebody changed this shop meanwhile.' })
  await expect(clash).toBeVisible()
  await expectAccessible(page)
  await expect(page.getByLabel('About')).toHaveValue(mine)
  expect(await call(api.seller.$get())).toMatchObject({ ok: true, value: { about: theirs } })
  await clash.getByRole('button', { name: 'Save mine over it' }).click()
  await expect(clash).toBeHidden()
  expect(await call(api.seller.$get())).toMatchObject({ ok: true, value: { about: mine } })
})

test('an editor whose product was changed meanwhile says so before it writes anything, and goes on when told to', async ({
  newMember,
}) => {
  const seller = await newMember()
  await openShop(seller)
  const { page, api } = seller
  const [title, mine, theirs] = [unique('Lamp'), unique('Mine'), unique('Theirs')]
  const made = await call(
    api.products.$post({ json: { title, categorySlug: 'home', variants: [{ priceCents: '1000' }] } }),
  )
  if (!made.ok) throw new Error(made.message)
  const { id } = made.value
  await page.goto(`/sell/products/${id}`)
  await expect(page.getByLabel('Title')).toHaveValue(title)
  await call(api.products[':id'].$patch({ param: { id }, json: { title: theirs } }))
  await page.getByLabel('Title').fill(mine)
  await page.getByRole('button', { name: 'Save draft' }).click()
  const clash = page.getByRole('alert').filter({ hasText: 'Somebody changed this product meanwhile.' })
  await expect(clash).toBeVisible()
  await expect(page.getByLabel('Title')).toHaveValue(mine)
  const read = () => call(api.seller.products[':id'].$get({ param: { id } }))
  expect(await read()).toMatchObject({ ok: true, value: { title: theirs } })
  await clash.getByRole('button', { name: 'Save mine over it' }).click()
  await expect(clash).toBeHidden()
  expect(await read()).toMatchObject({ ok: true, value: { title: mine, status: 'draft' } })
  // What was saved is what the next save is an edit of.
  await page.getByLabel('Title').fill(title)
  await page.getByRole('button', { name: 'Save draft' }).click()
  await expect.poll(async () => (await read()).ok && (await read())).toMatchObject({ value: { title } })
  await expect(clash).toBeHidden()
})
