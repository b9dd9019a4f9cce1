import { expect, it } from 'vitest'
import { newlyLow } from './low.ts'

const row = (available: number, onSale = true) => ({ variantId: 'a', available, onSale })
const isTold = (before: number, after: number) => newlyLow([row(before)], [row(after)]).length === 1

it('tells when pieces become few, and not with each piece after that', () => {
  expect([6, 5, 4, 3, 2, 1].map((before) => isTold(before, before - 1))).toEqual([
    true,
    false,
    false,
    false,
    false,
    false,
  ])
  expect(isTold(20, 3)).toBe(true)
  expect(isTold(20, 0)).toBe(true)
})

it('says nothing when pieces come back, nor of what is many, unknown or not on sale', () => {
  expect([isTold(0, 3), isTold(4, 9), isTold(9, 6), isTold(0, 0)]).toEqual([false, false, false, false])
  expect(newlyLow([], [row(1)])).toEqual([])
  expect(newlyLow([row(9, false)], [row(1, false)])).toEqual([])
})
