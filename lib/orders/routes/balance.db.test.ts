import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Problem } from '#lib/api/problem'
import { db, sql, transact } from '#lib/db'
import { newId } from '#lib/ids'
import { post } from '#lib/ledger/commands'
import { getBalance } from '#lib/ledger/queries'
import { move } from '#lib/ledger/rules'
import type { EntryKind } from '#prisma/enums'
import { useTestDatabase } from '../../../scripts/test-database.ts'
import { serveRoutes } from '../../../scripts/test-routes.ts'
import { makeMember, makeSeller } from '../../../scripts/test-market.ts'
import { makePaidPart, type TestPart } from '../../../scripts/test-orders.ts'
import { receive } from '../commands/receive.ts'
import { refund } from '../commands/refund.ts'
import { settleDue } from '../commands/settle.ts'
import { ship } from '../commands/ship.ts'
import { refundEntry, settlementEntry } from '../rules/entries.ts'
import { balanceRoutes } from '../routes/balance.ts'
import type { BalanceView, ExplanationView } from '../schema/balance.ts'
import type { StatementView } from '../schema/statement.ts'

await useTestDatabase()

function serve(member: { userId: string; sellerId?: string | null } | null) {
  const app = serveRoutes(balanceRoutes, member)
  return async <T = Problem['view']>(path: string) => {
    const response = await app.request(path)
    const text = await response.text()
    const isJson = response.headers.get('Content-Type')?.includes('json')
    return { status: response.status, headers: response.headers, text, json: (isJson ? JSON.parse(text) : null) as T }
  }
}

const CASH = { kind: 'cash' } as const

/** Money that leaves a seller's balance, as a payout posts it. */
const payOut = (ownerId: string, payoutId: string, amountCents: bigint, kind: EntryKind = 'payout') => {
  const postings = move({ kind: 'seller', ownerId }, { kind: 'paying_out' }, amountCents, payoutId)
  return transact((tx) =>
    Promise.resolve(post(tx, [{ id: newId(), kind, subjectId: payoutId, currency: 'EUR', postings }])),
  )
}

const endPayout = (payoutId: string, amountCents: bigint) => {
  const postings = move({ kind: 'paying_out' }, CASH, amountCents, payoutId)
  return transact((tx) =>
    Promise.resolve(post(tx, [{ id: newId(), kind: 'payout_paid', subjectId: payoutId, currency: 'EUR', postings }])),
  )
}

async function deliver(part: TestPart) {
  await ship(part.id, part.seller, { carrier: '', trackingNumber: '' })
  await receive(part.id, part.buyer)
}

const giveBack = (part: TestPart, quantity: number, index = 0) =>
  refund({
    sellerOrderId: part.id,
    actor: part.seller,
    lines: [{ lineId: part.lines[index]?.id ?? '', quantity }],
    isReturned: false,
    reason: '',
    key: null,
  })

const retitle = (part: TestPart, title: string) =>
  db.run(sql`update order_line set title = ${title} where seller_order_id = ${part.id}`)

const records = (text: string) => parse<Record<string, string>>(text, { columns: true, record_delimiter: '\r\n' })
const centsOf = (amount = '') => BigInt(amount.replace('.', ''))

test('a balance says what is there, what is to come and when, and what is on its way', async () => {
  const part = await makePaidPart({ quantities: [3, 1] })
  const seller = serve(part.seller)
  const before = (await seller<BalanceView>('/seller/balance')).json
  // 4 × 9.99 less 5%, half a cent rounded up for the market, line by line.
  expect(before).toEqual({
    currency: 'EUR',
    availableCents: '0',
    escrowCents: '3796',
    onTheWayCents: '0',
    nextDueAt: null,
    nextDueCents: null,
  })
  await giveBack(part, 1)
  await deliver(part)
  const due = (await seller<BalanceView>('/seller/balance')).json
  expect(due).toMatchObject({ availableCents: '0', escrowCents: '2847', nextDueCents: '2847' })
  expect(Date.parse(due.nextDueAt ?? '')).toBeGreaterThan(Date.now())
  await settleDue(10, 0)
  const settled = (await seller<BalanceView>('/seller/balance')).json
  expect(settled).toMatchObject({ availableCents: '2847', escrowCents: '0', nextDueAt: null })
  const payoutId = newId()
  await payOut(part.seller.sellerId, payoutId, 2_000n)
  expect((await seller<BalanceView>('/seller/balance')).json).toMatchObject({
    availableCents: '847',
    onTheWayCents: '2000',
  })
  await endPayout(payoutId, 2_000n)
  expect((await seller<BalanceView>('/seller/balance')).json).toMatchObject({ onTheWayCents: '0' })
})

test('every route is for sellers, and shows nobody another’s', async () => {
  const part = await makePaidPart()
  await deliver(part)
  await settleDue(10, 0)
  const payoutId = newId()
  await payOut(part.seller.sellerId, payoutId, 100n)
  const paths = ['balance', 'statement', 'statement.csv', 'balance/explain', `payouts/${payoutId}/explain`]
  const [visitor, buyer, other] = [serve(null), serve(await makeMember()), serve(await makeSeller())]
  for (const path of paths.map((end) => `/seller/${end}`)) {
    expect((await visitor(path)).status).toBe(401)
    expect((await buyer(path)).status).toBe(403)
  }
  const foreign = await other(`/seller/payouts/${payoutId}/explain`)
  expect([foreign.status, foreign.json.code]).toEqual([404, 'not-found'])
  expect((await other(`/seller/payouts/${newId()}/explain`)).status).toBe(404)
  expect((await serve(part.seller)(`/seller/payouts/${payoutId}/explain`)).status).toBe(200)
  expect((await other<StatementView>('/seller/statement')).json).toMatchObject({ items: [], closingCents: '0' })
  expect(records((await other('/seller/statement.csv')).text)).toHaveLength(2)
})

test.each([
  ['from=2026-13-01', 'from'],
  ['from=1999-12-31', 'from'],
  ['to=yesterday', 'to'],
  ['from=2026-01-02&to=2026-01-01', 'to'],
  ['from=2025-01-01&to=2026-01-02', 'to'],
  ['cursor=x', 'cursor'],
])('?%s is refused at its field', async (query, field) => {
  const seller = serve(await makeSeller())
  const { status, json } = await seller(`/seller/statement?${query}`)
  expect([status, Object.keys(json.fields ?? {})]).toEqual([400, [field]])
  expect((await seller('/seller/statement?from=2025-01-01&to=2026-01-01')).status).toBe(200)
})

test('the file is the settlement, the refund and the payout, and a spreadsheet calculates none of its texts', async () => {
  const part = await makePaidPart({ quantities: [2] })
  await retitle(part, '=cmd|"/c calc"!A1, "quoted"\nbroken')
  await deliver(part)
  await settleDue(10, 0)
  await giveBack(part, 1)
  const payoutId = newId()
  await payOut(part.seller.sellerId, payoutId, 949n)
  const { status, headers, text } = await serve(part.seller)('/seller/statement.csv')
  expect([status, headers.get('Content-Type')]).toEqual([200, 'text/csv; charset=utf-8; header=present'])
  expect(headers.get('Content-Disposition')).toMatch(
    /^attachment; filename="statement-\d{4}-\d\d-\d\d-to-\d{4}-\d\d-\d\d\.csv"$/,
  )
  expect(headers.get('Cache-Control')).toBe('no-store')
  const rows = records(text)
  const titled = { order: part.number, product: `'=cmd|"/c calc"!A1, "quoted"\nbroken` }
  expect(rows).toMatchObject([
    { kind: 'opening', balance: '0.00' },
    { kind: 'settlement', ...titled, gross: '19.98', commission: '1.00', tax: '0.00', net: '18.98', balance: '18.98' },
    { kind: 'refund', ...titled, gross: '-9.99', commission: '-0.50', tax: '0.00', net: '-9.49', balance: '9.49' },
    { kind: 'payout', order: '', product: '', gross: '', net: '-9.49', balance: '0.00', payout: payoutId },
    { kind: 'closing', balance: '0.00' },
  ])
})

/** Puts the account's entries on so many days, so that ranges cut them. Nothing but a test may. */
async function spread(sellerId: string, days: number) {
  await transact(async (tx) => {
    await tx.run(sql`alter table journal_entry disable trigger journal_entry_append_only`)
    await tx.run(sql`
      with mine as (
        select distinct entry_id
        from posting
        join account on account.id = posting.account_id
        where account.owner_id = ${sellerId}
      ), placed as (
        select entry_id, ntile(${days}) over (order by entry_id) as tile from mine
      )
      update journal_entry
      set created_at = timestamptz '2026-03-01 12:00Z' + tile * interval '1 day'
      from placed
      where id = placed.entry_id`)
    await tx.run(sql`alter table journal_entry enable trigger journal_entry_append_only`)
  })
}

const cents = fc.bigInt({ min: 0n, max: 5_000n })
const anyLines = fc.array(fc.tuple(cents, cents, cents), { minLength: 1, maxLength: 6 })
const anySteps = fc.array(fc.record({ what: fc.constantFrom('settle', 'refund', 'pay'), lines: anyLines }), {
  minLength: 1,
  maxLength: 30,
})

/** Random settlements, refunds after them and payouts, by the rules that post the real ones. */
async function happen(sellerId: string, steps: readonly { what: string; lines: readonly (readonly bigint[])[] }[]) {
  for (const { what, lines } of steps) {
    const shares = lines.map(([net = 0n, commissionCents = 0n, taxCents = 0n]) => ({
      lineId: newId(),
      amountCents: net + commissionCents + taxCents,
      commissionCents,
      taxCents,
    }))
    const part = { sellerOrderId: newId(), sellerId, currency: 'EUR', lines: shares }
    const entry =
      what === 'settle'
        ? settlementEntry(newId(), part)
        : refundEntry(newId(), { ...part, refundId: newId(), isSettled: true })
    const balance = await getBalance(sellerId)
    if (what !== 'pay') await transact((tx) => Promise.resolve(post(tx, [entry])))
    else if (balance > 0n) await payOut(sellerId, newId(), balance)
  }
}

test('over random settlements, refunds and payouts the rows of any days sum to what the balance changed by', async () => {
  await fc.assert(
    fc.asyncProperty(anySteps, async (steps) => {
      const shop = await makeSeller()
      const seller = serve(shop)
      await happen(shop.sellerId, steps)
      await spread(shop.sellerId, 9)
      let balance = 0n
      for (const [from, to] of [
        ['2026-03-01', '2026-03-04'],
        ['2026-03-05', '2026-03-05'],
        ['2026-03-06', '2026-03-31'],
      ] as const) {
        const rows = records((await seller(`/seller/statement.csv?from=${from}&to=${to}`)).text)
        const [opening, closing] = [rows.shift(), rows.pop()]
        expect(centsOf(opening?.balance)).toBe(balance)
        for (const row of rows) {
          balance += centsOf(row.net)
          expect(centsOf(row.balance)).toBe(balance)
          expect(row.date && row.date.slice(0, 10) >= from && row.date.slice(0, 10) <= to).toBe(true)
          if (row.kind !== 'payout')
            expect(centsOf(row.gross) - centsOf(row.commission) - centsOf(row.tax)).toBe(centsOf(row.net))
        }
        expect(centsOf(closing?.balance)).toBe(balance)
        const view = (await seller<StatementView>(`/seller/statement?from=${from}&to=${to}`)).json
        expect([view.openingCents, view.closingCents]).toEqual([
          centsOf(opening?.balance).toString(),
          balance.toString(),
        ])
      }
      expect(balance).toBe(await getBalance(shop.sellerId))
    }),
    { numRuns: 12 },
  )
})

test('the pages together are the file backwards, and no page begins with another balance than the one before left', async () => {
  const shop = await makeSeller()
  const seller = serve(shop)
  const lines = Array.from({ length: 40 }, (_, index) => [BigInt(index + 1), 1n, 0n])
  await happen(shop.sellerId, [
    { what: 'settle', lines },
    { what: 'refund', lines },
    { what: 'settle', lines },
  ])
  const rows = records((await seller('/seller/statement.csv')).text).slice(1, -1)
  const items: StatementView['items'] = []
  let cursor: string | null = ''
  for (let pages = 0; cursor !== null; pages++) {
    const page: StatementView = (await seller<StatementView>(`/seller/statement${cursor && `?cursor=${cursor}`}`)).json
    items.push(...page.items)
    cursor = page.nextCursor
    expect(pages).toBeLessThan(3)
  }
  expect(rows).toHaveLength(120)
  expect(items.map((item) => [item.netCents, item.balanceCents])).toEqual(
    rows.toReversed().map((row) => [centsOf(row.net).toString(), centsOf(row.balance).toString()]),
  )
})

test('a file of more rows than are read at once has each of them once', async () => {
  const shop = await makeSeller()
  const lines = Array.from({ length: 700 }, (_, index) => [BigInt(index + 1), 0n, 0n])
  await happen(
    shop.sellerId,
    Array.from({ length: 3 }, () => ({ what: 'settle', lines })),
  )
  const rows = records((await serve(shop)('/seller/statement.csv')).text).slice(1, -1)
  const nets = lines.map(([net]) => net ?? 0n)
  expect(rows.map(({ net }) => centsOf(net))).toEqual([...nets, ...nets, ...nets])
})

test('a payout traces to its order lines; a refund after it is the next one’s; what is left is the balance', async () => {
  const part = await makePaidPart({ quantities: [2, 1] })
  await deliver(part)
  await settleDue(10, 0)
  const seller = serve(part.seller)
  const payouts = [newId(), newId()] as const
  const explain = async (id: string) => (await seller<ExplanationView>(`/seller/payouts/${id}/explain`)).json
  await payOut(part.seller.sellerId, payouts[0], 1_500n)
  await giveBack(part, 1)
  const first = await explain(payouts[0])
  expect(first).toMatchObject({ amountCents: '1500', sharesCents: '1500', isExplained: true, faults: [] })
  expect(first.shares).toMatchObject([{ orderNumber: part.number, lineId: part.lines[0]?.id, netCents: '1500' }])
  // 2 × 9.99 less 5% were 18.98 and of the other line 9.49: 13.47 are left, less 9.49 refunded.
  const left = (await seller<ExplanationView>('/seller/balance/explain')).json
  expect(left).toMatchObject({ amountCents: '398', sharesCents: '398', isExplained: true, shareCount: 3 })
  await payOut(part.seller.sellerId, payouts[1], 398n)
  const second = await explain(payouts[1])
  expect(second.shares.map(({ kind, netCents }) => [kind, netCents])).toEqual([
    ['settlement', '398'],
    ['settlement', '949'],
    ['refund', '-949'],
  ])
  expect(second.isExplained).toBe(true)
  expect(await explain(payouts[0])).toEqual(first)
  expect((await seller<ExplanationView>('/seller/balance/explain')).json).toMatchObject({
    shareCount: 0,
    isExplained: true,
  })
})

test('a cent that belongs to no order line, or another than its order says, is not explained', async () => {
  const part = await makePaidPart()
  await deliver(part)
  await settleDue(10, 0)
  const seller = serve(part.seller)
  const read = async () => (await seller<ExplanationView>('/seller/balance/explain')).json
  expect((await read()).faults).toEqual([])
  await db.run(sql`update order_line set refunded_cents = 1 where id = ${part.lines[0]?.id}`)
  expect(await read()).toMatchObject({ isExplained: false, faults: [{ what: 'uneven-line', cents: '1' }] })
  await db.run(sql`update order_line set refunded_cents = 0 where id = ${part.lines[0]?.id}`)
  await happen(part.seller.sellerId, [{ what: 'settle', lines: [[7n, 0n, 0n]] }])
  expect(await read()).toMatchObject({ isExplained: false, faults: [{ what: 'no-line', cents: '7' }] })
  const payoutId = newId()
  await payOut(part.seller.sellerId, payoutId, 5_000n)
  const payout = (await seller<ExplanationView>(`/seller/payouts/${payoutId}/explain`)).json
  expect(payout).toMatchObject({ isExplained: false, amountCents: '5000' })
  expect(payout.faults[0]?.what).toBe('missing')
})
