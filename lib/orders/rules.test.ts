import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Problem } from '#lib/api/problem'
import { refuse } from '#lib/result'
import { orderErrors } from './errors.ts'
import { declinedAnswer } from './rules/answer.ts'
import { declineReason, isCardNumber, isExpired, lastFour, TEST_CARDS } from './rules/card.ts'
import { listCountries } from '#lib/sellers/rules/countries'
import { goodsOf, isSameGoods, priceCart, totalOf } from './rules/lines.ts'
import { summarize } from './rules/sales.ts'
import { cardInput, orderHeaders, orderInput } from './schema.ts'
import type { CartLine, Destination, SaleItem, Terms } from './types.ts'

const item = (over: Partial<SaleItem> = {}): SaleItem => ({
  variantId: 'v1',
  productId: 'p1',
  sellerId: 's1',
  sellerName: 'A shop',
  title: 'A thing',
  optionValues: [],
  pictureId: null,
  priceCents: 1250n,
  categorySlug: 'other',
  isPublished: true,
  ...over,
})
const line = (over: Partial<CartLine> = {}): CartLine => ({ variantId: 'v1', quantity: 2, state: 'held', ...over })

const terms = ({ items = [item()] }: { items?: readonly SaleItem[] }): Terms => ({
  items: new Map(items.map((each) => [each.variantId, each])),
  ...{ commissions: [], methods: [], taxes: [] },
})
const TO: Destination = { country: 'DE', methodIds: [], ownSellerId: null }

describe('a cart is priced whole or not at all', () => {
  test('at the market’s prices', () => {
    const priced = priceCart([line()], terms({}), TO)
    const lines = [{ unitPriceCents: 1250n, quantity: 2, totalCents: 2500n, taxCents: 0n, commissionCents: 0n }]
    expect(priced).toMatchObject({
      ok: true,
      value: [{ sellerId: 's1', totalCents: 2500n, shippingMethod: null, lines }],
    })
  })

  test.each([
    ['empty-cart', [], [item()], null],
    ['being-paid', [line(), line({ variantId: 'v2', state: 'checkout' })], [item()], null],
    ['lines-lapsed', [line({ state: 'lapsed' })], [item()], null],
    ['not-for-sale', [line()], [item({ isPublished: false })], null],
    ['not-for-sale', [line()], [], null],
    ['own-product', [line()], [item()], 's1'],
  ] as const)('%s', (code, cart, items, sellerId) => {
    const priced = priceCart(cart, terms({ items }), { ...TO, ownSellerId: sellerId })
    expect(priced).toMatchObject({ ok: false, refusal: { code } })
  })
})

describe('sums are exact', () => {
  const carts = fc.array(
    fc.record({
      quantity: fc.integer({ min: 1, max: 1_000 }),
      priceCents: fc.bigInt({ min: 0n, max: 10n ** 12n }),
      sellerId: fc.constantFrom('s1', 's2', 's3', 's4'),
    }),
    { minLength: 1, maxLength: 200 },
  )

  test('every line is in exactly one seller’s part, and the parts sum to the order to the cent', () => {
    fc.assert(
      fc.property(carts, (rows) => {
        const cart = rows.map((row, index) => line({ variantId: `v${index}`, quantity: row.quantity }))
        const items = rows.map((row, index) => item({ ...row, variantId: `v${index}` }))
        const priced = priceCart(cart, terms({ items }), TO)
        if (!priced.ok) throw new Error(priced.refusal.code)
        const parts = priced.value
        const expected = rows.reduce((sum, row) => sum + row.priceCents * BigInt(row.quantity), 0n)
        expect(totalOf(parts)).toBe(expected)
        const sold = parts.flatMap((part) => goodsOf(part.lines))
        expect(isSameGoods(sold, cart)).toBe(true)
        expect(sold).toHaveLength(cart.length)
        for (const part of parts) {
          expect(part.lines.every((own) => own.sellerId === part.sellerId)).toBe(true)
          expect(part.totalCents).toBe(totalOf(part.lines))
        }
        expect(new Set(parts.map((part) => part.sellerId)).size).toBe(parts.length)
      }),
    )
  })

  test('the same goods in another order are the same goods; a missing or a smaller line is not', () => {
    const goods = [line(), line({ variantId: 'v2' })]
    expect(isSameGoods(goods, goods.toReversed())).toBe(true)
    expect(isSameGoods(goods, [line()])).toBe(false)
    expect(isSameGoods(goods, [line(), line({ variantId: 'v2', quantity: 1 })])).toBe(false)
    expect(isSameGoods(goods, [line(), line()])).toBe(false)
  })

  test('the summary counts the last day and the last seven', () => {
    const daily = Array.from({ length: 14 }, (_, day) => ({ day: `d${day}`, totalCents: BigInt(day), count: 1 }))
    expect(summarize(daily)).toEqual({ today: { cents: 13n, count: 1 }, week: { cents: 70n, count: 7 } })
  })
})

describe('a card', () => {
  test('every test card has a good check digit, and no card with one digit changed has', () => {
    for (const { number } of TEST_CARDS) {
      expect(isCardNumber(number)).toBe(true)
      for (let at = 0; at < number.length; at++) {
        const changed = number.slice(0, at) + ((Number(number[at]) + 1) % 10) + number.slice(at + 1)
        expect(isCardNumber(changed)).toBe(false)
      }
    }
  })

  test('is good until its month is over everywhere', () => {
    expect(isExpired('11/26', new Date('2026-11-30T23:59:59Z'))).toBe(false)
    expect(isExpired('11/26', new Date('2026-12-01T11:59:59Z'))).toBe(false)
    expect(isExpired('11/26', new Date('2026-12-01T12:00:00Z'))).toBe(true)
    expect(isExpired('12/26', new Date('2027-01-01T12:00:00Z'))).toBe(true)
  })

  test('keeps its last four digits only', () => expect(lastFour('4242424242424242')).toBe('4242'))

  test('may be typed in groups', () => {
    const card = { number: ' 4242 4242-4242 4242 ', name: 'Ada', expiry: '01/30', cvc: '123' }
    expect(cardInput.parse(card).number).toBe('4242424242424242')
    expect(cardInput.safeParse({ ...card, number: '4242424242424241' }).success).toBe(false)
    expect(cardInput.safeParse({ ...card, expiry: '13/30' }).success).toBe(false)
    expect(cardInput.safeParse({ ...card, iban: 'x' }).success).toBe(false)
  })
})

describe('input', () => {
  const address = { name: 'Ada', line1: 'Lane 1', postalCode: '10115', city: 'Berlin', country: 'DE' }
  const card = { number: '4242424242424242', name: 'Ada', expiry: '01/30', cvc: '123' }
  const input = { address, card, expectedTotalCents: '2500' }

  test('of an order, with no second address line', () => {
    expect(orderInput.parse(input).address.line2).toBe('')
  })

  test.each([
    ['an unknown country', { ...input, address: { ...address, country: 'XX' } }],
    ['a line break in a name', { ...input, address: { ...address, name: 'A\nB' } }],
    ['a name of blanks', { ...input, address: { ...address, name: '   ' } }],
    ['an amount with a point', { ...input, expectedTotalCents: '25.00' }],
    ['a field nobody asked for', { ...input, isPaid: true }],
  ])('refuses %s', (_, body) => expect(orderInput.safeParse(body).success).toBe(false))

  test('a key has 8 to 128 visible characters', () => {
    const isKey = (key: string | undefined) => orderHeaders.safeParse({ 'idempotency-key': key }).success
    expect([isKey('12345678'), isKey('x'.repeat(128))]).toEqual([true, true])
    expect([isKey('1234567'), isKey('x'.repeat(129)), isKey('1234 5678'), isKey(undefined)]).not.toContain(true)
  })

  test('countries are 249, each once', () => expect(new Set(listCountries().map(({ name }) => name)).size).toBe(249))
})

test('a stored decline is the problem that the API would send', () => {
  const answer = declinedAnswer({ status: 'declined', ref: 'r', code: 'card-declined' })
  const detail = { declineCode: 'card-declined', reason: declineReason('card-declined') }
  const problem = new Problem(refuse('payment-declined', detail).refusal, orderErrors)
  expect(answer).toEqual({ status: 422, body: JSON.stringify(problem.view) })
})
