import { afterEach, expect, test } from 'vitest'
import { db, sql } from '#lib/db'
import { newSecret } from '#lib/ids'
import { hold } from '#lib/inventory/commands/hold'
import { setShipping } from '#lib/sellers/commands'
import { getShipping } from '#lib/sellers/queries'
import { shippingInput } from '#lib/sellers/schema'
import { useTestDatabase } from '../../scripts/test-database.ts'
import { makeCart, makeMember, makeSeller, makeVariant } from '../../scripts/test-market.ts'
import { expectCleanBooks } from '../../scripts/test-orders.ts'
import { placeOrder } from './commands/place-order.ts'
import { receive } from './commands/receive.ts'
import { cancel, refund } from './commands/refund.ts'
import { settleDue } from './commands/settle.ts'
import { ship } from './commands/ship.ts'
import { getOrder } from './queries.ts'
import { getQuote } from './queries/quote.ts'
import type { OrderView } from './schema.ts'

await useTestDatabase()

afterEach(expectCleanBooks)

const CARD = { number: '4242424242424242', name: 'Ada', expiry: '01/40', cvc: '123' }
const ADDRESS = { name: 'Ada', line1: 'Lane 1', line2: '', postalCode: '1010', city: 'Vienna' }
const POST = { carrier: 'Post', trackingNumber: '' }

const methods = (...rows: object[]) => shippingInput.parse({ methods: rows })

/** A member whose cart holds so many pieces at 10.00 of one shop each. */
async function makeBuyer(...quantities: number[]) {
  const { userId } = await makeMember()
  const cartId = await makeCart(userId)
  const shops = []
  for (const quantity of quantities) {
    const seller = await makeSeller()
    const { variantId } = await makeVariant({ quantity, priceCents: 1_000n, seller })
    expect((await hold({ cartId, variantId, quantity })).ok).toBe(true)
    shops.push({ by: 'seller' as const, ...seller })
  }
  return { userId, shops }
}

async function quote(userId: string, country: string, methodIds: string[] = []) {
  return getQuote(userId, { country, methodIds, ownSellerId: null })
}

async function buy(buyerId: string, country: string, expectedTotalCents: string, shippingMethodIds: string[] = []) {
  const input = { address: { ...ADDRESS, country }, card: CARD, expectedTotalCents, shippingMethodIds }
  return placeOrder({ buyerId, sellerId: null, key: newSecret(), input, now: new Date() })
}

async function bought(buyerId: string, country: string, total: string, methodIds?: string[]): Promise<OrderView> {
  const answer = await buy(buyerId, country, total, methodIds)
  if (!answer.ok || answer.value.status !== 201) throw new Error(`not paid: ${JSON.stringify(answer)}`)
  return JSON.parse(answer.value.body) as OrderView
}

const sumOf = async (kind: string) => {
  const [row] = await db.run(sql<{ cents: bigint }>`
    select coalesce(sum(amount_cents), 0)::bigint as cents
    from posting
    join account on account.id = account_id
    where kind = ${kind}::account_kind`)
  return row?.cents
}

test('each shop’s way of sending and the country’s tax are in the quote, the order, the refund and the ledger', async () => {
  await db.run(sql`insert into tax_rule (country, bps, is_included) values ('AT', 2000, false)`)
  const { userId, shops } = await makeBuyer(3, 2)
  const [first, second] = shops
  if (!first || !second) throw new Error('no shops')
  await setShipping(first.sellerId, methods({ name: 'Post', flatCents: '400', perItemCents: '50' }, { name: 'Bike' }))
  const quoted = await quote(userId, 'AT')
  expect(quoted).toMatchObject({
    ok: true,
    value: {
      goodsCents: '5000',
      shippingCents: '550',
      addedTaxCents: '1110',
      includedTaxCents: '0',
      totalCents: '6660',
    },
  })
  const order = await bought(userId, 'AT', '6660')
  const part = order.sellerOrders.find((row) => row.totalCents === '4260')
  expect(part).toMatchObject({
    taxCents: '710',
    lines: [{ quantity: 3, unitPriceCents: '1000', totalCents: '3600', taxCents: '600', taxBps: 2000 }],
    shipping: { method: 'Post', totalCents: '660', taxCents: '110' },
  })
  const other = order.sellerOrders.find((row) => row !== part)
  expect(other).toMatchObject({ totalCents: '2400', shipping: { method: null, lineId: null, totalCents: '0' } })
  if (!part || !other) throw new Error('no parts')

  // One piece, then all that is left with what sending took: before and after the settlement.
  const [line] = part.lines
  const ask = { sellerOrderId: part.id, actor: first, isReturned: true, reason: '', key: null }
  await refund({ ...ask, lines: [{ lineId: line?.id ?? '', quantity: 1 }] })
  await ship(part.id, first, POST)
  await receive(part.id, { by: 'buyer', userId, number: order.number })
  expect(await settleDue(10, 0)).toBe(1)
  // 2 of 3 pieces and the sending: 3060, of it 510 tax, and 5 % of 2000 the market's.
  expect([await sumOf('seller'), await sumOf('commission'), await sumOf('tax')]).toEqual([2450n, 100n, 510n])
  await refund({ ...ask, lines: null })
  expect([await sumOf('seller'), await sumOf('commission'), await sumOf('tax')]).toEqual([0n, 0n, 0n])
  const after = (await getOrder(order.number, userId))?.sellerOrders.find((row) => row.id === part.id)
  expect(after).toMatchObject({ status: 'refunded', refundedCents: '4260', shipping: { refundedCents: '660' } })

  await cancel({ sellerOrderId: other.id, actor: second, reason: '', key: null })
  expect(await sumOf('cash')).toBe(0n)
  expect(await sumOf('escrow')).toBe(0n)
})

test('the buyer chooses the way; one that is gone, or does not go there, is refused and not replaced', async () => {
  const { userId, shops } = await makeBuyer(1)
  const sellerId = shops[0]?.sellerId ?? ''
  await setShipping(sellerId, methods({ name: 'Post', flatCents: '400' }, { name: 'Express', flatCents: '900' }))
  const [post, express] = (await getShipping(sellerId)).methods
  const chosen = [express?.id ?? '']
  expect(await quote(userId, 'DE', chosen)).toMatchObject({
    value: {
      totalCents: '1900',
      parts: [
        {
          methodId: express?.id,
          methods: [
            { name: 'Post', cents: '400' },
            { name: 'Express', cents: '900' },
          ],
        },
      ],
    },
  })
  // The same way at another price keeps its id: the buyer hears of the new total.
  await setShipping(sellerId, methods(post ?? {}, { ...express, flatCents: '950', countries: ['DE'] }))
  expect(await buy(userId, 'DE', '1900', chosen)).toMatchObject({
    refusal: { code: 'total-changed', detail: { totalCents: '1950' } },
  })
  expect(await buy(userId, 'FR', '1950', chosen)).toMatchObject({ refusal: { code: 'shipping-gone' } })
  await setShipping(sellerId, methods({ ...post, countries: ['DE'] }))
  expect(await buy(userId, 'DE', '1950', chosen)).toMatchObject({ ok: false, refusal: { code: 'total-changed' } })
  expect(await buy(userId, 'FR', '1400')).toMatchObject({ refusal: { code: 'not-sent-there' } })
  expect((await bought(userId, 'DE', '1400')).sellerOrders[0]?.shipping.method).toBe('Post')
})

test('of two lists at once one stands whole, and another shop’s id is not taken over', async () => {
  const [own, other] = [await makeSeller(), await makeSeller()]
  await setShipping(other.sellerId, methods({ name: 'Post', flatCents: '1' }))
  const [theirs] = (await getShipping(other.sellerId)).methods
  const lists = ['A', 'B', 'C', 'D'].map((name) => methods({ ...theirs, name }, { name: `${name}2` }))
  await Promise.all(lists.map((list) => setShipping(own.sellerId, list)))
  const names = (await getShipping(own.sellerId)).methods.map(({ name }) => name)
  expect(names[1]).toBe(`${names[0]}2`)
  expect(names).toHaveLength(2)
  expect((await getShipping(other.sellerId)).methods).toEqual([theirs])
})

test.each([
  ['two of one name', [{ name: 'Post' }, { name: 'post' }]],
  ['a country that there is not', [{ name: 'Post', countries: ['XX'] }]],
  ['an amount below nothing', [{ name: 'Post', flatCents: '-1' }]],
  ['an amount with a point', [{ name: 'Post', flatCents: '1.5' }]],
  ['no name', [{ name: ' ' }]],
  ['eleven of them', Array.from({ length: 11 }, (_, index) => ({ name: `Post ${index}` }))],
])('ways of sending are refused with %s', (_, rows) => {
  expect(shippingInput.safeParse({ methods: rows }).success).toBe(false)
})
