import { randomUUID } from 'node:crypto'
import { call } from '#lib/api/client'
import { expect, expectAccessible, test, type Member } from './fixtures.ts'
import { listProduct } from './market.ts'

/** A word that nothing else on the market has. */
function newWord(): string {
  const letters = [...randomUUID().replaceAll('-', '').slice(0, 12)]
  return `q${letters.map((digit) => 'bcdfghjklmnpqrst'[Number.parseInt(digit, 16)]).join('')}`
}

/** Two products with one word in common: a new lamp for the home, and a used ball among the toys, which is sold out. */
async function listTwo(seller: Member): Promise<string> {
  const word = newWord()
  await listProduct(seller, { quantity: 3, priceCents: '1250', title: `Lamp ${word}` })
  const { productId } = await listProduct(seller, { quantity: 0, priceCents: '6000', title: `Ball ${word}` })
  const json = { categorySlug: 'toys', condition: 'good' as const }
  expect(await call(seller.api.products[':id'].$patch({ param: { id: productId }, json }))).toMatchObject({ ok: true })
  return word
}

test('a search is narrowed down by facets, each can be taken away, and a wrong price says so', async ({
  newMember,
  newVisitor,
}) => {
  const word = await listTwo(await newMember())
  const { page } = await newVisitor()
  const filters = page.getByRole('form', { name: 'Filters' })
  const found = page.getByRole('main').getByRole('status')
  const titles = page.getByRole('article').getByRole('heading')
  await page.goto('/')
  const field = page.getByRole('combobox', { name: 'Search the market', exact: true })
  await field.fill(word)
  await field.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: `Results for “${word}”`, exact: true })).toBeVisible()
  await expect(field).toHaveValue(word)
  await expect(found).toHaveText('2 products')
  await expect(titles).toHaveText([`Ball ${word}`, `Lamp ${word}`])
  await expectAccessible(page)

  await filters.getByRole('checkbox', { name: 'Good, used 1', exact: true }).check()
  await filters.getByRole('button', { name: 'Show results', exact: true }).click()
  await expect(titles).toHaveText([`Ball ${word}`])
  await expect(found).toHaveText('1 product')
  await filters.getByRole('checkbox', { name: 'New 1', exact: true }).check()
  await filters.getByRole('button', { name: 'Show results', exact: true }).click()
  await expect(found).toHaveText('2 products')
  await page.getByRole('link', { name: 'Take away: Good, used', exact: true }).click()
  await expect(titles).toHaveText([`Lamp ${word}`])
  await page.getByRole('link', { name: 'Take away: New', exact: true }).click()
  await expect(found).toHaveText('2 products')
  await expect(filters.getByRole('checkbox', { name: 'Good, used 1', exact: true })).not.toBeChecked()

  await filters.getByRole('checkbox', { name: 'In stock only 1', exact: true }).check()
  await filters.getByRole('textbox', { name: 'From', exact: true }).fill('twelve')
  await filters.getByRole('button', { name: 'Show results', exact: true }).click()
  await expect(titles).toHaveText([`Lamp ${word}`])
  const from = filters.getByRole('textbox', { name: 'From', exact: true })
  await expect(from).toHaveAttribute('aria-invalid', 'true')
  await expect(from).toHaveAccessibleDescription('Give an amount like 12 or 12.50.')
  await from.fill('50')
  await filters.getByRole('button', { name: 'Show results', exact: true }).click()
  await expect(page.getByText(`Nothing found for “${word}”`, { exact: true })).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('link', { name: `All results for “${word}”`, exact: true }).click()
  await expect(found).toHaveText('2 products')
  await page.getByRole('link', { name: 'Price, low first', exact: true }).click()
  await expect(titles).toHaveText([`Lamp ${word}`, `Ball ${word}`])
})

test('a mistyped word finds what was meant, and says so', async ({ newMember, newVisitor }) => {
  const word = await listTwo(await newMember())
  const { page } = await newVisitor()
  // Never the same letter twice at this place, or there would be no mistake.
  const typed = word.replace(/(.)(.)$/, (both, first: string, last: string) =>
    first === last ? `${both}x` : last + first,
  )
  await page.goto(`/search?q=${typed}`)
  await expect(page.getByRole('article').getByRole('heading')).toHaveText([`Ball ${word}`, `Lamp ${word}`])
  const found = page.getByRole('main').getByRole('status')
  await expect(found.locator('strong')).toHaveText(word)
})

test('on a phone and without script the filters open, narrow down, and lead from a shop into it', async ({
  browser,
  newMember,
}) => {
  const seller = await newMember()
  const word = await listTwo(seller)
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } })
  const page = await context.newPage()
  const session = await call(seller.api.session.$get())
  const handle = session.ok ? session.value.user?.seller?.handle : undefined
  await page.goto(`/shops/${handle}`)
  await page.getByRole('link', { name: 'Search and filter in this shop', exact: true }).click()
  const found = page.getByRole('main').getByRole('status')
  await expect(found).toHaveText('2 products')
  const filters = page.getByRole('form', { name: 'Filters' })
  await expect(filters).toBeHidden()
  await page.getByRole('main').locator('summary').click()
  await filters.getByRole('textbox', { name: 'To', exact: true }).fill('20')
  await filters.getByRole('button', { name: 'Show results', exact: true }).click()
  await expect(found).toHaveText('1 product')
  await expect(page.getByRole('article').getByRole('heading')).toHaveText([`Lamp ${word}`])
  await page.getByRole('link', { name: 'Take away: Up to €20.00', exact: true }).click()
  await expect(found).toHaveText('2 products')
  await context.close()
})

test('titles are suggested as one types, and chosen by key or by hand; without an answer the field searches as ever', async ({
  newMember,
  newVisitor,
}) => {
  const word = await listTwo(await newMember())
  const { page } = await newVisitor()
  const field = page.getByRole('combobox', { name: 'Search the market', exact: true })
  const options = page.getByRole('listbox', { name: 'Suggestions', exact: true }).getByRole('option')
  const titles = [`Ball ${word}`, `Lamp ${word}`]
  await page.goto('/')
  await expect(async () => {
    await field.fill('')
    await field.pressSequentially(word.slice(0, 8), { delay: 30 })
    await expect(options).toHaveText(titles, { timeout: 10_000 })
  }).toPass()
  await expect(field).toHaveAttribute('aria-expanded', 'true')
  await expectAccessible(page)

  await field.press('Escape')
  await expect(options).toHaveCount(0)
  await expect(field).toHaveValue(word.slice(0, 8))
  await field.press('ArrowDown')
  await expect(options).toHaveText(titles)
  await field.press('ArrowUp')
  await expect(page.getByRole('option', { selected: true })).toHaveText(`Lamp ${word}`)
  await expect(field).toBeFocused()
  await field.press('ArrowDown')
  await expect(page.getByRole('option', { selected: true })).toHaveCount(0)
  await field.press('ArrowDown')
  await expect(page.getByRole('option', { selected: true })).toHaveText(`Ball ${word}`)
  const active = await field.getAttribute('aria-activedescendant')
  await expect(page.locator(`[id="${active}"]`)).toHaveText(`Ball ${word}`)
  await field.press('Enter')
  const heading = (title: string) =>
    page.getByRole('heading', { level: 1, name: `Results for “${title}”`, exact: true })
  await expect(heading(`Ball ${word}`)).toBeVisible()
  await expect(options).toHaveCount(0)

  await field.fill(word)
  await expect(options).toHaveText(titles)
  await options.last().click()
  await expect(heading(`Lamp ${word}`)).toBeVisible()
  await expect(field).toHaveValue(`Lamp ${word}`)

  await page.route('**/api/v1/search/suggestions?*', (route) => route.fulfill({ body: 'This is no market.' }))
  const answered = page.waitForResponse('**/api/v1/search/suggestions?*')
  await field.fill(word)
  await answered
  await field.press('Enter')
  await expect(heading(word)).toBeVisible()
})

test('titles that come when nobody is in the field any more open no list', async ({ newMember, newVisitor }) => {
  const word = await listTwo(await newMember())
  const { page } = await newVisitor()
  await page.goto('/')
  const field = page.getByRole('combobox', { name: 'Search the market', exact: true })
  const list = page.getByRole('listbox', { name: 'Suggestions', exact: true })
  await expect(async () => {
    await field.fill('')
    await field.fill(word.slice(0, 8))
    await expect(list).toBeVisible({ timeout: 10_000 })
  }).toPass()
  const answered = page.waitForResponse((response) => response.url().endsWith(`/suggestions?q=${word.slice(0, 7)}`))
  // As what was typed before the code was there is told to the field, wherever the reader is by then.
  await field.evaluate(
    (input: HTMLInputElement, text) => {
      input.blur()
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, text)
      input.dispatchEvent(new Event('input', { bubbles: true }))
    },
    word.slice(0, 7),
  )
  await (await answered).finished()
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))))
  await expect(list).toHaveCount(0)
})
