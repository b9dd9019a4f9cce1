import { describe, expect, test } from 'vitest'
import type { PlainLine, ShippingMethod } from '../types.ts'
import { chooseMethod, costOf, shippingLines } from './shipping.ts'

const method = (over: Partial<ShippingMethod> = {}): ShippingMethod => ({
  id: 'm1',
  sellerId: 's1',
  position: 0,
  name: 'Post',
  countries: [],
  flatCents: 490n,
  perItemCents: 0n,
  freeOverCents: null,
  ...over,
})
const goods = (unitPriceCents: bigint, quantity: number) => [
  { kind: 'goods', unitPriceCents, quantity, sellerId: 's1' } as PlainLine,
]

describe('what sending costs', () => {
  test.each([
    ['a flat part', method(), goods(1_000n, 3), 490n],
    ['and a part for each piece', method({ perItemCents: 100n }), goods(1_000n, 3), 790n],
    ['nothing from an amount on', method({ freeOverCents: 3_000n }), goods(1_000n, 3), 0n],
    ['all of it a cent below', method({ freeOverCents: 3_001n }), goods(1_000n, 3), 490n],
  ])('%s', (_, way, lines, cents) => expect(costOf(way, lines)).toBe(cents))

  test('is a line of one piece, of nobody’s stock; none where it is free', () => {
    expect(shippingLines(method(), goods(1_000n, 3))).toMatchObject([
      { kind: 'shipping', title: 'Post', unitPriceCents: 490n, quantity: 1, variantId: null },
    ])
    expect(shippingLines(method({ flatCents: 0n }), goods(1_000n, 3))).toEqual([])
    expect(shippingLines(null, goods(1_000n, 3))).toEqual([])
  })
})

describe('the way a part is sent', () => {
  const ways = [
    method({ id: 'express', position: 1, flatCents: 990n }),
    method({ id: 'post', position: 0, countries: ['DE', 'AT'] }),
    method({ id: 'other shop', sellerId: 's2' }),
  ]
  const chosen = (country: string, methodIds: string[]) => chooseMethod(ways, 's1', { country, methodIds })

  test('is the first that goes there, or the one that was chosen', () => {
    expect(chosen('DE', [])).toMatchObject({ value: { id: 'post' } })
    expect(chosen('FR', [])).toMatchObject({ value: { id: 'express' } })
    expect(chosen('DE', ['express'])).toMatchObject({ value: { id: 'express' } })
    expect(chosen('DE', ['other shop'])).toMatchObject({ value: { id: 'post' } })
  })

  test('is not another than the one that was chosen', () => {
    expect(chosen('FR', ['post'])).toMatchObject({ refusal: { code: 'shipping-gone' } })
  })

  test('is none where no way goes there, and free where the shop has none at all', () => {
    const local = [method({ countries: ['DE'] })]
    expect(chooseMethod(local, 's1', { country: 'FR', methodIds: [] })).toMatchObject({
      refusal: { code: 'not-sent-there' },
    })
    expect(chooseMethod(local, 's9', { country: 'FR', methodIds: [] })).toEqual({ ok: true, value: null })
  })
})
