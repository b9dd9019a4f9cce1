import { expect, test } from 'vitest'
import { formatCountdown } from './time.ts'

test('a countdown never shows less time than there is, and ends at zero', () => {
  expect([599_001, 60_000, 59_999, 1, 0, -5, 3_723_000].map(formatCountdown)).toEqual([
    '10:00',
    '1:00',
    '1:00',
    '0:01',
    '0:00',
    '0:00',
    '1:02:03',
  ])
})
