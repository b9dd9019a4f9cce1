import type { Page } from '@playwright/test'
import { call } from '#lib/api/client'
import { watchPace } from '../scripts/test-pace.ts'
import { expect, expectAccessible, test, unique, type Member } from './fixtures.ts'
import { buy, listProduct, type Listed } from './market.ts'

async function hold(buyer: Member, { variantId }: Listed, quantity: number): Promise<void> {
  const answer = await call(buyer.api.cart.lines[':variantId'].$put({ param: { variantId }, json: { quantity } }))
  expect(answer, 'a hold').toMatchObject({ ok: true })
}

/** A tab of a browser without a screen is never hidden, so the page is told that it is. */
async function setHidden(page: Page, isHidden: boolean): Promise<void> {
  await page.evaluate((hidden) => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden })
    Object.defineProperty(document, 'visibilityState', {
      configurable: true,
      get: () => (hidden ? 'hidden' : 'visible'),
    })
    document.dispatchEvent(new Event('visibilitychange'))
  }, isHidden)
}

/** The live connections a page opens, and the rooms it hears by what it asked for and was answered. */
function listenIn(page: Page) {
  const connections = { count: 0 }
  const rooms = new Set<string>()
  page.on('websocket', (socket) => {
    if (!socket.url().includes('/socket.io/')) return
    connections.count += 1
    const asked = new Map<string, readonly string[]>()
    socket.on('framesent', ({ payload }) => {
      const [, number = '', name, wishes = ''] = /^42(\d*)\["(\w+)",(.*)\]$/.exec(payload.toString()) ?? []
      if (name === 'subscribe')
        asked.set(
          number,
          (JSON.parse(wishes) as { room: string }[]).map(({ room }) => room),
        )
      if (name === 'unsubscribe') for (const room of JSON.parse(wishes) as string[]) rooms.delete(room)
    })
    socket.on('framereceived', ({ payload }) => {
      const [, number = ''] = /^43(\d+)\[/.exec(payload.toString()) ?? []
      for (const room of asked.get(number) ?? []) rooms.add(room)
    })
  })
  return { connections, rooms }
}

test('only the cards on the screen are listened to, over one connection of the tab', async ({ newVisitor }) => {
  const { page } = await newVisitor()
  const { connections, rooms } = listenIn(page)
  await page.goto('/search')
  const cards = page.getByRole('article')
  await expect.poll(() => rooms.size).toBeGreaterThan(2)
  const atTop = [...rooms]
  expect(atTop.length).toBeLessThan(await cards.count())

  await cards.last().scrollIntoViewIfNeeded()
  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight))
  await expect.poll(() => rooms.has(atTop[0] ?? ''), 'left when it was out of sight for a while').toBe(false)
  await expect.poll(() => [...rooms].some((room) => !atTop.includes(room))).toBe(true)

  await cards.last().getByRole('link').click()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect.poll(() => [...rooms].filter((room) => room.startsWith('product:')).length).toBeGreaterThan(0)
  expect(connections.count).toBe(1)
})

test('the title of a hidden tab counts the hold down, and is its own again when the tab is shown', async ({
  newMember,
  newVisitor,
}) => {
  const [seller, { page }] = [await newMember(), await newVisitor()]
  const product = await listProduct(seller, { quantity: 2 })
  await page.goto(`/products/${product.slug}`)
  await page.getByRole('button', { name: 'Add to cart' }).click()
  await expect(page.getByRole('main').getByText('1 in your cart', { exact: true })).toBeVisible()
  const own = await page.title()

  await setHidden(page, true)
  await expect(page).toHaveTitle(/^9:\d\d · Cart$/)
  const first = await page.title()
  await expect(page).not.toHaveTitle(first)
  await expect(page).toHaveTitle(/^9:\d\d · Cart$/)
  await setHidden(page, false)
  await expect(page).toHaveTitle(own)
})

test('the title of a hidden tab tells of an offer before anything else', async ({ newMember }) => {
  const [seller, holder, waiter] = [await newMember(), await newMember(), await newMember()]
  const product = await listProduct(seller, { quantity: 1 })
  await hold(holder, product, 1)
  const { variantId } = product
  const join = waiter.api.waitlist[':variantId'].$put({ param: { variantId }, json: { quantity: 1 } })
  expect(await call(join)).toMatchObject({ ok: true })
  const { rooms } = listenIn(waiter.page)
  await waiter.page.goto('/')
  const own = await waiter.page.title()
  await expect.poll(() => [...rooms].some((room) => room.startsWith('user:'))).toBe(true)
  await setHidden(waiter.page, true)
  await hold(holder, product, 0)
  await expect(waiter.page).toHaveTitle(/^Offer [12]:\d\d$/)
  await setHidden(waiter.page, false)
  await expect(waiter.page).toHaveTitle(own)
})

test("a cart's line follows what others hold and buy, and so does one that is no longer held", async ({
  newMember,
}) => {
  const [seller, viewer, other] = [await newMember(), await newMember(), await newMember()]
  const product = await listProduct(seller, { quantity: 4 })
  await hold(viewer, product, 1)
  await viewer.page.goto('/cart')
  const line = viewer.page.getByRole('listitem').filter({ hasText: product.title })
  await expect(line.getByText('3 more in the shop', { exact: true })).toBeVisible()
  await hold(other, product, 3)
  await expect(line.getByText('No more free · 3 in other carts, may come back', { exact: true })).toBeVisible()
  await buy(other, product, 3)
  await expect(line.getByText('No more free', { exact: true })).toBeVisible()
  await expectAccessible(viewer.page)
})

test('the dashboard tells who looks and what carts hold as it is this second', async ({ newMember, newVisitor }) => {
  const [seller, buyer, { page }] = [await newMember(), await newMember(), await newVisitor()]
  const product = await listProduct(seller, { quantity: 9 })
  await seller.page.goto('/sell')
  const figure = (term: string) =>
    seller.page
      .locator('dl > div')
      .filter({ has: seller.page.getByText(term, { exact: true }) })
      .locator('dd')
  await expect(figure('looking now')).toHaveText('0')
  await expect(figure('in carts now')).toHaveText('0')

  await page.goto(`/products/${product.slug}`)
  await expect(figure('looking now')).toHaveText('1')
  await hold(buyer, product, 2)
  await expect(figure('in carts now')).toHaveText('2')
  await expect(figure('free to buy')).toHaveText('7')
  await page.goto('about:blank')
  await expect(figure('looking now')).toHaveText('0')
})

test('anywhere in the shop a seller hears of sales and of what runs low, one message of each kind at a time', async ({
  newMember,
}) => {
  const [seller, buyer] = [await newMember(), await newMember()]
  const [lamp, rug] = [
    await listProduct(seller, { quantity: 7, title: unique('Lamp') }),
    await listProduct(seller, { quantity: 9, title: unique('Rug') }),
  ]
  const { rooms } = listenIn(seller.page)
  await seller.page.goto('/sell/shipping')
  await expect.poll(() => [...rooms].some((room) => room.startsWith('seller:'))).toBe(true)
  const toasts = seller.page.locator('[data-sonner-toast]')

  await buy(buyer, lamp, 3)
  await expect(toasts.getByText(`Only 4 left to buy: ${lamp.title}`, { exact: true })).toBeVisible()
  await expect(toasts.getByText(`Sold: 3 × ${lamp.title}`, { exact: true })).toBeVisible()
  await expect(seller.page.locator('section[aria-live="polite"]').filter({ has: toasts })).toHaveCount(1)

  await buy(buyer, rug, 8)
  await expect(toasts.getByText(`Only 1 left to buy: ${rug.title}`, { exact: true })).toBeVisible()
  await expect(toasts.getByText(`Sold: 8 × ${rug.title}`, { exact: true })).toBeVisible()
  await expect(toasts).toHaveCount(2)

  await toasts.getByRole('button', { name: 'Look' }).click()
  await expect(seller.page).toHaveURL(`/sell/products/${rug.productId}`)
})

test('a drop opens in every browser at the same moment of the server, also where the clock is wrong', async ({
  newMember,
  newVisitor,
}) => {
  const [seller, ahead, exact] = [await newMember(), (await newVisitor()).page, (await newVisitor()).page]
  const pace = watchPace()
  // Room for two pages to be there before, also on a busy machine.
  const opensAt = Date.now() + 30_000
  const product = await listProduct(seller, { quantity: 5, opensAt: new Date(opensAt).toISOString() })
  await ahead.addInitScript(() => {
    const shiftMs = 3 * 3_600_000
    const { Date: Real } = globalThis
    globalThis.Date = class extends Real {
      constructor(...args: []) {
        if (args.length === 0) super(Real.now() + shiftMs)
        else super(...args)
      }
      static override now = () => Real.now() + shiftMs
    } as DateConstructor
  })
  const opened = await Promise.all(
    [ahead, exact].map(async (page) => {
      await page.goto(`/products/${product.slug}`)
      await expect(page.getByRole('button', { name: 'Not open yet' })).toBeDisabled()
      await page.evaluate(() => Object.assign(window, { stayed: true }))
      return page
    }),
  )
  expect(Date.now(), 'the pages were there before').toBeLessThan(opensAt)
  const moments = await Promise.all(
    opened.map(async (page) => {
      // Frame by frame, and by a clock that is not the one that was set wrong.
      const moment = await page.waitForFunction(() => {
        const button = [...document.querySelectorAll('button')].find((each) => each.textContent === 'Add to cart')
        return button && !button.disabled && performance.timeOrigin + performance.now()
      })
      return Number(await moment.jsonValue())
    }),
  )
  // Never before, however slow the machine: the two clocks of a browser that the moments are told by differ by a few milliseconds.
  expect(Math.min(...moments)).toBeGreaterThanOrEqual(opensAt - 50)
  expect(Math.max(...moments) - Math.min(...moments)).toBeLessThan(1_000 * pace())
  await ahead.getByRole('button', { name: 'Add to cart' }).click()
  await expect(ahead.getByRole('main').getByText('1 in your cart', { exact: true })).toBeVisible()
  expect(await exact.evaluate(() => 'stayed' in window)).toBe(true)
})

test('a drop tells how much of it is claimed, what is sold included, as it happens', async ({
  newMember,
  newVisitor,
}) => {
  const [seller, buyer, other, { page }] = [await newMember(), await newMember(), await newMember(), await newVisitor()]
  const opensAt = new Date(Date.now() + 3_000).toISOString()
  const product = await listProduct(seller, { quantity: 8, opensAt, title: unique('Drop') })
  await expect.poll(() => Date.parse(opensAt) < Date.now()).toBe(true)
  await buy(buyer, product, 2)
  await page.goto('/')
  // Drops stand above the lists that it is in too. It is listened to, and has its bar, once it is on the screen.
  const card = page.getByRole('article').filter({ hasText: product.title }).first()
  await card.scrollIntoViewIfNeeded()
  await expect(card.getByText('2 of 8 claimed', { exact: true })).toBeVisible()
  await hold(other, product, 3)
  await expect(card.getByText('5 of 8 claimed', { exact: true })).toBeVisible()
  await expect(card.getByText('3 left', { exact: true })).toBeVisible()
  await expect(card.getByRole('progressbar', { name: 'Pieces claimed' })).toHaveAttribute('aria-valuenow', '5')
})
