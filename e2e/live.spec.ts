import type { Page, WebSocketRoute } from '@playwright/test'
import { call } from '#lib/api/client'
import { sql } from '#lib/db'
import { expect, expectWithin, test, unique, type Member } from './fixtures.ts'
import { listProduct, type Listed } from './market.ts'

// A page that is cut off says so in its console.
test.use({ expectedErrors: [/ERR_INTERNET_DISCONNECTED/] })

async function hold(buyer: Member, { variantId }: Listed, quantity: number): Promise<void> {
  const answer = await call(buyer.api.cart.lines[':variantId'].$put({ param: { variantId }, json: { quantity } }))
  expect(answer, 'a hold').toMatchObject({ ok: true })
}

/** The page's way to the live channel, which the test can cut: a browser's own offline mode spares what is open already. */
async function ownLine(page: Page) {
  const open = new Set<WebSocketRoute>()
  let isCut = false
  await page.routeWebSocket(/socket\.io/, (socket) => {
    if (isCut) return void socket.close()
    socket.connectToServer()
    open.add(socket)
  })
  return {
    cut: () => {
      isCut = true
      for (const socket of open) void socket.close()
      open.clear()
    },
    mend: () => void (isCut = false),
  }
}

function cardOf(page: Page, product: Listed) {
  return page.getByRole('article').filter({ hasText: product.title })
}

test('a card follows every hold, release, restock and expiry of anyone, and nothing moves', async ({
  database,
  newMember,
  newVisitor,
}) => {
  const [seller, buyer, { page }] = [await newMember(), await newMember(), await newVisitor()]
  const product = await listProduct(seller, { quantity: 8, title: unique('Felt slippers') })
  await page.goto(`/search?q=${product.title}`)
  const card = cardOf(page, product)
  await expect(card.getByText('8 left')).toBeVisible()
  const before = await card.boundingBox()

  await hold(buyer, product, 5)
  await expect(card.getByText('Only 3 left')).toBeVisible()
  await hold(buyer, product, 8)
  await expect(card.getByText('Sold out · 8 in carts, may come back')).toBeVisible()
  await hold(buyer, product, 1)
  await expect(card.getByText('7 left')).toBeVisible()
  const { variantId } = product
  const restock = seller.api.stock[':variantId'].adjustments.$post({ param: { variantId }, json: { delta: 10 } })
  expect(await call(restock)).toMatchObject({ ok: true })
  await expect(card.getByText('17 left')).toBeVisible()

  // The buyer's time runs out: nobody asks for the piece, and still the number is back within the sweeper's beat.
  await database.run(sql`update hold set expires_at = clock_timestamp() where variant_id = ${variantId}`)
  await expectWithin(2_000, () => expect(card.getByText('18 left')).toBeVisible())
  expect(await card.boundingBox()).toEqual(before)
})

test('a page that was cut off says so, and catches up when it is back', async ({ newMember, newVisitor }) => {
  const [seller, buyer, visitor] = [await newMember(), await newMember(), await newVisitor()]
  const product = await listProduct(seller, { quantity: 4 })
  const { page, context } = visitor
  const line = await ownLine(page)
  await page.goto(`/products/${product.slug}`)
  await expect(page.getByRole('status').getByText('Only 4 left')).toBeVisible()
  await page.evaluate(() => Object.assign(window, { stayed: true }))

  line.cut()
  await context.setOffline(true)
  await expect(page.getByText('Live updates are off')).toBeVisible()
  await hold(buyer, product, 3)
  await context.setOffline(false)
  line.mend()
  await expect(page.getByRole('status').getByText('Only 1 left')).toBeVisible()
  await expect(page.getByText('Live updates are off')).toBeHidden()
  expect(await page.evaluate(() => 'stayed' in window)).toBe(true)
})
