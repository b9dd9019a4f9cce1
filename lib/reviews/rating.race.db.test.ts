import { afterEach, expect, test } from 'vitest'
import { db, sql } from '#lib/db'
import { newSecret } from '#lib/ids'
import { refund } from '#lib/orders/commands/refund'
import { useTestDatabase } from '../../scripts/test-database.ts'
import { makeMember, makeSeller } from '../../scripts/test-market.ts'
import { expectCleanBooks, makeReceivedPart, type TestPart } from '../../scripts/test-orders.ts'
import { makeRandom } from '../../scripts/test-race.ts'
import { hide, review, takeBack } from './commands.ts'
import { auditReviews, getSellerRating, listOwnReviews } from './queries.ts'
import type { Thumb } from './types.ts'

await useTestDatabase()
const random = makeRandom()

afterEach(async () => expect((await auditReviews()).breaches).toEqual([]))

const WRITERS = 50

function lineOf(part: TestPart) {
  return { number: part.number, lineId: part.lines[0]?.id ?? '', buyerId: part.buyer.userId }
}

const thumb = (): Thumb => random.pick(['up', 'down'])

test('fifty buyers at once change their minds again and again, and the shop’s rating is exactly what they ended at', async () => {
  const seller = await makeSeller()
  const parts: TestPart[] = []
  for (let each = 0; each < WRITERS; each++) parts.push(await makeReceivedPart({ seller, quantities: [1] }))
  const last = await Promise.all(
    parts.map(async (part) => {
      let said: Thumb | null = null
      for (let turn = 0; turn < 6; turn++) {
        const isTaken = turn > 0 && random.chance(0.25)
        said = isTaken ? null : thumb()
        const written = isTaken
          ? await takeBack(lineOf(part))
          : await review(lineOf(part), { item: thumb(), seller: said, text: `${turn}` })
        expect(written).toMatchObject({ ok: true })
      }
      return said
    }),
  )
  const of = (wanted: Thumb) => last.filter((said) => said === wanted).length
  expect(await getSellerRating(seller.sellerId)).toMatchObject({ up: of('up'), down: of('down') })
})

test('one buyer in fifty windows leaves one review of a line, and one thumb', async () => {
  const part = await makeReceivedPart()
  const written = await Promise.all(
    Array.from({ length: WRITERS }, (_, each) =>
      review(lineOf(part), { item: thumb(), seller: thumb(), text: `${each}` }),
    ),
  )
  expect(written.every((each) => each.ok)).toBe(true)
  const { items, sellerRating } = await listOwnReviews(part.seller.sellerId, { limit: 20 })
  expect(items).toHaveLength(1)
  expect(sellerRating.up + sellerRating.down).toBe(1)
  expect(sellerRating[items[0]?.seller ?? 'down']).toBe(1)
})

test('a review and the refund of its line come one after the other: it was there first, or it is refused', async () => {
  const seller = await makeSeller()
  const parts: TestPart[] = []
  for (let each = 0; each < 20; each++) parts.push(await makeReceivedPart({ seller, quantities: [1] }))
  const outcomes = await Promise.all(
    parts.map(async (part) => {
      const key = { userId: seller.userId, route: 'refund', key: newSecret() }
      const ask = { sellerOrderId: part.id, actor: part.seller, lines: null, isReturned: false, reason: '', key }
      const isFirst = random.chance(0.5)
      const refunding = isFirst ? null : refund(ask)
      const writing = review(lineOf(part), { item: 'down', seller: 'down', text: '' })
      const [written, given] = await Promise.all([writing, refunding ?? refund(ask)])
      expect(given).toMatchObject({ ok: true })
      if (!written.ok) expect(written.refusal.code).toBe('given-back')
      return written.ok
    }),
  )
  const { down } = await getSellerRating(seller.sellerId)
  expect(down).toBe(outcomes.filter(Boolean).length)
  await expectCleanBooks()
})

test('hiding a review while its buyer changes it leaves it hidden and uncounted, or refused to the buyer', async () => {
  const { userId: operatorId } = await makeMember()
  for (let round = 0; round < 10; round++) {
    const part = await makeReceivedPart({ quantities: [1] })
    await review(lineOf(part), { item: 'up', seller: 'up', text: '' })
    const { items } = await listOwnReviews(part.seller.sellerId, { limit: 1 })
    const [hidden, changed] = await Promise.all([
      hide({ reviewId: items[0]?.id ?? '', operatorId, reason: 'Rude' }),
      review(lineOf(part), { item: 'down', seller: 'down', text: '' }),
    ])
    expect(hidden.ok).toBe(true)
    if (!changed.ok) expect(changed.refusal.code).toBe('review-hidden')
    const [row] = await db.run(
      sql<{
        hidden: boolean
      }>`select hidden_at is not null as hidden from review where line_id = ${lineOf(part).lineId}`,
    )
    expect(row?.hidden).toBe(true)
    expect(await getSellerRating(part.seller.sellerId)).toMatchObject({ up: 0, down: 0 })
  }
})
