import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cellsOf, countDays, guardCell, rangeOf, signedAmount, spanOf, STATEMENT_DAYS } from './statement.ts'

const NOW = new Date('2026-11-21T23:59:59.999Z')

test.each([
  [{}, '2026-10-23', '2026-11-21'],
  [{ to: '2024-03-01' }, '2024-02-01', '2024-03-01'],
  [{ from: '2026-11-01' }, '2026-11-01', '2026-11-21'],
  [{ from: '2020-01-01' }, '2020-01-01', '2020-12-31'],
  [{ from: '2027-01-01' }, '2027-01-01', '2027-01-01'],
  [{ from: '2026-01-01', to: '2026-01-31' }, '2026-01-01', '2026-01-31'],
])('%j is from %s to %s', (asked, from, to) => {
  expect(rangeOf(asked, NOW)).toEqual({ from, to })
})

test('whatever days are missing, what is asked for is at least one and not too many', () => {
  const day = fc
    .date({ min: new Date('2000-01-01'), max: new Date('2999-12-31'), noInvalidDate: true })
    .map((at) => at.toISOString().slice(0, 10))
  fc.assert(
    fc.property(fc.oneof(fc.record({ from: day }), fc.record({ to: day }), fc.constant({})), (asked) => {
      const days = countDays(rangeOf(asked, NOW))
      expect(days >= 1 && days <= STATEMENT_DAYS.most).toBe(true)
    }),
  )
})

test('both days are in it, from midnight to midnight', () => {
  const { since, until } = spanOf({ from: '2026-03-01', to: '2026-03-01' })
  expect([since.toISOString(), until.toISOString()]).toEqual(['2026-03-01T00:00:00.000Z', '2026-03-02T00:00:00.000Z'])
})

test.each([
  [0n, '0.00'],
  [-5n, '-0.05'],
  [1234n, '12.34'],
  [-123456789012345678n, '-1234567890123456.78'],
])('%s cents are %s', (cents, text) => {
  expect(signedAmount(cents)).toBe(text)
})

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1'])('%j is no formula', (text) => {
  expect(guardCell(text)).toBe(`'${text}`)
})

test.each(['', 'Mug', 'a=1', '1-2', "'=1"])('%j is left as it is', (text) => {
  expect(guardCell(text)).toBe(text)
})

test('a row’s amounts are numbers, its texts are guarded, and a payout has nothing but a net', () => {
  const line = {
    at: NOW,
    kind: 'refund',
    orderNumber: 'S-1',
    title: '=HYPERLINK("x")',
    commissionCents: -50n,
    taxCents: 0n,
    netCents: -950n,
    balanceCents: -20n,
    payoutId: null,
  }
  const rest = ['-10.00', '-0.50', '0.00', '-9.50', '-0.20', '']
  expect(cellsOf(line)).toEqual([NOW.toISOString(), 'refund', 'S-1', `'=HYPERLINK("x")`, ...rest])
  const payout = { ...line, kind: 'payout', orderNumber: null, title: null, commissionCents: 0n, payoutId: 'p' }
  expect(cellsOf(payout).slice(2)).toEqual(['', '', '', '', '', '-9.50', '-0.20', 'p'])
})
