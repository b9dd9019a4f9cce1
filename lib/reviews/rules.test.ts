import { describe, expect, it } from 'vitest'
import { isSame, mayChange, mayReview, percentUp, shiftOf, shortName } from './rules.ts'
import type { Received, Said } from './types.ts'

const received: Received = {
  deliveredAt: new Date(0),
  cancelledAt: null,
  quantity: 2,
  refundedQuantity: 0,
  isOwnShop: false,
}
const said: Said = { item: 'up', seller: 'down', text: 'Well', hiddenAt: null }
const hidden: Said = { ...said, hiddenAt: new Date(0) }

describe('who may review', () => {
  it('whoever has received a line and keeps a piece of it', () => {
    expect(mayReview(received).ok).toBe(true)
    expect(mayReview({ ...received, refundedQuantity: 1 }).ok).toBe(true)
  })

  it.each([
    ['not-received', { deliveredAt: null }],
    ['not-received', { cancelledAt: new Date(0) }],
    ['given-back', { refundedQuantity: 2 }],
    ['own-shop', { isOwnShop: true }],
  ] as const)('nobody else: %s', (code, change) => {
    expect(mayReview({ ...received, ...change })).toMatchObject({ ok: false, refusal: { code } })
  })

  it('changes their own at any time, but not what the market hides', () => {
    expect(mayChange(said).ok).toBe(true)
    expect(mayChange(hidden)).toMatchObject({ ok: false, refusal: { code: 'review-hidden' } })
  })
})

describe('how ratings follow', () => {
  it.each([
    ['a first thumb', null, said, { up: 1, down: 0 }],
    ['another one', said, { ...said, item: 'down' }, { up: -1, down: 1 }],
    ['none any more', said, { ...said, item: null }, { up: -1, down: 0 }],
    ['the same', said, said, { up: 0, down: 0 }],
    ['taken back', said, null, { up: -1, down: 0 }],
    ['hidden', said, hidden, { up: -1, down: 0 }],
    ['shown again', hidden, said, { up: 1, down: 0 }],
    ['hidden and hidden', hidden, hidden, { up: 0, down: 0 }],
  ] as const)('%s', (_, before, after, shift) => {
    expect(shiftOf(before, after, 'item')).toEqual(shift)
  })

  it('counts item and shop apart', () => {
    expect(shiftOf(null, said, 'seller')).toEqual({ up: 0, down: 1 })
  })

  it('knows the same opinion again', () => {
    expect(isSame(said, { item: 'up', seller: 'down', text: 'Well' })).toBe(true)
    expect(isSame(said, { item: 'up', seller: 'down', text: 'Well.' })).toBe(false)
    expect(isSame(said, { item: 'up', seller: null, text: 'Well' })).toBe(false)
  })

  it('says a hundred of a hundred only where all are for it', () => {
    expect(percentUp({ up: 0, down: 0 })).toBe(null)
    expect(percentUp({ up: 7, down: 0 })).toBe(100)
    expect(percentUp({ up: 999, down: 1 })).toBe(99)
    expect(percentUp({ up: 0, down: 3 })).toBe(0)
  })
})

describe('the name under a review', () => {
  it.each([
    ['Ada Lovelace', 'Ada L.'],
    ['  Ada   King   Lovelace ', 'Ada L.'],
    ['Ada', 'Ada'],
    ['李 小龙', '李 小.'],
    ['Zoë Ångström', 'Zoë Å.'],
  ])('of %s is %s', (name, short) => {
    expect(shortName(name)).toBe(short)
  })
})
