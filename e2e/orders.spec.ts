import type { Locator, Page } from '@playwright/test'
import { call } from '#lib/api/client'
import { sql, type Db } from '#lib/db'
import { expect, expectAccessible, openShop, test, unique, type Member } from './fixtures.ts'
import { listProduct, stockOf, type Listed } from './market.ts'

// Refusals on purpose, and an answer that is lost on purpose.
test.use({ expectedErrors: [/status of 4(00|09|22)|ERR_FAILED/] })

/** A shop with one product. */
interface Stall extends Member {
  readonly shop: string
  readonly product: Listed
}

async function openStall(member: Member, options: { quantity: number; priceCents: string }): Promise<Stall> {
  const shop = unique('Stall')
  await openShop(member, shop)
  return { ...member, shop, product: await listProduct(member, { ...options, title: unique('Brass bell') }) }
}

const ADDRESS = {
  name: 'Ada Lovelace',
  line1: 'Saffron Lane 7',
  line2: '',
  postalCode: '10115',
  city: 'Berlin',
  country: 'DE',
}

/** Pays for so many pieces of each at once; returns the order's number. `card`: one that pays, unless said. */
async function buy(
  buyer: Member,
  goods: readonly (readonly [Stall, number])[],
  totalCents: string,
  card = '4242424242424242',
): Promise<string> {
  for (const [{ product }, quantity] of goods) {
    const param = { variantId: product.variantId }
    const put = await call(buyer.api.cart.lines[':variantId'].$put({ param, json: { quantity } }))
    expect(put, 'a line of the cart').toMatchObject({ ok: true })
  }
  const placed = await call(
    buyer.api.orders.$post({
      header: { 'idempotency-key': unique('order') },
      json: {
        address: ADDRESS,
        card: { number: card, name: 'Ada', expiry: '12/40', cvc: '123' },
        expectedTotalCents: totalCents,
      },
    }),
  )
  if (!placed.ok) throw new Error(`The order was refused: ${placed.message}`)
  return placed.value.number
}

/** The page must not have been loaded anew. */
async function markPage(page: Page): Promise<() => Promise<void>> {
  await page.evaluate(() => Object.assign(window, { stayed: true }))
  return async () => expect(await page.evaluate(() => 'stayed' in window)).toBe(true)
}

/** The card of the page with this heading. */
function card(page: Page, heading: string): Locator {
  return page
    .getByRole('main')
    .locator('section')
    .filter({ has: page.getByRole('heading', { level: 2, name: heading }) })
}

/** The amount that stands beside a word of a list of costs. */
function amount(within: Locator, term: string): Locator {
  return within
    .getByRole('term')
    .filter({ hasText: new RegExp(`^${term}$`) })
    .locator('xpath=following-sibling::dd')
}

/** Opens a shop's order out of its list of work. */
async function openOrder({ page }: Member, number: string): Promise<void> {
  await page.goto('/sell/orders')
  await page.getByRole('link', { name: number }).click()
  await expect(page.getByRole('heading', { level: 1, name: `Order ${number}` })).toBeVisible()
}

/** What the provider has given back of an order's payment. Units: cents. */
async function refundedByProvider(database: Db, number: string): Promise<bigint | undefined> {
  const [row] = await database.run(sql<{ cents: bigint }>`
    select charge.refunded_cents as cents
    from "order"
    join payment on payment.order_id = "order".id
    join sandbox_charge as charge on charge.key = payment.provider_key
    where "order".number = ${number}`)
  return row?.cents
}

test('one shop sends, the other calls off, one piece is refunded: both sides see each step, to the cent', async ({
  newMember,
  database,
}) => {
  const [memberA, memberB, buyer] = await Promise.all([newMember(), newMember(), newMember()])
  const a = await openStall(memberA, { quantity: 2, priceCents: '1250' })
  const b = await openStall(memberB, { quantity: 1, priceCents: '799' })
  const goods = [
    [a, 2],
    [b, 1],
  ] as const
  const number = await buy(buyer, goods, '3299')
  const { page } = buyer
  await page.goto(`/orders/${number}`)
  await expect(page.getByText('Thank you. It is yours.')).toBeVisible()
  const buyerStayed = await markPage(page)
  const [partA, partB] = [card(page, a.shop), card(page, b.shop)]

  await openOrder(a, number)
  const sellerStayed = await markPage(a.page)
  await a.page.getByRole('button', { name: 'Mark as sent' }).click()
  await a.page.getByLabel('Carrier').fill('DHL')
  await a.page.getByLabel('Tracking number').fill('JD 0123')
  await a.page.getByRole('button', { name: 'It is sent' }).click()
  await expect(partA.getByText('On its way with DHL, tracking JD 0123.')).toBeVisible()
  await expect(partB.getByText('Paid. The shop is getting it ready.')).toBeVisible()
  await a.page.getByRole('button', { name: 'Change carrier or tracking' }).click()
  await a.page.getByLabel('Tracking number').fill('JD 0124')
  await a.page.getByRole('button', { name: 'Save' }).click()
  await expect(partA.getByText('On its way with DHL, tracking JD 0124.')).toBeVisible()

  await openOrder(b, number)
  await b.page.getByRole('button', { name: 'Call it off' }).click()
  const panel = b.page.getByRole('form', { name: 'Call this order off?' })
  await expect(panel).toContainText(`€7.99 goes back to ${buyer.name}, and the piece is for sale again.`)
  await panel.getByLabel('Reason').fill('It fell\noff the shelf')
  await panel.getByRole('button', { name: 'Call it off' }).click()
  await expect(partB.getByText('Called off. Your money has been given back.')).toBeVisible()
  await expect(partB.getByText('“It fell off the shelf”').first()).toBeVisible()
  await expect(amount(partB, 'Refunded')).toHaveText('-€7.99')
  await expect(b.page.getByText('Cancelled', { exact: true })).toBeVisible()
  expect(await stockOf(b, b.product.variantId)).toMatchObject({ onHand: 1, available: 1 })

  await a.page.getByRole('button', { name: 'Refund', exact: true }).click()
  const refund = a.page.getByRole('form', { name: 'Give money back' })
  await expect(refund.getByRole('status').filter({ hasText: '€25.00' })).toBeVisible()
  await refund.getByLabel('Only some of it').check()
  await refund.getByRole('button', { name: 'Refund €0.00' }).click()
  await expect(refund.getByRole('alert')).toHaveText('Choose at least one piece.')
  await refund.getByRole('button', { name: `One more of ${a.product.title}` }).click()
  await refund.getByRole('button', { name: 'Refund €12.50' }).click()
  for (const side of [partA, card(a.page, 'What was bought')]) {
    await expect(side.getByText('1 of 2 refunded, €12.50')).toBeVisible()
    await expect(amount(side, 'Total')).toHaveText('€25.00')
    await expect(amount(side, 'Refunded')).toHaveText('-€12.50')
  }
  await expect(amount(card(page, 'Summary'), 'Refunded')).toHaveText('-€20.49')
  expect(await refundedByProvider(database, number)).toBe(2049n)
  // The piece was sent: nobody said that it is for sale again.
  expect(await stockOf(a, a.product.variantId)).toMatchObject({ onHand: 0, available: 0 })

  await partA.getByRole('button', { name: 'I have received it' }).click()
  await partA.getByRole('button', { name: 'Yes, it is here' }).click()
  await expect(a.page.getByText('The buyer received it')).toBeVisible()
  await expect(a.page.getByText('Delivered', { exact: true })).toBeVisible()
  await expect(partA.getByText('You received it')).toBeVisible()
  await buyerStayed()
  await sellerStayed()
})

test('complaints reach the shops at once: one pays all back, of the other the buyer takes it back', async ({
  newMember,
}) => {
  const [memberA, memberB, buyer] = await Promise.all([newMember(), newMember(), newMember()])
  const a = await openStall(memberA, { quantity: 3, priceCents: '333' })
  const b = await openStall(memberB, { quantity: 1, priceCents: '2000' })
  const goods = [
    [a, 3],
    [b, 1],
  ] as const
  const number = await buy(buyer, goods, '2999')
  for (const seller of [a, b]) {
    await openOrder(seller, number)
    await seller.page.getByRole('button', { name: 'Mark as sent' }).click()
    await seller.page.getByRole('button', { name: 'It is sent' }).click()
    await expect(seller.page.getByText('On its way', { exact: true })).toBeVisible()
  }
  await b.page.goto('/sell/orders?status=disputed')
  await expect(b.page.getByText('No disputes')).toBeVisible()
  const [aStayed, bStayed] = [await markPage(a.page), await markPage(b.page)]

  const { page } = buyer
  await page.goto(`/orders/${number}`)
  const stayed = await markPage(page)
  for (const [shop, complaint] of [
    [a.shop, 'All three are cracked'],
    [b.shop, 'It does not ring'],
  ] as const) {
    const part = card(page, shop)
    await part.getByRole('button', { name: 'Something is wrong' }).click()
    const panel = part.getByRole('form', { name: 'Tell the shop what is wrong' })
    await panel.getByRole('button', { name: 'Complain' }).click()
    await expect(panel.getByLabel('What is wrong?')).toHaveAccessibleDescription(/What is wrong\? The shop has to know/)
    await panel.getByLabel('What is wrong?').fill(complaint)
    await panel.getByRole('button', { name: 'Complain' }).click()
    await expect(part.getByText('In dispute', { exact: true })).toBeVisible()
  }
  await expect(a.page.getByRole('alert').getByText('“All three are cracked”')).toBeVisible()
  await expect(b.page.getByRole('link', { name: number })).toBeVisible()
  await expect(b.page.getByRole('link', { name: 'Disputes 1' })).toBeVisible()
  await expect(b.page.getByText('“It does not ring”')).toBeVisible()

  await a.page.getByRole('button', { name: 'Refund', exact: true }).click()
  await a.page.getByLabel('The pieces go back on sale').check()
  await a.page.getByRole('button', { name: 'Refund €9.99' }).click()
  const partA = card(page, a.shop)
  await expect(partA.getByText('Your money has been given back.')).toBeVisible()
  await expect(amount(partA, 'Refunded')).toHaveText('-€9.99')
  await expect(a.page.getByText('3 back on sale')).toBeVisible()
  expect(await stockOf(a, a.product.variantId)).toMatchObject({ onHand: 3, available: 3 })
  await expect(a.page.getByRole('button', { name: 'Refund', exact: true })).toHaveCount(0)

  const partB = card(page, b.shop)
  await partB.getByRole('button', { name: 'Take the complaint back' }).click()
  await partB.getByLabel('A word to the shop').fill('There was a clapper in the box')
  await partB.getByRole('button', { name: 'All is well' }).click()
  await expect(partB.getByText('On its way.', { exact: true })).toBeVisible()
  await expect(b.page.getByText('No disputes')).toBeVisible()
  await expect(b.page.getByRole('link', { name: 'On their way 1' })).toBeVisible()
  for (const check of [stayed, aStayed, bStayed]) await check()
})

test('a refund whose answer is lost on the way is asked for again, and made once', async ({ newMember, database }) => {
  const [seller, buyer] = await Promise.all([newMember(), newMember()])
  const stall = await openStall(seller, { quantity: 2, priceCents: '1000' })
  const number = await buy(buyer, [[stall, 2]], '2000')
  await openOrder(stall, number)
  const keys: (string | undefined)[] = []
  await stall.page.route('**/api/v1/seller/orders/*/refund', async (route) => {
    keys.push(route.request().headers()['idempotency-key'])
    const response = await route.fetch()
    // It was done, and the first answer never comes.
    await (keys.length === 1 ? route.abort() : route.fulfill({ response }))
  })
  await stall.page.getByRole('button', { name: 'Refund', exact: true }).click()
  await stall.page.getByLabel('Only some of it').check()
  await stall.page.getByRole('button', { name: `One more of ${stall.product.title}` }).click()
  await stall.page.getByRole('button', { name: 'Refund €10.00' }).click()
  await expect(stall.page.getByText(`${buyer.name} has the money back.`)).toBeVisible()
  await expect(stall.page.getByText('1 of 2 refunded, €10.00')).toBeVisible()
  expect(keys).toHaveLength(2)
  expect(new Set(keys).size).toBe(1)
  expect(await refundedByProvider(database, number)).toBe(1000n)

  // The next press is a wish of its own.
  await stall.page.getByRole('button', { name: 'Refund', exact: true }).click()
  await stall.page.getByRole('button', { name: 'Refund €10.00' }).click()
  await expect(stall.page.getByText('2 of 2 refunded, €20.00')).toBeVisible()
  expect(new Set(keys).size).toBe(2)
  expect(await refundedByProvider(database, number)).toBe(2000n)
})

test('a refund that the provider refuses: both see that it failed, nothing typed is lost, and the next try is made', async ({
  newMember,
  database,
}) => {
  const [seller, buyer] = await Promise.all([newMember(), newMember()])
  const stall = await openStall(seller, { quantity: 1, priceCents: '1500' })
  const number = await buy(buyer, [[stall, 1]], '1500')
  // The provider's own book says that it has given all back.
  const setGiven = (cents: bigint) =>
    database.run(sql`
      update sandbox_charge as charge
      set refunded_cents = ${cents}
      from payment
      join "order" on "order".id = payment.order_id
      where "order".number = ${number} and charge.key = payment.provider_key`)
  await setGiven(1500n)
  await buyer.page.goto(`/orders/${number}`)
  const part = card(buyer.page, stall.shop)

  await openOrder(stall, number)
  await stall.page.getByRole('button', { name: 'Refund', exact: true }).click()
  const panel = stall.page.getByRole('form', { name: 'Give money back' })
  await panel.getByLabel('Reason').fill('Scratched')
  await panel.getByRole('button', { name: 'Refund €15.00' }).click()
  await expect(panel.getByRole('alert')).toContainText('would not give the money back')
  await expect(panel.getByLabel('Reason')).toHaveValue('Scratched')
  await expect(card(stall.page, 'Refunds').getByText('Failed')).toBeVisible()
  await expect(part.getByText('Failed')).toBeVisible()
  await expect(amount(part, 'Refunded')).toHaveCount(0)

  await setGiven(0n)
  await panel.getByRole('button', { name: 'Refund €15.00' }).click()
  await expect(part.getByText('Your money has been given back.')).toBeVisible()
  await expect(amount(part, 'Refunded')).toHaveText('-€15.00')
  await expect(card(stall.page, 'Refunds').getByText('Paid back')).toBeVisible()
  expect(await refundedByProvider(database, number)).toBe(1500n)
})

test('the buyer calls off what is not sent, and goes on with a payment that waits', async ({ newMember }) => {
  const [seller, buyer] = await Promise.all([newMember(), newMember()])
  const stall = await openStall(seller, { quantity: 2, priceCents: '450' })
  const number = await buy(buyer, [[stall, 1]], '450')
  await openOrder(stall, number)
  await buyer.page.goto(`/orders/${number}`)
  await buyer.page.getByRole('button', { name: 'Call it off' }).click()
  const panel = buyer.page.getByRole('form', { name: 'Call this order off?' })
  await expect(panel.getByRole('heading')).toBeFocused()
  await buyer.page.keyboard.press('Escape')
  await expect(buyer.page.getByRole('button', { name: 'Call it off' })).toBeFocused()
  await buyer.page.keyboard.press('Enter')
  await expect(panel).toContainText('€4.50 goes back to you, and the piece is for sale again.')
  await panel.getByLabel('Reason').fill('Changed my mind')
  await panel.getByRole('button', { name: 'Call it off' }).click()
  await expect(buyer.page.getByText('Called off. Your money has been given back.')).toBeVisible()
  await expect(stall.page.getByText('The buyer called it off')).toBeVisible()
  await expect(stall.page.getByRole('button', { name: 'Mark as sent' })).toHaveCount(0)

  const waiting = await buy(buyer, [[stall, 1]], '450', '4000002760003184')
  await buyer.page.goto(`/orders/${waiting}`)
  await buyer.page.getByRole('button', { name: 'Continue there' }).click()
  await buyer.page.getByRole('button', { name: 'Approve', exact: true }).click()
  await expect(buyer.page.getByRole('heading', { level: 1, name: `Order ${waiting}` })).toBeVisible()
  await expect(buyer.page.getByText('Paid. The shop is getting it ready.')).toBeVisible()
})

for (const { name, width, theme } of [
  { name: 'a phone in the dark', width: 360, theme: 'dark' },
  { name: 'a desk in the light', width: 1280, theme: 'light' },
] as const) {
  test(`the pages of an order fit ${name}, and can be used by everyone`, async ({ newMember, baseURL }) => {
    const [seller, buyer] = await Promise.all([newMember(), newMember()])
    const stall = await openStall(seller, { quantity: 2, priceCents: '1250' })
    const number = await buy(buyer, [[stall, 2]], '2500')
    for (const { page, context } of [seller, buyer]) {
      await page.setViewportSize({ width, height: 740 })
      await context.addCookies([{ name: 'souk.theme', value: theme, url: baseURL ?? '' }])
    }
    await seller.page.goto('/sell/orders')
    await fits(seller.page)
    await openOrder(seller, number)
    for (const action of ['Mark as sent', 'Call it off', 'Refund']) {
      await seller.page.getByRole('button', { name: action, exact: true }).first().click()
      await expect(seller.page.getByRole('form')).toBeVisible()
      if (action === 'Refund') await seller.page.getByLabel('Only some of it').check()
      await fits(seller.page)
    }
    await seller.page.getByRole('button', { name: `One more of ${stall.product.title}` }).click()
    await seller.page.getByRole('button', { name: 'Refund €12.50' }).click()
    await expect(seller.page.getByText('1 of 2 refunded, €12.50')).toBeVisible()
    await fits(seller.page)
    await buyer.page.goto(`/orders/${number}`)
    await fits(buyer.page)
    await buyer.page.getByRole('button', { name: 'Call it off' }).click()
    await fits(buyer.page)
  })
}

/** Nothing grave for axe, and nothing wider than the screen. */
async function fits(page: Page): Promise<void> {
  await expectAccessible(page)
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect(over, `${page.url()} is wider than the screen`).toBeLessThanOrEqual(0)
}
