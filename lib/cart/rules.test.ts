import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lineState, totalsOf } from './rules.ts'

const now = new Date('2026-01-01T12:00:00Z')
const at = (ms: number) => new Date(now.getTime() + ms)

test('a line has lapsed from the moment its time is over, also before anyone swept it', () => {
  expect(lineState({ kind: 'cart', state: 'held', expiresAt: at(1) }, now)).toBe('held')
  expect(lineState({ kind: 'cart', state: 'held', expiresAt: now }, now)).toBe('lapsed')
  expect(lineState({ kind: 'cart', state: 'lapsed', expiresAt: at(1) }, now)).toBe('lapsed')
  expect(lineState({ kind: 'checkout', state: 'held', expiresAt: at(-1) }, now)).toBe('checkout')
})

test('totals are exact at any size, and only held lines are charged', () => {
  const line = fc.record({
    state: fc.constantFrom('held' as const, 'lapsed' as const, 'checkout' as const),
    unitPriceCents: fc.bigInt({ min: 0n, max: 10n ** 15n }),
    quantity: fc.integer({ min: 1, max: 1000 }),
  })
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      const { totalCents, heldTotalCents } = totalsOf(lines)
      const others = totalsOf(lines.filter((each) => each.state !== 'held'))
      expect(totalCents - heldTotalCents).toBe(others.totalCents)
      expect(totalCents).toBe(lines.reduce((sum, each) => sum + each.unitPriceCents * BigInt(each.quantity), 0n))
    }),
  )
})
