import { afterEach, expect, test } from 'vitest'
import { db, sql, violatedConstraint } from '#lib/db'
import { newId, newSecret } from '#lib/ids'
import { cancel, refund } from '#lib/orders/commands/refund'
import { useTestDatabase } from '../../scripts/test-database.ts'
import { makeMember, makeSeller } from '../../scripts/test-market.ts'
import { deliver, makePaidPart, makeReceivedPart, type TestPart } from '../../scripts/test-orders.ts'
import { answer, hide, review, takeBack } from './commands.ts'
import {
  auditReviews,
  getOrderReviews,
  getSellerRating,
  listMarketReviews,
  listOwnReviews,
  listProductReviews,
  listReviewsOfOrder,
  listShopReviews,
  listUnreviewed,
} from './queries.ts'

await useTestDatabase()

afterEach(async () => expect((await auditReviews()).breaches).toEqual([]))

const UP = { item: 'up', seller: 'up', text: '' } as const
const DOWN = { item: 'down', seller: 'down', text: 'It came\nin pieces.' } as const
const page = { limit: 20 }

function lineOf(part: TestPart, index = 0) {
  return { number: part.number, lineId: part.lines[index]?.id ?? '', buyerId: part.buyer.userId }
}

async function productOf(part: TestPart): Promise<string> {
  const [row] = await db.run(sql<{ slug: string }>`
    select product.slug
    from order_line
    join product on product.id = order_line.product_id
    where order_line.id = ${lineOf(part).lineId}`)
  return row?.slug ?? ''
}

async function handleOf({ seller }: TestPart): Promise<string> {
  const [row] = await db.run(sql<{ handle: string }>`select handle from seller where id = ${seller.sellerId}`)
  return row?.handle ?? ''
}

async function ratingsOf(part: TestPart) {
  const product = await listProductReviews(await productOf(part), page)
  const { up, down } = await getSellerRating(part.seller.sellerId)
  return { item: [product?.rating.up, product?.rating.down], shop: [up, down] }
}

async function idOf(part: TestPart): Promise<string> {
  const { items } = await listOwnReviews(part.seller.sellerId, page)
  return items[0]?.id ?? ''
}

const refusedBy = (write: Promise<unknown>) => write.then(() => undefined, violatedConstraint)

const refundAll = (part: TestPart) =>
  refund({
    sellerOrderId: part.id,
    actor: part.seller,
    lines: null,
    isReturned: false,
    reason: '',
    key: { userId: part.seller.userId, route: 'refund', key: newSecret() },
  })

test('a shop reads with an order what is said of that one, and of nobody else’s', async () => {
  const part = await makeReceivedPart({ quantities: [1, 1] })
  const [later, other] = [await makeReceivedPart({ seller: part.seller }), await makeReceivedPart()]
  for (const line of [lineOf(part), lineOf(part, 1), lineOf(later), lineOf(other)]) await review(line, UP)
  const of = async (each: TestPart) =>
    (await listReviewsOfOrder(part.seller.sellerId, each.id)).map((said) => said.number)
  expect(await of(part)).toEqual([part.number, part.number])
  expect(await of(later)).toEqual([later.number])
  expect(await of(other)).toEqual([])
})

test('a review is changed, and taken back, and both ratings follow each time', async () => {
  const part = await makeReceivedPart()
  const line = lineOf(part)
  expect(await review(line, UP)).toEqual({ ok: true, value: null })
  expect(await ratingsOf(part)).toEqual({ item: [1, 0], shop: [1, 0] })
  await review(line, DOWN)
  expect(await ratingsOf(part)).toEqual({ item: [0, 1], shop: [0, 1] })
  await review(line, { ...DOWN, item: null })
  expect(await ratingsOf(part)).toEqual({ item: [0, 0], shop: [0, 1] })
  expect(await takeBack(line)).toEqual({ ok: true, value: null })
  expect(await ratingsOf(part)).toEqual({ item: [0, 0], shop: [0, 0] })
  expect(await takeBack(line)).toEqual({ ok: true, value: null })
})

test('the same said once more changes nothing, not even the version', async () => {
  const part = await makeReceivedPart()
  await review(lineOf(part), DOWN)
  const before = await getSellerRating(part.seller.sellerId)
  await review(lineOf(part), DOWN)
  expect(await getSellerRating(part.seller.sellerId)).toEqual(before)
  expect((await getOrderReviews(part.buyer.userId, part.number))?.lines[0]?.review?.editedAt).toBe(null)
  await review(lineOf(part), UP)
  expect((await getSellerRating(part.seller.sellerId)).version).toBe(before.version + 1)
})

test('only whoever received the line reviews it: nobody before that, no stranger, not under another number', async () => {
  const part = await makePaidPart()
  const line = lineOf(part)
  const refused = (code: string) => ({ ok: false, refusal: { code } })
  expect(await review(line, UP)).toMatchObject(refused('not-received'))
  await deliver(part)
  const stranger = await makeMember()
  const other = await makeReceivedPart()
  for (const asked of [
    { ...line, buyerId: stranger.userId },
    { ...line, buyerId: part.seller.userId },
    { ...line, number: other.number },
    { ...lineOf(other), buyerId: part.buyer.userId },
    { ...line, lineId: newId() },
  ]) {
    expect(await review(asked, UP)).toMatchObject(refused('not-found'))
    expect(await takeBack(asked)).toMatchObject(refused('not-found'))
  }
  expect(await getOrderReviews(stranger.userId, part.number)).toBe(null)
  expect(await listUnreviewed(part.buyer.userId, [part.number])).toEqual(new Set([part.number]))
  expect(await review(line, UP)).toMatchObject({ ok: true })
  expect(await listUnreviewed(part.buyer.userId, [part.number])).toEqual(new Set())
})

test('what was called off, or paid back whole before it was reviewed, is not reviewed', async () => {
  const off = await makePaidPart()
  await cancel({
    sellerOrderId: off.id,
    actor: off.seller,
    reason: '',
    key: { userId: off.seller.userId, route: 'cancel', key: newSecret() },
  })
  expect(await review(lineOf(off), UP)).toMatchObject({ refusal: { code: 'not-received' } })
  const back = await makeReceivedPart()
  await refundAll(back)
  expect(await review(lineOf(back), UP)).toMatchObject({ refusal: { code: 'given-back' } })
  expect((await getOrderReviews(back.buyer.userId, back.number))?.lines).toMatchObject([{ canReview: false }])
})

test('what was said before a refund stays, and is still its buyer’s to change', async () => {
  const part = await makeReceivedPart()
  await review(lineOf(part), UP)
  await refundAll(part)
  expect(await review(lineOf(part), DOWN)).toMatchObject({ ok: true })
  expect(await ratingsOf(part)).toEqual({ item: [0, 1], shop: [0, 1] })
})

test('nobody reads more of a buyer than a first name and a letter', async () => {
  const part = await makeReceivedPart()
  await db.run(sql`update app_user set name = 'Ada Lovelace' where id = ${part.buyer.userId}`)
  await review(lineOf(part), DOWN)
  const shown = await listShopReviews(await handleOf(part), page)
  expect(shown?.items).toMatchObject([{ by: 'Ada L.', item: 'down', seller: 'down', text: DOWN.text }])
  const [buyer] = await db.run(
    sql<{ email: string; handle: string }>`select email, handle from app_user where id = ${part.buyer.userId}`,
  )
  const all = JSON.stringify([shown, await listProductReviews(await productOf(part), page)])
  for (const secret of ['Lovelace', buyer?.email, buyer?.handle, part.buyer.userId, part.number]) {
    expect(all).not.toContain(secret)
  }
})

test('pages go on where the last one ended, newest first, and nothing is twice or left out', async () => {
  const seller = await makeSeller()
  const parts = []
  for (let each = 0; each < 5; each++) parts.push(await makeReceivedPart({ seller, quantities: [1] }))
  for (const part of parts) await review(lineOf(part), { ...UP, text: part.number })
  const handle = await handleOf(parts[0] as TestPart)
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const shown = await listShopReviews(handle, { limit: 2, cursor })
    seen.push(...(shown?.items ?? []).map(({ text }) => text))
    cursor = shown?.nextCursor ?? undefined
  } while (cursor)
  expect(seen).toEqual(parts.map(({ number }) => number).toReversed())
})

test('a shop answers a review of its own, and no other', async () => {
  const part = await makeReceivedPart()
  await review(lineOf(part), DOWN)
  const ask = { reviewId: await idOf(part), sellerId: part.seller.sellerId, text: 'We are sorry.' }
  const other = await makeSeller()
  expect(await answer({ ...ask, sellerId: other.sellerId })).toMatchObject({ refusal: { code: 'not-found' } })
  const { version } = await getSellerRating(part.seller.sellerId)
  expect(await answer(ask)).toMatchObject({ ok: true })
  expect((await getSellerRating(part.seller.sellerId)).version).toBe(version + 1)
  const shown = await listProductReviews(await productOf(part), page)
  expect(shown?.items[0]?.answer?.text).toBe('We are sorry.')
  await answer({ ...ask, text: null })
  expect((await listProductReviews(await productOf(part), page))?.items[0]?.answer).toBe(null)
})

test('a hidden review is read by its buyer and its shop, with the reason, by nobody else, and does not count', async () => {
  const part = await makeReceivedPart()
  const { userId: operatorId } = await makeMember()
  await review(lineOf(part), DOWN)
  const ask = { reviewId: await idOf(part), operatorId, reason: 'It names the postman.' }
  expect(await hide(ask)).toMatchObject({ ok: true })
  expect(await hide(ask)).toMatchObject({ ok: true })
  expect(await ratingsOf(part)).toEqual({ item: [0, 0], shop: [0, 0] })
  expect((await listProductReviews(await productOf(part), page))?.items).toEqual([])
  expect((await listShopReviews(await handleOf(part), page))?.items).toEqual([])
  expect((await listOwnReviews(part.seller.sellerId, page)).items).toMatchObject([{ hidden: { reason: ask.reason } }])
  const [newest] = (await listMarketReviews({ limit: 1 })).items
  const shop = { handle: await handleOf(part) }
  expect(newest).toMatchObject({ id: ask.reviewId, shop, hidden: { reason: ask.reason } })
  const lines = (await getOrderReviews(part.buyer.userId, part.number))?.lines
  expect(lines).toMatchObject([{ canReview: false, review: { hidden: { reason: ask.reason } } }])
  expect(await review(lineOf(part), UP)).toMatchObject({ refusal: { code: 'review-hidden' } })
  expect(await takeBack(lineOf(part))).toMatchObject({ refusal: { code: 'review-hidden' } })
  const said = { reviewId: ask.reviewId, sellerId: part.seller.sellerId, text: 'But' }
  expect(await answer(said)).toMatchObject({ refusal: { code: 'not-found' } })
  await hide({ ...ask, reason: null })
  expect(await ratingsOf(part)).toEqual({ item: [0, 1], shop: [0, 1] })
})

test('the database itself takes no review of what its buyer did not receive, and none that moves', async () => {
  const [paid, received] = [await makePaidPart(), await makeReceivedPart({ quantities: [1, 1] })]
  const insert = (part: TestPart, over: { buyerId?: string; sellerId?: string; lineId?: string; text?: string } = {}) =>
    refusedBy(
      db.run(sql`
        insert into review (id, line_id, buyer_id, seller_id, product_id, item_thumb, text)
        select ${newId()}, id, ${over.buyerId ?? part.buyer.userId}, ${over.sellerId ?? part.seller.sellerId}, product_id, 'up',
               ${over.text ?? ''}
        from order_line
        where id = ${over.lineId ?? lineOf(part).lineId}`),
    )
  expect(await insert(paid)).toBe('review_received_check')
  expect(await insert(received, { buyerId: paid.buyer.userId })).toBe('review_received_check')
  expect(await insert(received, { sellerId: paid.seller.sellerId })).toBe('review_received_check')
  expect(await insert(received, { text: 'x'.repeat(2_001) })).toBe('review_text_check')
  await review(lineOf(received), UP)
  expect(await insert(received)).toBe('review_line_id_key')
  const lineId = lineOf(received, 1).lineId
  expect(await refusedBy(db.run(sql`update review set line_id = ${lineId}`))).toBe('review_kept_check')
  expect(await refusedBy(db.run(sql`update review set item_thumb = null, seller_thumb = null`))).toBe(
    'review_thumb_check',
  )
  expect(await refusedBy(db.run(sql`update seller_rating set up = up - 5`))).toBe('seller_rating_count_check')
  expect(await refusedBy(db.run(sql`update product_rating set down = -1`))).toBe('product_rating_count_check')
})

test('the audit finds a rating that is not what the reviews come to', async () => {
  const part = await makeReceivedPart()
  await review(lineOf(part), UP)
  const { sellerId } = part.seller
  await db.run(sql`update seller_rating set up = up + 1 where seller_id = ${sellerId}`)
  const found = { what: 'seller-rating', id: sellerId, up: 2, down: 0, expectedUp: 1, expectedDown: 0 }
  expect((await auditReviews()).breaches).toEqual([found])
  await db.run(sql`update seller_rating set up = up - 1 where seller_id = ${sellerId}`)
  await db.run(sql`update product_rating set down = 1 where up = 1 and version = 1`)
  expect((await auditReviews()).breaches.map(({ what }) => what)).toContain('product-rating')
  await db.run(sql`update product_rating set down = 0 where version = 1 and up = 1`)
})
