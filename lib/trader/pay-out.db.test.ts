import { afterAll, afterEach, expect, test } from 'vitest'
import { db, sql, transact } from '#lib/db'
import { env } from '#lib/env'
import { newId, newSecret } from '#lib/ids'
import { post } from '#lib/ledger/commands'
import { getBalance } from '#lib/ledger/queries'
import { move } from '#lib/ledger/rules'
import { attachCarrier } from '#lib/live/publish'
import type { LiveEvent } from '#lib/live/events'
import { once } from '#lib/once'
import { refund } from '#lib/orders/commands/refund'
import { settleDue } from '#lib/orders/commands/settle'
import { newStripe } from '#lib/orders/payments/stripe'
import { useTestDatabase } from '../../scripts/test-database.ts'
import { expectCleanBooks, makePaidPart, type TestPart } from '../../scripts/test-orders.ts'
import { makeRandom, report } from '../../scripts/test-race.ts'
import { startFakeStripe } from '../../scripts/test-stripe.ts'
import { beginPayouts, finishPayout, payOut, resumePayouts } from './commands/pay-out.ts'

await useTestDatabase()
const fake = await startFakeStripe()
once('stripe', () => newStripe({ ...fake.options, timeoutMs: 300 }))
const events: { room: string; event: LiveEvent }[] = []
const detach = attachCarrier({
  carryStock: () => undefined,
  carry: (room, event) => void events.push({ room, event }),
  cutSession: () => undefined,
})
afterEach(expectCleanBooks)
afterAll(async () => {
  detach()
  await fake.close()
})

/** Tests have the sellers they make: nobody else's balance is due. */
const NOW = { most: 100, leastCents: 1n, everyMs: 1 }
const payNow = (epoch = 1, over: Partial<typeof NOW> = {}) => payOut({ epoch, ...NOW, ...over })

/** Shops whose money is theirs: so many pieces each, at 9.99, less 5 % commission. */
async function makeSettled(count: number, quantity = 1): Promise<TestPart[]> {
  const parts = await Promise.all(Array.from({ length: count }, () => makePaidPart({ quantities: [quantity] })))
  await db.run(sql`
    update seller_order
    set status = 'delivered', shipped_at = now() - interval '2 days', delivered_at = now() - interval '1 day'
    where id = any(${parts.map((part) => part.id)}::uuid[])`)
  while ((await settleDue(100, 0)) > 0) continue
  return parts
}

const payoutsOf = ({ seller }: TestPart) =>
  db.run(sql<{ number: number; status: string; amountCents: bigint; failCode: string | null; transfers: number }>`
    select number, status, payout.amount_cents as "amountCents", fail_code as "failCode",
           (select count(*)::int from sandbox_transfer where key = provider_key) as transfers
    from payout
    where seller_id = ${seller.sellerId}
    order by number`)

const paid = (number: number, amountCents: bigint) => ({
  ...{ number, status: 'paid', amountCents, failCode: null, transfers: 1 },
})

/** A refund after the settlement: of the seller's balance, also when it is paid out already. */
const refundOne = (part: TestPart) =>
  refund({
    sellerOrderId: part.id,
    actor: part.seller,
    lines: part.lines.map(({ id }) => ({ lineId: id, quantity: 1 })),
    isReturned: false,
    reason: '',
    key: { userId: part.seller.userId, route: 'refund', key: newSecret() },
  })

test('a balance is paid out to the last cent, once, and the shop hears of it', async () => {
  const [part] = (await makeSettled(1, 3)) as [TestPart]
  expect(await getBalance(part.seller.sellerId)).toBe(2_847n)
  events.length = 0
  expect([await payNow(), await payNow()]).toEqual([1, 0])
  expect(await payoutsOf(part)).toEqual([paid(1, 2_847n)])
  expect(await getBalance(part.seller.sellerId)).toBe(0n)
  const room = `seller:${part.seller.sellerId}`
  expect(events).toEqual([
    { room, event: { type: 'payout', number: 1, status: 'pending' } },
    { room, event: { type: 'payout', number: 1, status: 'paid' } },
  ])
})

test('less than the threshold waits, and so does what comes before the time of the next payout', async () => {
  const [part] = (await makeSettled(1)) as [TestPart]
  expect(await payNow(1, { leastCents: 950n })).toBe(0)
  expect(await payNow(1, { leastCents: 949n })).toBe(1)
  const seller = { sellerId: part.seller.sellerId, userId: part.seller.userId }
  await addBalance(seller.sellerId, 500n)
  expect(await payNow(1, { everyMs: 60_000 })).toBe(0)
  expect(await payNow(1, { everyMs: 1 })).toBe(1)
  expect(await payoutsOf(part)).toEqual([paid(1, 949n), paid(2, 500n)])
})

/** More money for a shop: the market gives of its own. */
async function addBalance(sellerId: string, cents: bigint): Promise<void> {
  await transact((tx) => {
    const postings = move({ kind: 'commission' }, { kind: 'seller', ownerId: sellerId }, cents, null)
    post(tx, [{ id: newId(), kind: 'settlement', subjectId: newId(), currency: 'EUR', postings }])
    return Promise.resolve()
  })
}

test('every step ten times at once, by two traders that both think it is their turn: one payout and one transfer each', async () => {
  const parts = await makeSettled(20)
  const sum = async () => {
    const [row] = await db.run(sql<{ cents: bigint; transfers: number; keys: number }>`
      select coalesce(sum(amount_cents), 0)::bigint as cents, count(*)::int as transfers,
             count(distinct seller_account)::int as keys
      from sandbox_transfer
      where seller_account = any(${parts.map((part) => part.seller.sellerId)}::text[])`)
    return row
  }
  const tenTimes = (work: (epoch: number) => Promise<unknown>) =>
    Promise.all(Array.from({ length: 20 }, (_, index) => work(1 + (index % 2))))
  const begun = (
    await Promise.all(Array.from({ length: 20 }, (_, index) => beginPayouts({ epoch: 1 + (index % 2), ...NOW })))
  ).flat()
  expect(begun).toHaveLength(20)
  await tenTimes((epoch) => resumePayouts({ epoch: epoch + 2, most: 100 }))
  await tenTimes((epoch) => payNow(epoch))
  // The claim's own trader comes back, with an answer that is long known.
  const ends = await Promise.all(
    begun.flatMap((payout) => {
      const ref = { status: 'transferred', ref: 'late' } as const
      return Array.from({ length: 10 }, (_, index) => finishPayout(payout, ref, 1 + (index % 2)))
    }),
  )
  expect(ends.filter(Boolean)).toEqual([])
  for (const part of parts) expect(await payoutsOf(part)).toEqual([paid(1, 949n)])
  expect(await sum()).toEqual({ cents: 20n * 949n, transfers: 20, keys: 20 })
  report('B4', { payouts: 20, duplicates: 0, missing: 0 })
})

test('a payout whose trader is gone is gone on with by the next turn at once, and by its own after a while', async () => {
  const [part] = (await makeSettled(1)) as [TestPart]
  await beginPayouts({ epoch: 1, ...NOW })
  expect(await resumePayouts({ epoch: 1, most: 10 })).toBe(0)
  expect(await payoutsOf(part)).toMatchObject([{ status: 'pending', transfers: 0 }])
  expect(await resumePayouts({ epoch: 2, most: 10 })).toBe(1)
  expect(await payoutsOf(part)).toEqual([paid(1, 949n)])
})

test.each(['lost', 'silent', '500', 'stored-500'] as const)(
  'a provider that pays and then goes wrong (%s) pays once, and the seller is paid once',
  async (fault) => {
    const [part] = (await makeSettled(1)) as [TestPart]
    const account = `acct_${newSecret()}`
    await db.run(sql`
      insert into payout_account (seller_id, provider, account)
      values (${part.seller.sellerId}, 'stripe', ${account})`)
    fake.reset()
    fake.fail(fault, fault, fault)
    await atStripe(() => payNow())
    // Unknown, so it is asked again, until it is known.
    for (let tries = 0; tries < 5; tries++) await atStripe(() => resumePayouts({ epoch: 2 + tries, most: 10 }))
    expect(await payoutsOf(part)).toMatchObject([{ status: 'paid', amountCents: 949n, failCode: null }])
    expect([...fake.transfers.values()]).toMatchObject([{ amount: 949, destination: account }])
  },
)

test('what the provider refuses is the seller’s again, and is paid later', async () => {
  fake.reset()
  const [part] = (await makeSettled(1)) as [TestPart]
  const account = `nowhere_${newSecret()}`
  await db.run(sql`
    insert into payout_account (seller_id, provider, account)
    values (${part.seller.sellerId}, 'stripe', ${account})`)
  await atStripe(() => payNow())
  expect(await payoutsOf(part)).toMatchObject([{ status: 'failed', failCode: 'account-unable' }])
  expect(await getBalance(part.seller.sellerId)).toBe(949n)
  await db.run(sql`
    update payout_account set account = ${account.replace('nowhere', 'acct')} where seller_id = ${part.seller.sellerId}`)
  await atStripe(() => payNow(1, { everyMs: 60_000 }))
  expect(await payoutsOf(part)).toHaveLength(1)
  await atStripe(() => payNow())
  expect(await payoutsOf(part)).toMatchObject([{ status: 'failed' }, { status: 'paid', amountCents: 949n }])
})

test('whom the provider does not know is not paid out, and keeps the balance', async () => {
  const [part] = (await makeSettled(1)) as [TestPart]
  await atStripe(() => payNow())
  expect(await payoutsOf(part)).toEqual([])
  expect(await getBalance(part.seller.sellerId)).toBe(949n)
  await payNow()
})

/** New payouts go to Stripe, as where it is set up. */
async function atStripe<T>(work: () => Promise<T>): Promise<T> {
  const settings = env() as { STRIPE_SECRET_KEY?: string; STRIPE_WEBHOOK_SECRET?: string }
  Object.assign(settings, { STRIPE_SECRET_KEY: 'sk_test_x', STRIPE_WEBHOOK_SECRET: 'whsec_x' })
  try {
    return await work()
  } finally {
    delete settings.STRIPE_SECRET_KEY
    delete settings.STRIPE_WEBHOOK_SECRET
  }
}

test('refunds and payouts at once: no payout takes more than there is, and every cent is where it belongs', async () => {
  const rounds = Number(process.env.TRADER_RUNS ?? 3) * 4
  const quantity = 6
  await db.run(sql`
    create table balance_log (account_id uuid, was bigint, became bigint, is_payout boolean)`)
  await db.run(sql`
    create function log_balance() returns trigger language plpgsql as $$
    begin
      insert into balance_log
      select new.account_id, old.balance_cents, new.balance_cents,
             exists (select 1 from payout where account_id = new.account_id and xmin = pg_current_xact_id()::xid);
      return null;
    end $$`)
  await db.run(sql`
    create trigger log_balance after update on account_balance for each row execute function log_balance()`)
  const random = makeRandom()
  const soon = () => new Promise((resolve) => setTimeout(resolve, random.int(60)))
  let payouts = 0
  for (let round = 0; round < rounds; round++) {
    const parts = await makeSettled(5, quantity)
    const refunds = parts.flatMap((part) =>
      Array.from({ length: quantity - 1 }, () => soon().then(() => refundOne(part))),
    )
    const claims = Array.from({ length: 10 }, (_, index) => soon().then(() => payNow(1 + (index % 2))))
    const [begun] = await Promise.all([Promise.all(claims), Promise.all(refunds)])
    payouts += begun.reduce((sum, count) => sum + count, 0)
    const balances = await Promise.all(parts.map(({ seller }) => getBalance(seller.sellerId)))
    const taken = await Promise.all(parts.map(payoutsOf))
    const owed = balances.map((cents, index) => (taken[index] ?? []).reduce((sum, row) => sum + row.amountCents, cents))
    // One piece was not refunded: 9.99 less 5 %, to the cent that the commission of all six was rounded to.
    expect(new Set(owed.map((cents) => cents >= 948n && cents <= 950n))).toEqual(new Set([true]))
  }
  const [log] = await db.run(sql<{ overdrafts: number; taken: number }>`
    select count(*) filter (where is_payout and became < was and became <> 0)::int as overdrafts,
           count(*) filter (where is_payout and became < was)::int as taken
    from balance_log`)
  expect(log?.taken).toBeGreaterThanOrEqual(payouts)
  expect(log).toMatchObject({ overdrafts: 0 })
  report('B2', { refunds: rounds * 5 * (quantity - 1), payouts, overdrafts: log?.overdrafts ?? 0 })
})
