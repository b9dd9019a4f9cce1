import { beforeEach, expect, test } from 'vitest'
import { db, sql } from '#lib/db'
import { newId } from '#lib/ids'
import { useTestDatabase } from '../../../scripts/test-database.ts'
import { serveRoutes } from '../../../scripts/test-routes.ts'
import { makeSeller } from '../../../scripts/test-market.ts'
import { expectCleanBooks, makePaidPart } from '../../../scripts/test-orders.ts'
import { receive } from '../commands/receive.ts'
import { settleDue } from '../commands/settle.ts'
import { ship } from '../commands/ship.ts'
import { orderRoutes } from '../routes.ts'
import type { CommissionRulesView, TaxRulesView } from '../schema/terms.ts'

await useTestDatabase()

const COMMISSION = '/admin/commission-rules'
const TAX = '/admin/tax-rules'

interface Told extends Partial<CommissionRulesView> {
  readonly code?: string
  readonly fields?: Record<string, string>
}

/** The orders' routes, as a visitor or as a member of this role. */
function serve(role: 'visitor' | 'member' | 'admin') {
  const app = serveRoutes(orderRoutes, role === 'visitor' ? null : { userId: newId(), role })
  const ask = async (path: string, init?: RequestInit) => {
    const response = await app.request(path, init)
    return { status: response.status, json: (await response.json()) as Told }
  }
  return {
    get: (path: string) => ask(path),
    put: (path: string, body: object) =>
      ask(path, { method: 'PUT', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
  }
}

let operator = serve('admin')
const versionOf = async (path: string) => (await operator.get(path)).json.version
const put = async (path: string, rules: object[]) => operator.put(path, { version: await versionOf(path), rules })
const rule = { category: null, seller: null, feeBps: 500, fixedCents: '0', floorCents: null, capCents: null }

beforeEach(async () => {
  // Another one each time: how often one operator may write is limited.
  operator = serve('admin')
  expect((await put(COMMISSION, [rule])).status).toBe(200)
  expect((await put(TAX, [])).status).toBe(200)
})

test('the rules are the operators’: a member is refused, a visitor is asked to sign in', async () => {
  for (const path of [COMMISSION, TAX]) {
    const body = { version: await versionOf(path), rules: [] }
    for (const [role, expected] of [
      ['member', [403, 'not-allowed']],
      ['visitor', [401, 'sign-in-required']],
    ] as const) {
      const answers = [await serve(role).get(path), await serve(role).put(path, body)]
      expect(answers.map(({ status, json }) => [status, json.code])).toEqual([expected, expected])
    }
  }
  expect((await operator.get(COMMISSION)).json.rules).toEqual([rule])
})

test('a list is read as it was written, in the operator’s order', async () => {
  const { sellerId } = await makeSeller()
  const [shop] = await db.run(sql<{ handle: string }>`select handle from seller where id = ${sellerId}`)
  const rules = [
    { ...rule, category: 'books', feeBps: 250, floorCents: '10', capCents: '10' },
    { ...rule, seller: shop?.handle ?? '', feeBps: 0, fixedCents: '30' },
    { ...rule, feeBps: 10_000, capCents: '500' },
  ]
  const written = await put(COMMISSION, rules)
  expect(written).toMatchObject({ status: 200, json: { rules } })
  expect((await operator.get(COMMISSION)).json).toEqual(written.json)
  const turned = await put(COMMISSION, rules.toReversed())
  expect(turned.json.rules).toEqual(rules.toReversed())
  expect(turned.json.version).not.toBe(written.json.version)

  const taxes: TaxRulesView['rules'] = [
    { country: 'AT', category: null, bps: 2_000, isIncluded: true },
    { country: 'DE', category: 'books', bps: 700, isIncluded: true },
    { country: 'DE', category: null, bps: 1_900, isIncluded: false },
  ]
  expect(await put(TAX, taxes.toReversed())).toMatchObject({ status: 200, json: { rules: taxes } })
})

test('the first rule that fits is the one, and an order keeps what it was sold with', async () => {
  await put(COMMISSION, [{ ...rule, category: 'other', feeBps: 2_000 }, rule])
  const first = await makePaidPart({ quantities: [1], priceCents: 1_000n })
  await put(COMMISSION, [rule, { ...rule, category: 'other', feeBps: 2_000 }])
  await put(TAX, [{ country: 'DE', category: null, bps: 1_900, isIncluded: true }])
  const second = await makePaidPart({ quantities: [1], priceCents: 1_000n })
  await put(COMMISSION, [])
  await put(TAX, [])
  const third = await makePaidPart({ quantities: [1], priceCents: 1_000n })

  for (const part of [first, second, third]) {
    await ship(part.id, part.seller, { carrier: '', trackingNumber: '' })
    await receive(part.id, part.buyer)
  }
  expect(await settleDue(10, 0)).toBe(3)
  // 20 % of 10.00; 5 % of 8.40 and 1.60 of tax; nothing.
  const balances = await Promise.all([first, second, third].map(({ seller }) => balanceOf(seller.sellerId)))
  expect(balances).toEqual([800n, 798n, 1_000n])
  await expectCleanBooks()
})

test('of several lists at once one stands whole, and who wrote over another’s hears of it', async () => {
  for (const path of [COMMISSION, TAX]) {
    const version = await versionOf(path)
    const lists = ['AT', 'BE', 'CH', 'DK', 'EE', 'FI'].map((country, place) =>
      ['books', 'other', 'home'].map((category) =>
        path === TAX
          ? { country, category, bps: place, isIncluded: true }
          : { ...rule, category, feeBps: place, fixedCents: `${place}` },
      ),
    )
    const answers = await Promise.all(lists.map((rules) => operator.put(path, { version, rules })))
    const outcomes = answers.map(({ status, json }) => (status === 200 ? 'saved' : `${status} ${json.code}`))
    expect(outcomes.toSorted()).toEqual([...Array<string>(5).fill('409 rules-changed'), 'saved'])
    const saved = answers.find(({ status }) => status === 200)
    expect((await operator.get(path)).json).toEqual(saved?.json)
    expect(saved?.json.rules).toHaveLength(3)
  }
})

test('what a list names has to be there: each fault stands at its rule, and nothing is saved', async () => {
  const rules = [
    rule,
    { ...rule, seller: 'nobody-here' },
    { ...rule, category: 'no-such' },
    { ...rule, category: 'books' },
  ]
  const refused = await put(COMMISSION, rules)
  expect([refused.status, refused.json.code]).toEqual([400, 'unknown-names'])
  expect(refused.json.fields).toEqual({
    'rules.1.seller': 'There is no shop with the handle nobody-here.',
    'rules.2.category': 'There is no category no-such.',
  })
  expect((await operator.get(COMMISSION)).json.rules).toEqual([rule])
  const taxes = await put(TAX, [{ country: 'DE', category: 'no-such', bps: 1, isIncluded: true }])
  expect(Object.keys(taxes.json.fields ?? {})).toEqual(['rules.0.category'])
})

const tax = { country: 'DE', category: null, bps: 1_900, isIncluded: true }

test.each<[string, string, object[], string]>([
  ['a share below nothing', COMMISSION, [{ ...rule, feeBps: -1 }], 'rules.0.feeBps'],
  ['a share of more than all', COMMISSION, [rule, { ...rule, feeBps: 10_001 }], 'rules.1.feeBps'],
  ['a part of a basis point', COMMISSION, [{ ...rule, feeBps: 1.5 }], 'rules.0.feeBps'],
  ['an amount below nothing', COMMISSION, [{ ...rule, fixedCents: '-1' }], 'rules.0.fixedCents'],
  ['an amount beyond all bounds', COMMISSION, [{ ...rule, fixedCents: '1000000001' }], 'rules.0.fixedCents'],
  ['a floor above its cap', COMMISSION, [{ ...rule, floorCents: '11', capCents: '10' }], 'rules.0.capCents'],
  ['a category and a shop at once', COMMISSION, [{ ...rule, category: 'books', seller: 'shop' }], 'rules.0.seller'],
  ['what is no handle', COMMISSION, [{ ...rule, seller: 'a b' }], 'rules.0.seller'],
  ['a field that there is not', COMMISSION, [{ ...rule, surprise: 1 }], 'rules.0'],
  ['201 rules', COMMISSION, Array<object>(201).fill(rule), 'rules'],
  ['a country that there is not', TAX, [{ ...tax, country: 'XX' }], 'rules.0.country'],
  ['a tax of more than all', TAX, [{ ...tax, bps: 10_001 }], 'rules.0.bps'],
  ['two rules for the same', TAX, [tax, { ...tax, category: 'books' }, tax], 'rules.2.country'],
  ['1,001 rules', TAX, Array<object>(1_001).fill(tax), 'rules'],
])('a list with %s is refused at its place, and nothing is saved', async (_, path, rules, field) => {
  const before = (await operator.get(path)).json
  const { status, json } = await put(path, rules)
  expect([status, json.code]).toEqual([400, 'invalid-input'])
  expect(json.fields).toMatchObject({ [field]: expect.any(String) as string })
  expect((await operator.get(path)).json).toEqual(before)
})

test('a list without a version, or with one that never was, replaces nothing', async () => {
  expect((await operator.put(COMMISSION, { rules: [] })).json.fields).toMatchObject({
    version: expect.any(String) as string,
  })
  expect((await operator.put(COMMISSION, { version: 'x'.repeat(43), rules: [] })).status).toBe(409)
  expect((await operator.get(COMMISSION)).json.rules).toEqual([rule])
})

async function balanceOf(sellerId: string): Promise<bigint | undefined> {
  const [row] = await db.run(sql<{ cents: bigint }>`
    select balance_cents as cents
    from account_balance
    join account on account.id = account_id
    where owner_id = ${sellerId}`)
  return row?.cents
}
