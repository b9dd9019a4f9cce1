import { describe, expect, it } from 'vitest'
import type { StockState } from './events.ts'
import { describeStock, newerStates, packSubscriptions, parseRoom, roundWatchers, spend } from './rules.ts'

const NOW = Date.parse('2026-11-21T12:00:00Z')

describe('newerStates', () => {
  it('applies only what is newer than what is known', () => {
    const known = new Map([
      ['a', 5],
      ['b', 5],
    ])
    const arrived = [
      state({ variantId: 'a', version: 5 }),
      state({ variantId: 'b', version: 6 }),
      state({ variantId: 'c', version: 0 }),
    ]
    expect(newerStates((id) => known.get(id), arrived).map((each) => each.variantId)).toEqual(['b', 'c'])
  })

  it('keeps the highest version, whatever order the states come in, however often', () => {
    const versions = [3, 9, 1, 9, 4, 2]
    const news = newerStates(
      () => 2,
      versions.map((version) => state({ version, available: version })),
    )
    expect(news).toEqual([state({ version: 9, available: 9 })])
  })
})

describe('parseRoom', () => {
  it('knows the three kinds of rooms', () => {
    const id = '0199a2f0-0000-7000-8000-000000000001'
    expect(parseRoom(`seller:${id}`)).toEqual({ kind: 'seller', id })
  })

  it('refuses everything else', () => {
    const names = [
      '',
      'product:',
      'session:0199a2f0-0000-7000-8000-000000000001',
      'product:0199a2f0',
      '__proto__:x',
      'product:*',
    ]
    expect(names.map(parseRoom)).toEqual(names.map(() => null))
  })
})

describe('packSubscriptions', () => {
  const wish = (room: string, variants: number) => ({
    room,
    known: Object.fromEntries(Array.from({ length: variants }, (_, index) => [`${room}-variant-${index}`, index])),
  })

  it('fills messages up to the limit and loses none', () => {
    const wishes = Array.from({ length: 40 }, (_, index) => wish(`product:${index}`, 10))
    const messages = packSubscriptions(wishes, 2_000)
    expect(messages.flat()).toEqual(wishes)
    for (const message of messages) expect(JSON.stringify(message).length).toBeLessThanOrEqual(2_002)
    expect(messages.length).toBeLessThan(10)
  })

  it('asks for the whole of a product whose versions fit no message', () => {
    expect(packSubscriptions([wish('product:big', 500)], 1_000)).toEqual([[{ room: 'product:big', known: {} }]])
  })
})

describe('spend', () => {
  it('allows a second of messages at once, then as many as time brings', () => {
    let allowance = { left: 20, at: NOW }
    for (let n = 0; n < 20; n++) allowance = spend(allowance, 20, NOW)
    expect(allowance.left).toBe(0)
    expect(spend(allowance, 20, NOW).left).toBe(-1)
    expect(spend(allowance, 20, NOW + 50).left).toBe(0)
    expect(spend(allowance, 20, NOW + 60_000).left).toBe(19)
  })
})

describe('roundWatchers', () => {
  it('is exact while few, and two figures when many', () => {
    expect([0, 1, 20, 21, 99, 101, 1_234, 98_765].map(roundWatchers)).toEqual([0, 1, 20, 21, 99, 100, 1_200, 98_000])
  })
})

describe('describeStock', () => {
  it('says what a buyer wants to know, for one version and for several', () => {
    expect(textOf(state({ available: 12, onHand: 12 }))).toBe('12 left')
    expect(textOf(state({ available: 2, onHand: 2 }), state({ variantId: 'b', available: 11, onHand: 11 }))).toBe(
      '13 left',
    )
    expect(textOf(state({ available: 2, onHand: 9 }))).toBe('Only 2 left')
    expect(textOf(state({ available: 0, onHand: 0 }))).toBe('Sold out')
    expect(textOf(state({ available: 0, onHand: 2 }))).toBe('Sold out · 2 in carts, may come back')
    expect(textOf(state({ onSale: false }))).toBe('Not on sale')
  })

  it('counts down to the earliest opening, and no longer once it is there', () => {
    const drop = state({ available: 3, onHand: 3, opensAt: '2026-11-21T12:00:01Z' })
    expect(describeStock([drop], NOW)).toEqual({ tone: 'neutral', text: 'Opens in', opensAt: drop.opensAt })
    expect(describeStock([drop], NOW + 1_000).text).toBe('Only 3 left')
  })
})

function textOf(...states: StockState[]): string {
  return describeStock(states, NOW).text
}

function state(over: Partial<StockState>): StockState {
  return {
    variantId: 'a',
    productId: 'p',
    available: 1,
    onHand: 1,
    waiting: 0,
    version: 1,
    onSale: true,
    opensAt: null,
    ...over,
  }
}
