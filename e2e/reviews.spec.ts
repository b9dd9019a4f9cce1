import { call } from '#lib/api/client'
import { sql } from '#lib/db'
import { expect, expectAccessible, openShop, test, unique, type Member } from './fixtures.ts'
import { buy, listProduct, type Listed } from './market.ts'

// A form without a thumb is refused on purpose.
test.use({ expectedErrors: [/status of 400/] })

/** The shop sends its part of the order and the buyer says that it is there. */
async function deliver(seller: Member, buyer: Member, number: string): Promise<void> {
  const order = await call(buyer.api.orders[':number'].$get({ param: { number } }))
  if (!order.ok) throw new Error(order.message)
  const id = order.value.sellerOrders[0]?.id ?? ''
  const json = { carrier: '', trackingNumber: '' }
  expect(await call(seller.api.seller.orders[':id'].ship.$post({ param: { id }, json }))).toMatchObject({ ok: true })
  const received = buyer.api.orders[':number']['seller-orders'][':id'].receive.$post({ param: { number, id } })
  expect(await call(received)).toMatchObject({ ok: true })
}

async function openStall(seller: Member, quantity = 2) {
  const name = unique('Stall')
  const handle = await openShop(seller, name)
  return { name, handle, product: await listProduct(seller, { quantity, title: unique('Brass bell') }) }
}

/** What a program says about the first line of an order. */
async function say(buyer: Member, number: string, text: string) {
  const lines = await call(buyer.api.orders[':number'].reviews.$get({ param: { number } }))
  const lineId = (lines.ok && lines.value.lines[0]?.lineId) || ''
  const json = { item: 'up', seller: 'up', text } as const
  const put = buyer.api.orders[':number'].lines[':lineId'].review.$put({ param: { number, lineId }, json })
  expect(await call(put), text).toMatchObject({ ok: true })
}

const heading = (name: string) => `What buyers say about ${name}`

test('a buyer leaves a thumb, and shop and product change in other browsers without being loaded anew', async ({
  newMember,
  newVisitor,
}) => {
  const [seller, buyer] = [await newMember(), await newMember('Ada Lovelace')]
  const { name, handle, product } = await openStall(seller)
  const number = await buy(buyer, product, 1)
  const [{ page: shop }, { page: item }] = [await newVisitor(), await newVisitor()]
  await shop.goto(`/shops/${handle}`)
  await item.goto(`/products/${product.slug}`)
  await seller.page.goto('/sell')
  for (const { page } of [{ page: shop }, { page: item }]) {
    await expect(page.getByText('No reviews yet', { exact: true }).first()).toBeVisible()
    await page.evaluate(() => Object.assign(window, { stayed: true }))
  }
  const { page } = buyer
  await page.goto('/orders')
  await expect(page.getByText('Leave feedback', { exact: true })).toHaveCount(0)
  await deliver(seller, buyer, number)
  await expect(page.getByText('Leave feedback', { exact: true })).toBeVisible()
  await page.goto(`/orders/${number}`)

  await page.getByRole('button', { name: 'Leave feedback', exact: true }).click()
  const form = page.getByRole('form', { name: `How was “${product.title}”?`, exact: true })
  await form.getByRole('button', { name: 'Save' }).click()
  await expect(form.getByText('Choose a thumb for the item, for the shop, or for both.', { exact: true })).toBeVisible()
  await expectAccessible(page)
  await form.getByRole('button', { name: 'I like it', exact: true }).press('Space')
  await form.getByRole('button', { name: 'Not good', exact: true }).press('Enter')
  await expect(form.getByRole('button', { name: 'Not good', exact: true })).toHaveAttribute('aria-pressed', 'true')
  await form.getByLabel('A few words').fill('It rings.\nIt came late.')
  await form.getByRole('button', { name: 'Save' }).click()
  await expect(form).toHaveCount(0)

  await expect(shop.getByText('0% positive · 1 review', { exact: true })).toBeVisible()
  await expect(item.getByText('100% positive · 1 review', { exact: true })).toBeVisible()
  await expect(seller.page.getByText('1 new in the last 7 days · 1 without an answer', { exact: true })).toBeVisible()
  const shown = shop.getByRole('region', { name: heading(name), exact: true }).getByRole('listitem')
  await expect(shown).toContainText('Ada L.')
  await expect(shown).toContainText('It rings.\nIt came late.', { useInnerText: true })
  await expect(shop.getByText('Lovelace')).toHaveCount(0)

  await seller.page.goto('/sell/reviews')
  await seller.page.getByRole('button', { name: 'Answer', exact: true }).click()
  await seller.page.getByLabel('What do you want to say?').fill('The post was on strike.')
  await seller.page.getByRole('button', { name: 'Answer', exact: true }).click()
  await expect(item.getByText('The post was on strike.', { exact: true })).toBeVisible()
  await expectAccessible(seller.page)

  await page.getByRole('button', { name: 'Change', exact: true }).click()
  await page.getByRole('button', { name: 'Good', exact: true }).click()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(shop.getByText('100% positive · 1 review', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Take back', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Leave feedback', exact: true })).toBeVisible()
  for (const other of [shop, item]) {
    await expect(other.getByText('No reviews yet', { exact: true }).first()).toBeVisible()
    expect(await other.evaluate(() => 'stayed' in window)).toBe(true)
    await expectAccessible(other)
  }
})

const HOSTILE = [
  '<script>window.hurt = 1</script>',
  '<img src=x onerror="window.hurt = 1">',
  '"><svg onload=window.hurt=1>',
  "'-window.hurt=1-'",
  'javascript:window.hurt=1',
  '</script><script>window.hurt=1</script>',
  '{{constructor.constructor("window.hurt=1")()}}',
  '<iframe srcdoc="<script>parent.hurt=1</script>"></iframe>',
]

test('whatever is written is shown as it was written, and runs nowhere', async ({
  newMember,
  newVisitor,
  database,
}) => {
  const [seller, buyer] = await Promise.all([newMember(), newMember()])
  const { handle, product } = await openStall(seller, HOSTILE.length)
  await database.run(sql`update app_user set name = '<b>Ada</b> <i>L' where handle = ${buyer.handle}`)
  for (const text of HOSTILE) {
    const number = await buy(buyer, product, 1)
    await deliver(seller, buyer, number)
    await say(buyer, number, text)
  }
  const { page } = await newVisitor()
  for (const [reader, path] of [
    [page, `/shops/${handle}`],
    [page, `/products/${product.slug}`],
    [seller.page, '/sell/reviews'],
    [seller.page, '/sell'],
  ] as const) {
    await reader.goto(path)
    const texts = path === '/sell' ? HOSTILE.slice(-3) : HOSTILE
    for (const text of texts) await expect(reader.getByText(text, { exact: true }), path).toBeVisible()
    await expect(reader.getByText('<b>Ada</b> <.', { exact: true }).first()).toBeVisible()
    expect(await reader.evaluate(() => 'hurt' in window), path).toBe(false)
  }
})

test('long lists go on where they ended, and what is new comes on top of what was opened', async ({
  newMember,
  newVisitor,
}) => {
  const [seller, buyer] = await Promise.all([newMember(), newMember()])
  const { handle, product } = await openStall(seller, 13)
  const leave = async (text: string, { number }: { number: string }) => {
    await deliver(seller, buyer, number)
    await say(buyer, number, text)
  }
  const bought = async (of: Listed) => ({ number: await buy(buyer, of, 1) })
  for (let each = 1; each <= 12; each++) await leave(`Review number ${each}.`, await bought(product))
  const { page } = await newVisitor()
  await page.goto(`/shops/${handle}`)
  await expect(page.getByText('Review number 3.', { exact: true })).toBeVisible()
  await expect(page.getByText('Review number 2.', { exact: true })).toHaveCount(0)
  await page.getByRole('button', { name: 'Show older reviews' }).click()
  await expect(page.getByText('Review number 1.', { exact: true })).toBeVisible()
  await leave('Review number 13.', await bought(product))
  await expect(page.getByText('Review number 13.', { exact: true })).toBeVisible()
  await expect(page.getByText('Review number 2.', { exact: true })).toBeVisible()
})
