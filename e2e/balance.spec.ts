import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { call } from '#lib/api/client'
import { sql, type Db } from '#lib/db'
import { expect, expectAccessible, test, unique, type Member } from './fixtures.ts'
import { listProduct, type Listed } from './market.ts'

const CARD = { number: '4242424242424242', name: 'Ada', expiry: '01/40', cvc: '123' }
const ADDRESS = { name: 'Ada', line1: 'Lane 1', line2: '', postalCode: '10115', city: 'Berlin', country: 'DE' }

/** Buys so many pieces, as a program would. */
async function buy(buyer: Member, { variantId }: Listed, quantity: number, expectedTotalCents: string) {
  const held = await call(buyer.api.cart.lines[':variantId'].$put({ param: { variantId }, json: { quantity } }))
  expect(held).toMatchObject({ ok: true })
  const order = await call(
    buyer.api.orders.$post({
      header: { 'idempotency-key': unique('order') },
      json: { address: ADDRESS, card: CARD, expectedTotalCents },
    }),
  )
  if (!order.ok || !('sellerOrders' in order.value)) throw new Error(JSON.stringify(order))
  const [part] = order.value.sellerOrders
  return { number: order.value.number, id: part?.id ?? '' }
}

/** The shop sends it, and the buyer says that it is there. */
async function deliver(seller: Member, buyer: Member, param: { number: string; id: string }): Promise<void> {
  await call(seller.api.seller.orders[':id'].ship.$post({ param, json: {} }))
  await call(buyer.api.orders[':number']['seller-orders'][':id'].receive.$post({ param }))
}

/** The seller order was delivered so long ago that nobody may complain any more. */
const agePast = (database: Db, id: string) =>
  database.run(sql`
    update seller_order
    set shipped_at = shipped_at - interval '30 days', delivered_at = delivered_at - interval '30 days'
    where id = ${id}`)

/** Resolves once the page hears the room: what happened before that, it would not be told. */
const hears = (page: Page, room: string) =>
  new Promise<void>((resolve) => {
    page.on('websocket', (socket) => {
      let isAsked = false
      socket.on('framesent', ({ payload }) => (isAsked ||= payload.toString().includes(`"${room}:`)))
      // Socket.IO's acknowledgement.
      socket.on('framereceived', ({ payload }) => isAsked && payload.toString().startsWith('43') && resolve())
    })
  })

const figure = (page: Page, term: string) => page.locator('dl > div', { hasText: term })

test('a seller sees money come from escrow by itself, reads where it is from, and takes the statement along', async ({
  newMember,
  database,
}) => {
  const [seller, buyer] = [await newMember(), await newMember()]
  // Less than what a payout takes, so that it stays where one can look at it.
  const lamp = await listProduct(seller, { quantity: 5, priceCents: '450', title: unique('=Copper lamp') })
  const { page } = seller
  const joined = hears(page, 'seller')
  await page.goto('/sell/balance')
  await expect(page.getByText('Nothing moved in these days')).toBeVisible()
  await joined
  const order = await buy(buyer, lamp, 2, '900')
  await expect(figure(page, 'In escrow')).toContainText('€8.55')
  await deliver(seller, buyer, order)
  await expect(figure(page, 'In escrow')).toContainText('Next: €8.55')
  await agePast(database, order.id)
  await expect(figure(page, 'Available')).toContainText('€8.55', { timeout: 75_000 })
  const row = page.getByRole('row', { name: order.number })
  await expect(row).toContainText('€9.00')
  await expect(row).toContainText('-€0.45')
  await expect(row.getByRole('link', { name: order.number })).toHaveAttribute('href', `/sell/orders/${order.id}`)
  await expectAccessible(page)

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download as CSV' }).click(),
  ])
  const text = await readFile(await download.path(), 'utf8')
  expect(text).toContain(`,settlement,${order.number},'${lamp.title},9.00,0.45,0.00,8.55,8.55,`)

  // With the next sale there is enough for a payout: it arrives while the page is looked at.
  const more = await buy(buyer, lamp, 3, '1350')
  await deliver(seller, buyer, more)
  await agePast(database, more.id)
  await expect(page.getByText('You were paid out.')).toBeVisible({ timeout: 75_000 })
  await expect(page.getByRole('row', { name: 'Payout' })).toContainText('-€21.37')
  await expect(figure(page, 'Available')).toContainText('€0.00')

  await page.getByLabel('From').fill('2026-01-02')
  await page.getByLabel('To', { exact: true }).fill('2026-01-01')
  await page.getByRole('button', { name: 'Show' }).click()
  await expect(page.getByLabel('To', { exact: true })).toHaveAccessibleDescription(
    /the first day or one of the 365 after it/,
  )
})

test('the buyer and the shop print the invoice, nobody else', async ({ newMember }) => {
  const [seller, buyer, other] = [await newMember(), await newMember(), await newMember()]
  const order = await buy(buyer, await listProduct(seller, { quantity: 1 }), 1, '1250')
  const path = `/api/v1/orders/${order.number}/seller-orders/${order.id}/invoice.pdf`
  const answers = await Promise.all([
    buyer.context.request.get(path),
    seller.context.request.get(`/api/v1/seller/orders/${order.id}/invoice.pdf`),
    other.context.request.get(path),
  ])
  expect(answers.map((answer) => answer.status())).toEqual([200, 200, 404])
  const [bought, sold] = await Promise.all(answers.map((answer) => answer.body()))
  expect(bought?.subarray(0, 5).toString()).toBe('%PDF-')
  expect(sold?.equals(bought ?? Buffer.alloc(0))).toBe(true)
})
