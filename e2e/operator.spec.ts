import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Locator } from '@playwright/test'
import { call } from '#lib/api/client'
import { sql, type Db } from '#lib/db'
import { expect, expectAccessible, openShop, test, unique, type Member } from './fixtures.ts'
import { listProduct } from './market.ts'

// Refusals, strangers and a lost connection, all on purpose.
test.use({ expectedErrors: [/status of 40[0349]|ERR_INTERNET_DISCONNECTED/] })
// One after another, in whatever order: the market has one list of rules, and pages that write it are open for a while.
test.describe.configure({ mode: 'default' })

/** Makes a member an operator the way the one who runs the market does. */
async function promote(member: Member): Promise<void> {
  await promisify(execFile)('node', ['cli/souk.ts', 'operator', member.handle], {
    env: { ...process.env, DATABASE_URL: '' },
  })
  await expect
    .poll(async () => {
      const answer = await call(member.api.session.$get())
      return answer.ok && answer.value.user?.role
    })
    .toBe('admin')
}

/** Where no other test sends anything, so that its tax is nobody else's. */
const ICELAND = {
  name: 'Ada Lovelace',
  line1: 'Laugavegur 7',
  line2: '',
  postalCode: '101',
  city: 'Reykjavik',
  country: 'IS',
}

/** Pays for one piece; returns the order's number and its only part. */
async function buy(buyer: Member, variantId: string, totalCents: string, country = 'IS') {
  await call(buyer.api.cart.lines[':variantId'].$put({ param: { variantId }, json: { quantity: 1 } }))
  const placed = await call(
    buyer.api.orders.$post({
      header: { 'idempotency-key': unique('order') },
      json: {
        address: { ...ICELAND, country },
        card: { number: '4242424242424242', name: 'Ada', expiry: '12/40', cvc: '123' },
        expectedTotalCents: totalCents,
      },
    }),
  )
  if (!placed.ok || !('sellerOrders' in placed.value)) throw new Error(`not paid: ${JSON.stringify(placed)}`)
  const { number, sellerOrders } = placed.value
  return { number, id: sellerOrders[0]?.id ?? '' }
}

async function deliver(seller: Member, buyer: Member, { number, id }: { number: string; id: string }): Promise<void> {
  const sent = await call(seller.api.seller.orders[':id'].ship.$post({ param: { id }, json: {} }))
  expect(sent, 'sending').toMatchObject({ ok: true })
  const part = buyer.api.orders[':number']['seller-orders'][':id']
  expect(await call(part.receive.$post({ param: { number, id } })), 'receiving').toMatchObject({ ok: true })
}

/** As if it had arrived long ago: the trader settles it by itself. */
function letTimePass(database: Db, id: string) {
  return database.run(sql`
    update seller_order
    set shipped_at = shipped_at - interval '90 days', delivered_at = delivered_at - interval '90 days'
    where id = ${id}`)
}

/** A market that these tests have seen before has the rule already. */
async function removeTax({ api }: Member, country: string): Promise<void> {
  const list = api.admin['tax-rules']
  await expect(async () => {
    const read = await call(list.$get())
    if (!read.ok) throw new Error(read.message)
    const json = { ...read.value, rules: read.value.rules.filter((rule) => rule.country !== country) }
    expect(await call(list.$put({ json }))).toMatchObject({ ok: true })
  }).toPass()
}

function lastRule(form: Locator): Locator {
  return form.getByRole('listitem').last()
}

async function save(form: Locator): Promise<void> {
  await expect(form.getByText('Not saved yet')).toBeVisible()
  await form.getByRole('button', { name: 'Save' }).click()
  await expect(form.getByText('Not saved yet')).toBeHidden()
}

test('an operator writes what the market keeps and what tax there is: checkouts and settlements go by it', async ({
  newMember,
  database,
}) => {
  const [operator, seller, buyer] = await Promise.all([newMember(), newMember(), newMember()])
  const shop = await openShop(seller)
  const product = await listProduct(seller, { quantity: 2, priceCents: '5000' })
  await promote(operator)
  const { page } = operator
  await page.goto('/')
  await page.getByLabel(`Account of ${operator.name}`).click()
  await page.getByRole('link', { name: 'Operator' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'The market' })).toBeVisible()
  await removeTax(operator, 'IS')
  await page.getByRole('link', { name: 'Rules' }).click()

  const tax = page.getByRole('form', { name: 'Tax' })
  await tax.getByRole('button', { name: 'Add a rule' }).click()
  await lastRule(tax).getByLabel('Sent to').selectOption('IS')
  await lastRule(tax).getByLabel('Tax, in %').fill('24,O')
  await lastRule(tax).getByLabel('Prices').selectOption('come without it')
  await tax.getByRole('button', { name: 'Save' }).click()
  await expect(lastRule(tax).getByText('Write a share such as 5 or 7.5')).toBeVisible()
  await lastRule(tax).getByLabel('Tax, in %').fill('24')
  await save(tax)
  await expect(page.getByText('Saved. New checkouts go by it.')).toBeVisible()

  const commission = page.getByRole('form', { name: 'Commission' })
  await commission.getByRole('button', { name: 'Add a rule' }).click()
  await lastRule(commission).getByLabel('For').selectOption('One shop')
  await lastRule(commission).getByLabel('The shop’s handle').fill('nobody-has-this')
  await lastRule(commission).getByLabel('Share, in %').fill('12.5')
  await lastRule(commission).getByLabel('And fixed').fill('0.30')
  // The rule for every sale, which a market begins with, comes before it.
  await expect(lastRule(commission).getByText(/Never reached: rule \d+ comes first/)).toBeVisible()
  await commission.getByRole('button', { name: 'Save' }).click()
  await expect(lastRule(commission).getByText('There is no shop with the handle nobody-has-this.')).toBeVisible()
  await lastRule(commission).getByLabel('The shop’s handle').fill(shop)
  const raise = commission.getByRole('button', { name: new RegExp(`^Move rule \\d+, Shop ${shop}, up`) })
  while (await raise.isVisible()) await raise.click()
  const first = commission.getByRole('listitem').first()
  await expect(first.getByLabel('The shop’s handle')).toHaveValue(shop)
  await expect(first.getByText('Never reached')).toBeHidden()

  // Before it is saved: 12.5 % of 50.00 and 0.30, and 24 % on top.
  await page.getByLabel('Price, in €').fill('50')
  await page.getByLabel('Shop', { exact: true }).selectOption(shop)
  await page.getByLabel('Sent to').first().selectOption('IS')
  await expect(
    page.getByText(/market keeps €6.55, tax €12.00. The buyer pays €62.00, the shop gets €43.45/),
  ).toBeVisible()
  await expectAccessible(page)
  await save(commission)

  await call(
    buyer.api.cart.lines[':variantId'].$put({ param: { variantId: product.variantId }, json: { quantity: 1 } }),
  )
  await buyer.page.goto('/checkout')
  await buyer.page.getByLabel('Country').selectOption('IS')
  await expect(buyer.page.getByRole('button', { name: 'Pay €62.00' })).toBeEnabled()
  await expect(buyer.page.getByText('€12.00')).toBeVisible()
  const order = await buy(buyer, product.variantId, '6200')

  // What is sold keeps what it was sold with, whatever the operator does then.
  await commission.getByRole('button', { name: `Remove rule 1, Shop ${shop}` }).click()
  await save(commission)
  await deliver(seller, buyer, order)
  await letTimePass(database, order.id)
  await expect(async () => {
    await seller.page.goto('/sell/balance')
    const row = seller.page.getByRole('row').filter({ hasText: order.number })
    await expect(row).toContainText('€43.45', { timeout: 3_000 })
    await expect(row).toContainText('€6.55', { timeout: 3_000 })
  }).toPass()
})

test('two operators at once: the second hears of it, loses nothing that was written, and takes the other’s list', async ({
  newMember,
}) => {
  const [first, second] = await Promise.all([newMember(), newMember()])
  const shop = await openShop(first)
  await Promise.all([promote(first), promote(second)])
  const { page } = first
  await page.goto('/admin/rules')
  const form = page.getByRole('form', { name: 'Commission' })
  await form.getByRole('button', { name: 'Add a rule' }).click()
  await lastRule(form).getByLabel('Share, in %').fill('3.33')
  await expect(form.getByText('Not saved yet')).toBeVisible()

  // On a market that has other operators it may take more than one try, which is what the version is for.
  const rules = second.api.admin['commission-rules']
  await expect(async () => {
    const read = await call(rules.$get())
    if (!read.ok) throw new Error(read.message)
    const { version, rules: before } = read.value
    const json = { version, rules: [{ seller: shop, feeBps: 777 }, ...before] }
    expect(await call(rules.$put({ json }))).toMatchObject({ ok: true })
  }).toPass()

  await form.getByRole('button', { name: 'Save' }).click()
  await expect(form.getByText('Somebody else saved other rules meanwhile')).toBeVisible()
  await expect(lastRule(form).getByLabel('Share, in %')).toHaveValue('3.33')
  await expectAccessible(page)
  await form.getByRole('button', { name: 'Show theirs' }).click()
  const theirs = form.getByRole('group', { name: `Shop ${shop}` })
  await expect(theirs.getByLabel('Share, in %')).toHaveValue('7.77')
  await expect(form.getByText('Not saved yet')).toBeHidden()
})

test('an operator hears both sides of a dispute, gives money back and closes it', async ({ newMember }) => {
  const [operator, seller, buyer] = await Promise.all([newMember(), newMember(), newMember()])
  const product = await listProduct(seller, { quantity: 1, priceCents: '2000' })
  const order = await buy(buyer, product.variantId, '2000', 'DE')
  await deliver(seller, buyer, order)
  const complain = buyer.api.orders[':number']['seller-orders'][':id'].dispute
  const reason = unique('The handle is broken')
  expect(await call(complain.$post({ param: order, json: { reason } }))).toMatchObject({ ok: true })
  await promote(operator)

  const { page } = operator
  await page.goto('/admin/disputes')
  const row = page.getByRole('listitem').filter({ hasText: order.number })
  await expect(row).toContainText(reason)
  await expect(row).toContainText('€20.00')
  await expectAccessible(page)
  await row.getByRole('link', { name: order.number }).click()
  await expect(page.getByRole('heading', { level: 1, name: `Order ${order.number}` })).toBeVisible()
  await page.getByRole('button', { name: 'Close the complaint' }).click()
  await page.getByLabel('Why').fill('Mended meanwhile')
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Close it' }).click()
  await expect(page.getByText('No complaint about this is open.')).toBeVisible()
  await expect(page.getByText('You closed the complaint')).toBeVisible()

  await page.getByRole('button', { name: 'Give money back' }).click()
  await page.getByRole('button', { name: 'Refund €20.00' }).click()
  await expect(page.getByText('Paid back')).toBeVisible()
  await buyer.page.goto(`/orders/${order.number}`)
  await expect(buyer.page.getByText('The market closed the complaint')).toBeVisible()
  await expect(buyer.page.getByText('Your money has been given back.')).toBeVisible()
  await page.goto('/admin/disputes')
  await expect(page.getByText(order.number)).toBeHidden()
})

test('an operator hides a review and says why, and it is gone for everyone until it is shown again', async ({
  newMember,
  newVisitor,
}) => {
  const [operator, seller, buyer] = await Promise.all([newMember(), newMember(), newMember()])
  const product = await listProduct(seller, { quantity: 1, priceCents: '2000' })
  const order = await buy(buyer, product.variantId, '2000', 'DE')
  await deliver(seller, buyer, order)
  const { number } = order
  const lines = await call(buyer.api.orders[':number'].reviews.$get({ param: { number } }))
  const lineId = (lines.ok && lines.value.lines[0]?.lineId) || ''
  const text = unique('The postman lives at number seven')
  const put = buyer.api.orders[':number'].lines[':lineId'].review.$put({
    param: { number, lineId },
    json: { item: 'down', text },
  })
  expect(await call(put)).toMatchObject({ ok: true })
  await promote(operator)
  const { page: item } = await newVisitor()
  await item.goto(`/products/${product.slug}`)
  await expect(item.getByText(text, { exact: true })).toBeVisible()

  const { page } = operator
  await page.goto('/admin')
  await page.getByRole('link', { name: 'Reviews', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Reviews', exact: true })).toBeVisible()
  const row = page.getByRole('listitem').filter({ has: page.getByText(text, { exact: true }) })
  await row.getByRole('button', { name: 'Hide', exact: true }).click()
  await row.getByRole('button', { name: 'Hide it', exact: true }).click()
  await expect(row.getByText('Say why. The buyer and the shop read it.', { exact: true })).toBeVisible()
  await row.getByLabel('Why', { exact: true }).fill('It names the postman.')
  await expectAccessible(page)
  await row.getByRole('button', { name: 'Hide it', exact: true }).click()
  await expect(row.getByText('It names the postman.', { exact: true })).toBeVisible()
  await expect(item.getByText(text, { exact: true })).toHaveCount(0)
  await expectAccessible(page)
  await buyer.page.goto(`/orders/${number}`)
  await expect(buyer.page.getByText('It names the postman.', { exact: true })).toBeVisible()

  await row.getByRole('button', { name: 'Show it again', exact: true }).click()
  await expect(row.getByRole('button', { name: 'Hide', exact: true })).toBeVisible()
  await expect(item.getByText(text, { exact: true })).toBeVisible()
})

test('who trades and what becomes of the duties moves by itself, and says when it does not', async ({ newMember }) => {
  const operator = await newMember()
  await promote(operator)
  const { page, context } = operator
  await page.goto('/admin/trader')
  await expect(page.getByText('Trading', { exact: true })).toBeVisible()
  await expect(page.getByRole('row', { name: /Give sellers their money/ })).toContainText('Works')
  await expect(page.getByRole('cell', { name: 'Goes on' })).toBeVisible()
  await expectAccessible(page)
  // Of a duty that runs each minute the page counts the seconds.
  const lastRun = page
    .getByRole('row', { name: /Call off what nobody sent/ })
    .getByText(/ago$/)
    .first()
  const before = await lastRun.textContent()
  await expect(lastRun).not.toHaveText(before ?? '')
  await context.setOffline(true)
  await expect(page.getByText('This is not the newest')).toBeVisible()
  await context.setOffline(false)
  await expect(page.getByText('This is not the newest')).toBeHidden()
})

test('the operator’s room is not there for others, and can be used on a phone in the dark', async ({
  newMember,
  newVisitor,
  baseURL,
}) => {
  const [operator, member, visitor] = [await newMember(), await newMember(), await newVisitor()]
  await openShop(member)
  await promote(operator)
  const paths = ['/admin', '/admin/rules', '/admin/disputes', '/admin/reviews', '/admin/trader']
  for (const path of paths) {
    expect((await member.page.goto(path))?.status(), path).toBe(404)
    await visitor.page.goto(path)
    await expect(visitor.page).toHaveURL(`/sign-in?next=${encodeURIComponent(path)}`)
  }
  await member.page.goto('/')
  await member.page.getByLabel(`Account of ${member.name}`).click()
  await expect(member.page.getByRole('link', { name: 'Account', exact: true })).toBeVisible()
  await expect(member.page.getByRole('link', { name: 'Operator' })).toBeHidden()
  const refused = { ok: false, status: 403, code: 'not-allowed' }
  expect(await call(member.api.admin.trader.$get())).toMatchObject(refused)
  expect(await call(member.api.admin['tax-rules'].$get())).toMatchObject(refused)
  expect(await call(member.api.admin.reviews.$get({ query: {} }))).toMatchObject(refused)
  expect(await call(member.api.admin['commission-rules'].$get())).toMatchObject(refused)

  const { page, context } = operator
  await page.setViewportSize({ width: 360, height: 740 })
  await context.addCookies([{ name: 'souk.theme', value: 'dark', url: baseURL ?? '' }])
  for (const path of paths) {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1)
    await expectAccessible(page)
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(overflow, `${path} is wider than the screen`).toBeLessThanOrEqual(0)
  }
})
