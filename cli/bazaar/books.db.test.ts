import { beforeAll, expect, test } from 'vitest'
import { db, sql } from '#lib/db'
import { receive } from '#lib/orders/commands/receive'
import { settleDue } from '#lib/orders/commands/settle'
import { ship } from '#lib/orders/commands/ship'
import { beginPayouts, payOut, resumePayouts } from '#lib/trader/commands/pay-out'
import { useTestDatabase } from '../../scripts/test-database.ts'
import { makePaidPart } from '../../scripts/test-orders.ts'
import { comparePayouts, countStale, readOpen, readTotals } from './books.ts'
import { judge, type Course } from './verdict.ts'

await useTestDatabase()

beforeAll(async () => {
  await db.run(sql`create table bazaar_probe (epoch int not null, at timestamptz(3) not null)`)
  await earn()
  await payNow()
})

async function earn(): Promise<void> {
  const part = await makePaidPart({ quantities: [2] })
  await ship(part.id, part.seller, { carrier: '', trackingNumber: '' })
  await receive(part.id, part.buyer)
  await settleDue(10, 0)
}

const payNow = () => payOut({ epoch: 1, most: 10, leastCents: 1n, everyMs: 1 })

const courseSince = (before: Awaited<ReturnType<typeof readTotals>>): Course => ({
  ...{ before, firstEpoch: 1, lastEpoch: 1, took: [], failed: 0, wasWaitedFor: true },
  tally: { sales: 0, declined: 0, walkedAway: 0, cancelled: 0, refused: 0 },
})

/** The verdict while the rows are like this; undone afterwards. */
async function judgeWith(change: string, undo: string) {
  const raw = (text: string) => db.run({ name: '', text, values: [] })
  const course = courseSince(await readTotals())
  await raw(change)
  try {
    return await judge(course)
  } finally {
    await raw(undo)
  }
}

test('what was sold, earned and paid out since is told, and all of it is sound', async () => {
  const before = await readTotals()
  await earn()
  expect(await readOpen()).toEqual({ orders: 0, money: 1 })
  await payNow()
  expect(await readOpen()).toEqual({ orders: 0, money: 0 })
  const { isSound, figures } = await judge(courseSince(before))
  expect(figures).toMatchObject({
    ...{ sales: 1, sales_cents: '1998', commission_cents: '100', payouts: 1, payouts_cents: '1898' },
    ...{ duplicate_payouts: 0, missing_payouts: 0, stale_writes: 0, breaches: 0, audit: 'clean' },
  })
  expect(isSound).toBe(true)
})

test('money that was waited for in vain is missing, and none is when nobody waited', async () => {
  await earn()
  const course = courseSince(await readTotals())
  expect(await judge(course)).toMatchObject({ isSound: false, figures: { missing_payouts: 1 } })
  expect(await judge({ ...course, wasWaitedFor: false })).toMatchObject({ isSound: true })
  const begun = await beginPayouts({ epoch: 1, most: 10, leastCents: 1n, everyMs: 1 })
  expect(begun).toHaveLength(1)
  expect(await judge(course)).toMatchObject({ isSound: false, figures: { missing_payouts: 1 } })
  await db.run(sql`update payout set resume_at = clock_timestamp() - interval '1 millisecond'`)
  await resumePayouts({ epoch: 2, most: 10 })
  expect(await judge(course)).toMatchObject({ isSound: true })
})

test.each([
  [
    'a transfer beside the one of its payout',
    `insert into sandbox_transfer (key, ref, seller_account, amount_cents, currency)
     select key || '0', ref || '0', seller_account, amount_cents, currency from sandbox_transfer limit 1`,
    `delete from sandbox_transfer where key like '%0' and ref like '%0'
       and not exists (select from payout where provider_key = key)`,
    { duplicate_payouts: 1, missing_payouts: 0 },
  ],
  [
    'a transfer of another amount',
    'update sandbox_transfer set amount_cents = amount_cents + 1 where key = (select min(key) from sandbox_transfer)',
    'update sandbox_transfer set amount_cents = amount_cents - 1 where key = (select min(key) from sandbox_transfer)',
    { duplicate_payouts: 1, missing_payouts: 1 },
  ],
  [
    'a payout that the provider has not heard of',
    `update sandbox_transfer set key = 'x' || key where key = (select min(key) from sandbox_transfer)`,
    `update sandbox_transfer set key = substr(key, 2) where key like 'x%'`,
    { duplicate_payouts: 1, missing_payouts: 1 },
  ],
  [
    'a piece that nobody knows of',
    'update stock set available = available + 1, on_hand = on_hand + 1',
    'update stock set available = available - 1, on_hand = on_hand - 1',
    { audit: 'breached' },
  ],
])('%s is a breach', async (_, change, undo, figures) => {
  expect(await judgeWith(change, undo)).toMatchObject({ isSound: false, figures })
  expect(await judge(courseSince(await readTotals()))).toMatchObject({ isSound: true })
  expect(await comparePayouts()).toEqual({ duplicates: 0, missing: 0 })
})

test('a trace that a turn left after the next had begun is a breach, and what the fence kept out is told', async () => {
  await db.run(sql`
    insert into trader_term (name, epoch, node, began_at, ended_at, why, refused)
    values ('trader', 7, 'a', now() - interval '2 s', now() - interval '1 s', 'expired', 4),
           ('trader', 8, 'b', now() - interval '1 s', null, null, 0)`)
  await db.run(sql`
    insert into bazaar_probe (epoch, at) values (7, now() - interval '1.5 s'), (8, now())`)
  expect(await countStale(6)).toEqual({ written: 0, refused: 4 })
  expect(await countStale(7)).toEqual({ written: 0, refused: 0 })
  await db.run(sql`insert into bazaar_probe (epoch, at) values (7, now() - interval '0.9 s')`)
  expect(await countStale(6)).toEqual({ written: 1, refused: 4 })
  expect(await judge(courseSince(await readTotals()))).toMatchObject({ isSound: false, figures: { stale_writes: 1 } })
  await db.run(sql`delete from trader_term`)
  await db.run(sql`delete from bazaar_probe`)
})
