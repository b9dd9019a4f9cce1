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
  test.setTimeout(120_000)
  const word = await listTwo(await newMember())
  const { page } = await newVisitor()
  const filters = page.getByRole('form', { name: 'Filters' })
  const found = page.getByRole('main').getByRole('status')
  const titles = page.getByRole('article').getByRole('heading')
  await page.goto('/')
  await page.getByRole('searchbox').fill(word)
  await page.getByRole('searchbox').press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: `Results for “${word}”`, exact: true })).toBeVisible()
  await expect(page.getByRole('searchbox')).toHaveValue(word)
  await expect(found).toHaveText('2 products')
  await expect(titles).toHaveText([`Ball ${word}`, `Lamp ${word}`])
  await expectAccessible(page)

  await filters.getByRole('checkbox', { name: 'Good, used 1', exact: true }).check()
  await filters.getByRole('button', { name: 'Show results', exact: true }).click()
  await expect(titles).toHaveText([`Ball ${word}`])
  await expect(found).toHaveText('1 product')
  await page.getByRole('link', { name: 'Take away: Good, used', exact: true }).click()
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
