import type { Page } from '@playwright/test'
import { call } from '#lib/api/client'
import { sql, type Db } from '#lib/db'
import { expect, expectAccessible, expectWithin, test, unique, type Member } from './fixtures.ts'
import { listProduct, stockOf, type Listed } from './market.ts'

async function setLine(member: Member, { variantId }: Listed, quantity: number): Promise<void> {
  const put = member.api.cart.lines[':variantId'].$put({ param: { variantId }, json: { quantity } })
  expect(await call(put), 'the holder’s line').toMatchObject({ ok: true })
}

async function join(member: Member, { variantId }: Listed): Promise<void> {
  const put = member.api.waitlist[':variantId'].$put({ param: { variantId }, json: { quantity: 1 } })
  expect(await call(put), 'a place').toMatchObject({ ok: true })
}

/** Its two minutes are nearly over, with time to load a page. */
async function shortenOffer(database: Db, { variantId }: Listed): Promise<void> {
  await database.run(sql`
    update waitlist_entry
    set offered_until = clock_timestamp() + interval '9 seconds'
    where variant_id = ${variantId} and offered > 0`)
}

/** The page must not have been loaded anew. */
async function markPage(page: Page): Promise<() => Promise<void>> {
  await page.evaluate(() => Object.assign(window, { stayed: true }))
  return async () => expect(await page.evaluate(() => 'stayed' in window)).toBe(true)
}

function status(page: Page, text: string | RegExp) {
  return page.getByRole('main').getByRole('status').getByText(text)
}

test('who waits is offered what comes back, in the order of the line, and takes it with one click', async ({
  newMember,
}) => {
  const [seller, holder, first, second] = await Promise.all([newMember(), newMember(), newMember(), newMember()])
  const product = await listProduct(seller, { quantity: 1, title: unique('Inlaid chessboard') })
  await setLine(holder, product, 1)
  await first.page.goto(`/products/${product.slug}`)
  await second.page.goto(`/products/${product.slug}`)
  await expect(status(first.page, 'Sold out · 1 in carts, may come back')).toBeVisible()
  await expect(status(first.page, 'Nobody waits yet')).toBeVisible()

  await first.page.getByRole('button', { name: 'Join the waitlist' }).click()
  await expect(status(first.page, 'You are next')).toBeVisible()
  // The other one sees the line grow, and joins behind.
  await expect(status(second.page, '1 buyer waits')).toBeVisible()
  await second.page.getByRole('button', { name: 'Join the waitlist' }).click()
  await expect(status(second.page, '1 buyer waits before you')).toBeVisible()
  await expect(first.page.getByText('2 buyers wait.')).toBeVisible()

  const stayed = [await markPage(first.page), await markPage(second.page)]
  await setLine(holder, product, 0)
  const setAside = first.page.getByRole('main').getByText('1 piece is set aside for you')
  await expectWithin(2_000, () => expect(setAside).toBeVisible())
  // Said once: the notice over the page is for those who look elsewhere.
  await expect(first.page.getByText(/Yours for [12]:\d\d/)).toHaveCount(1)
  await expect(status(second.page, 'You are next')).toBeVisible()
  await expectAccessible(first.page)

  await first.page.getByRole('main').getByRole('button', { name: 'Put in cart' }).click()
  await expect(first.page.getByText('1 in your cart')).toBeVisible()
  await expect(first.page.getByRole('link', { name: 'Cart, 1 piece' })).toBeVisible()
  await expect(status(second.page, 'You are next')).toBeVisible()
  for (const check of stayed) await check()
  expect(await stockOf(seller, product.variantId)).toMatchObject({ onHand: 1, available: 0, waiting: 1 })
})

test('an offer is seen on any page, can be let go, and goes to the next in line', async ({ newMember }) => {
  const [seller, holder, first, second] = await Promise.all([newMember(), newMember(), newMember(), newMember()])
  const product = await listProduct(seller, { quantity: 1, title: unique('Walnut stool') })
  await setLine(holder, product, 1)
  await join(first, product)
  await join(second, product)
  await first.page.goto('/')
  await second.page.goto('/cart')
  const row = second.page.getByRole('region', { name: 'Waiting for' }).getByRole('listitem')
  await expect(row.getByText('1 buyer waits before you')).toBeVisible()

  await setLine(holder, product, 0)
  const notice = first.page.getByRole('group', { name: 'Set aside for you' })
  const said = notice.getByText(`1 piece of ${product.title} is set aside for you`)
  await expectWithin(2_000, () => expect(said).toBeVisible())
  await expectAccessible(first.page)
  // With the keyboard alone: the notice is what comes after the header.
  await notice.getByRole('button', { name: `No, thanks to ${product.title}` }).focus()
  await first.page.keyboard.press('Enter')
  await expect(notice.getByRole('button')).toHaveCount(0)
  await expect(notice).toBeFocused()

  await expectWithin(2_000, () => expect(row.getByText('1 piece is set aside for you')).toBeVisible())
  await expectAccessible(second.page)
  await row.getByRole('button', { name: `Put in cart ${product.title}` }).click()
  await expect(second.page.getByRole('region', { name: 'Lines' }).getByText(/Held for you for/)).toBeVisible()
  await expect(row).toBeHidden()
})

test('an offer that is made before the page hears of any is seen as soon as it does', async ({ newMember }) => {
  const [seller, holder, buyer] = await Promise.all([newMember(), newMember(), newMember()])
  const product = await listProduct(seller, { quantity: 1, title: unique('Reed basket') })
  await setLine(holder, product, 1)
  await join(buyer, product)
  const { promise: isLetIn, resolve: letIn } = Promise.withResolvers<undefined>()
  await buyer.page.routeWebSocket(/socket\.io/, async (socket) => {
    await isLetIn
    socket.connectToServer()
  })
  const places = buyer.page.waitForResponse(/\/api\/v1\/waitlist$/)
  await buyer.page.goto('/')
  await places
  await setLine(holder, product, 0)
  letIn(undefined)
  const notice = buyer.page.getByRole('group', { name: 'Set aside for you' })
  await expect(notice.getByText(`1 piece of ${product.title} is set aside for you`)).toBeVisible()
})

test('an offer that is made while the places are on their way is seen as soon as it is told', async ({ newMember }) => {
  const [seller, holder, buyer] = await Promise.all([newMember(), newMember(), newMember()])
  const product = await listProduct(seller, { quantity: 1, title: unique('Felt slipper') })
  await setLine(holder, product, 1)
  await join(buyer, product)
  const { promise: isTold, resolve: tell } = Promise.withResolvers<undefined>()
  buyer.page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => {
      if (payload.includes('"place"')) tell(undefined)
    })
  })
  // As they are before the offer; the second answer is asked for because the room is heard.
  let onTheirWay = 0
  await buyer.page.route(/\/api\/v1\/waitlist$/, async (route) => {
    const response = await route.fetch()
    onTheirWay += 1
    await isTold
    await route.fulfill({ response })
  })
  await buyer.page.goto('/')
  await expect.poll(() => onTheirWay).toBe(2)
  await setLine(holder, product, 0)
  const notice = buyer.page.getByRole('group', { name: 'Set aside for you' })
  await expect(notice.getByText(`1 piece of ${product.title} is set aside for you`)).toBeVisible()
})

test('an offer that was not taken says that it passed on, and how to wait again', async ({ database, newMember }) => {
  const [seller, holder, first, second] = await Promise.all([newMember(), newMember(), newMember(), newMember()])
  const product = await listProduct(seller, { quantity: 1, title: unique('Glass bead') })
  await setLine(holder, product, 1)
  await join(first, product)
  await join(second, product)
  await setLine(holder, product, 0)
  await shortenOffer(database, product)
  await first.page.goto(`/products/${product.slug}`)
  await expect(first.page.getByRole('main').getByText(/Yours for 0:0\d/)).toBeVisible()

  await expect(status(first.page, 'Your time was over, so the offer passed on')).toBeVisible()
  await first.page.getByRole('button', { name: 'Join again' }).click()
  await expect(status(first.page, 'You are next')).toBeVisible()
})

test('a visitor is sent to sign in, and comes back to the same version', async ({ newMember, newVisitor }) => {
  const [seller, holder, buyer, { page }] = await Promise.all([newMember(), newMember(), newMember(), newVisitor()])
  const product = await listProduct(seller, { quantity: 1 })
  await setLine(holder, product, 1)
  await page.goto(`/products/${product.slug}`)
  await expect(page.getByText('Joining the waitlist needs signing in.')).toBeVisible()
  await page.getByRole('link', { name: 'Sign in to wait' }).click()
  await page.getByLabel('Handle or e-mail').fill(buyer.email)
  await page.getByLabel('Password').fill(buyer.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page).toHaveURL(new RegExp(`/products/${product.slug}\\?variant=${product.variantId}`))
  await page.getByRole('button', { name: 'Join the waitlist' }).click()
  await expect(status(page, 'You are next')).toBeVisible()
  await page.getByRole('button', { name: 'Leave the waitlist' }).click()
  await expect(status(page, 'Nobody waits yet')).toBeVisible()
})

test('nothing moves when the line grows, and who wants more than is free waits for all of it', async ({
  newMember,
}) => {
  const [seller, holder, buyer, other] = await Promise.all([newMember(), newMember(), newMember(), newMember()])
  const product = await listProduct(seller, { quantity: 3, title: unique('Clay cup') })
  await setLine(holder, product, 2)
  const { page } = buyer
  await page.setViewportSize({ width: 360, height: 740 })
  await page.goto(`/products/${product.slug}`)
  await expect(status(page, 'Only 1 left')).toBeVisible()
  const shop = page.getByRole('main').getByRole('link', { name: /^Shop-/ })
  const before = await shop.boundingBox()
  await setLine(holder, product, 3)
  await expect(status(page, 'Nobody waits yet')).toBeVisible()
  await join(other, product)
  await expect(status(page, '1 buyer waits')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Join the waitlist' })).toBeEnabled()
  expect(await shop.boundingBox()).toEqual(before)

  await setLine(holder, product, 1)
  await call(other.api.waitlist[':variantId'].$delete({ param: { variantId: product.variantId } }))
  await expect(status(page, 'Only 2 left')).toBeVisible()
  const oneMore = page.getByRole('button', { name: `One more of ${product.title}` })
  await oneMore.click()
  await oneMore.click()
  await expect(page.getByText('Only 2 are free. Wait for all 3?')).toBeVisible()
  await page.getByRole('button', { name: 'Join the waitlist for 3 pieces' }).click()
  // What is there is offered at once; the rest is waited for.
  await expect(page.getByRole('main').getByText('2 pieces are set aside for you')).toBeVisible()
  await expect(page.getByText('You wait for 1 more besides.')).toBeVisible()
})
