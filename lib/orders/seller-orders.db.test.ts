import { afterEach, expect, test } from 'vitest'
import { db, sql, transact } from '#lib/db'
import { attachCarrier } from '#lib/live/publish'
import { useTestDatabase } from '../../scripts/test-database.ts'
import { expectCleanBooks, makePaidPart, type TestPart } from '../../scripts/test-orders.ts'
import { closeDispute, dispute } from './commands/dispute.ts'
import { receive, receiveOverdue } from './commands/receive.ts'
import { cancelOverdue, refund } from './commands/refund.ts'
import { settleDue } from './commands/settle.ts'
import { ship } from './commands/ship.ts'
import { getOrder } from './queries.ts'
import { listSellerOrders } from './queries/seller-orders.ts'

await useTestDatabase()

afterEach(expectCleanBooks)

const POST = { carrier: 'Post', trackingNumber: 'RR 123' }
const HOUR = 3_600_000

async function viewOf(part: TestPart) {
  const order = await getOrder(part.number, part.buyer.userId)
  const [view] = order?.sellerOrders ?? []
  if (!view) throw new Error('no view')
  return view
}

/** The clock runs for one seller order: everything that happened to it is so much longer ago. */
const age = (part: TestPart, ms: number) =>
  db.run(sql`
    with part as (
      update seller_order
      set created_at = created_at - ${ms} * interval '1 millisecond',
          shipped_at = shipped_at - ${ms} * interval '1 millisecond',
          delivered_at = delivered_at - ${ms} * interval '1 millisecond'
      where id = ${part.id}
      returning order_id
    )
    update "order"
    set paid_at = paid_at - ${ms} * interval '1 millisecond'
    from part
    where "order".id = part.order_id`)

test('from paid to settled: both sides see each step, who did it and when', async () => {
  const part = await makePaidPart()
  expect(await viewOf(part)).toMatchObject({ status: 'paid', shippedAt: null, refunds: [], events: [] })
  expect((await ship(part.id, part.seller, { carrier: '', trackingNumber: '' })).ok).toBe(true)
  const first = (await viewOf(part)).shippedAt
  expect((await ship(part.id, part.seller, POST)).ok).toBe(true)
  expect((await receive(part.id, part.buyer)).ok).toBe(true)
  expect(await settleDue(10)).toBe(0)
  await age(part, 8 * 24 * HOUR)
  expect(await settleDue(10)).toBe(1)
  expect(await settleDue(10)).toBe(0)
  const view = await viewOf(part)
  expect(view).toMatchObject({ status: 'settled', carrier: 'Post', trackingNumber: 'RR 123', refundedCents: '0' })
  expect(view.events.map(({ what, by }) => [what, by])).toEqual([
    ['shipped', 'seller'],
    ['shipped', 'seller'],
    ['delivered', 'buyer'],
    ['settled', 'timer'],
  ])
  expect(view.events[0]?.at.slice(0, 16)).toBe(first?.slice(0, 16))
  const theirs = (await listSellerOrders(part.seller.sellerId)).items[0]
  expect(theirs).toMatchObject({ id: part.id, number: part.number, status: 'settled' })
  expect([theirs?.events, theirs?.refunds, theirs?.settledAt]).toEqual([view.events, view.refunds, view.settledAt])
})

test('settling at once on many nodes settles each once', async () => {
  const parts = await Promise.all(Array.from({ length: 10 }, () => makePaidPart()))
  for (const part of parts) {
    await ship(part.id, part.seller, POST)
    await receive(part.id, part.buyer)
  }
  const counts = await Promise.all(Array.from({ length: 8 }, () => settleDue(3, 0)))
  let settled = counts.reduce((sum, count) => sum + count, 0)
  for (let more = -1; more !== 0; settled += more) more = await settleDue(3, 0)
  expect(settled).toBe(10)
})

test('a dispute freezes the settlement until it is closed; after the window none can be opened', async () => {
  const part = await makePaidPart()
  await ship(part.id, part.seller, POST)
  expect((await receive(part.id, part.buyer)).ok).toBe(true)
  expect(await dispute(part.id, part.buyer, 'Broken')).toMatchObject({ ok: true, value: { status: 'disputed' } })
  await age(part, 8 * 24 * HOUR)
  expect(await settleDue(10)).toBe(0)
  const market = { by: 'market', userId: part.seller.userId } as const
  expect(await closeDispute(part.id, market, 'Whole again')).toMatchObject({ ok: true, value: { status: 'delivered' } })
  expect(await dispute(part.id, part.buyer, 'Broken')).toMatchObject({ ok: false, refusal: { code: 'dispute-over' } })
  expect(await settleDue(10)).toBe(1)
  expect((await viewOf(part)).events.map(({ note }) => note)).toEqual(['', '', 'Broken', 'Whole again', ''])
})

test('a dispute that the seller resolves by refunding is over', async () => {
  const part = await makePaidPart()
  await ship(part.id, part.seller, POST)
  expect((await dispute(part.id, part.buyer, 'It never came')).ok).toBe(true)
  const wish = { lines: null, isReturned: false, reason: 'Sorry', key: null }
  expect((await refund({ sellerOrderId: part.id, actor: part.seller, ...wish })).ok).toBe(true)
  expect((await viewOf(part)).status).toBe('refunded')
  expect(await receiveOverdue(0)).toBe(0)
  expect(await settleDue(10, 0)).toBe(0)
})

test('what was shipped long ago counts as delivered, and what was never shipped is cancelled; nothing younger is touched', async () => {
  const [shipped, unshipped, young, youngShipped] = await Promise.all(Array.from({ length: 4 }, () => makePaidPart()))
  if (!shipped || !unshipped || !young || !youngShipped) throw new Error('too few')
  await ship(shipped.id, shipped.seller, POST)
  await ship(youngShipped.id, youngShipped.seller, POST)
  await age(shipped, 2 * HOUR)
  await age(unshipped, 2 * HOUR)
  const counts = await Promise.all([1, 2, 3].map(() => Promise.all([receiveOverdue(HOUR), cancelOverdue(HOUR)])))
  expect(counts.reduce((sum, [received, cancelled]) => sum + received + cancelled, 0)).toBe(2)
  const statuses = await Promise.all([shipped, unshipped, young, youngShipped].map(viewOf))
  expect(statuses.map((view) => view.status)).toEqual(['delivered', 'cancelled', 'paid', 'shipped'])
  expect(statuses[1]).toMatchObject({ refundedCents: '2997', refunds: [{ status: 'paid', by: 'timer' }] })
})

test('what cannot be moved on keeps no other waiting', async () => {
  const parts = await Promise.all(Array.from({ length: 4 }, () => makePaidPart()))
  const [full, lost, locked, arrived] = parts
  if (!full || !lost || !locked || !arrived) throw new Error('too few')
  await Promise.all([locked, arrived].map((part) => ship(part.id, part.seller, POST)))
  for (const part of parts) await age(part, 2 * HOUR)
  const fill = (pieces: number) =>
    db.run(
      sql`update stock set on_hand = ${pieces}, available = ${pieces} where variant_id = ${full.lines[0]?.variantId}`,
    )
  // There is no number for what would be on this shelf.
  await fill(2_147_483_647)
  await expect(cancelOverdue(HOUR)).rejects.toMatchObject({ code: '22003' })
  await fill(0)
  await transact(async (tx) => {
    await tx.run(sql`select from seller_order where id = ${locked.id} for update`)
    await expect(receiveOverdue(HOUR)).rejects.toMatchObject({ code: '55P03' })
  })
  const statuses = async () => (await Promise.all(parts.map(viewOf))).map((view) => view.status)
  expect(await statuses()).toEqual(['paid', 'cancelled', 'shipped', 'delivered'])
  expect([await cancelOverdue(HOUR), await receiveOverdue(HOUR)]).toEqual([1, 1])
  expect(await statuses()).toEqual(['cancelled', 'cancelled', 'delivered', 'delivered'])
})

test('nobody moves what is not theirs', async () => {
  const part = await makePaidPart()
  const other = await makePaidPart()
  const tries = [
    await ship(part.id, other.seller, POST),
    await receive(part.id, other.buyer),
    await receive(part.id, { ...part.buyer, number: other.number }),
    await dispute(part.id, { ...other.buyer, number: part.number }, 'Mine'),
  ]
  for (const answer of tries) expect(answer).toMatchObject({ ok: false, refusal: { code: 'not-found' } })
  expect((await viewOf(part)).events).toEqual([])
})

test('a draft that is not paid is nobody’s to move', async () => {
  const part = await makePaidPart()
  await db.run(sql`update "order" set status = 'pending', paid_at = null where number = ${part.number}`)
  expect(await ship(part.id, part.seller, POST)).toMatchObject({ ok: false, refusal: { code: 'not-found' } })
  await db.run(sql`update "order" set status = 'paid', paid_at = now() where number = ${part.number}`)
})

test('both sides hear of it, after it is so', async () => {
  const part = await makePaidPart()
  const heard: string[] = []
  const detach = attachCarrier({
    carryStock: () => undefined,
    carry: (room) => void heard.push(room),
    cutSession: () => undefined,
  })
  await ship(part.id, part.seller, POST)
  await ship(part.id, { ...part.seller, sellerId: part.id }, POST)
  detach()
  expect(heard).toEqual([`user:${part.buyer.userId}`, `seller:${part.seller.sellerId}`])
})

test.each([
  ["update seller_order set status = 'shipped'", 'seller_order_status_check'],
  ["update seller_order set status = 'settled'", 'seller_order_status_check'],
  ['update seller_order set delivered_at = now()', 'seller_order_delivered_check'],
  ['update seller_order set cancelled_at = now()', 'seller_order_status_check'],
])('the database itself refuses to %s without the rest', async (text, constraint) => {
  const part = await makePaidPart()
  const write = db.run({ name: '', text: `${text} where id = '${part.id}'`, values: [] })
  await expect(write).rejects.toMatchObject({ constraint })
})

test.each(['update seller_order_event set note = note', 'delete from seller_order_event'])(
  'nobody may %s',
  async (text) => {
    await expect(db.run({ name: '', text, values: [] })).rejects.toMatchObject({ code: '42501' })
  },
)
