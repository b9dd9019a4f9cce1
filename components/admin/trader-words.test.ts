import { expect, test } from 'vitest'
import { agoWords, endWords, msWords, spanWords, traderWords } from './trader-words.tsx'

const at = '2026-11-21T12:00:00.000Z'

test.each([
  ['2026-11-21T12:00:00.900Z', '0 s'],
  ['2026-11-21T11:59:00.001Z', '59 s'],
  ['2026-11-21T11:59:00.000Z', '1 min'],
  ['2026-11-21T10:00:00.000Z', '2 h'],
  ['2026-11-18T12:00:00.000Z', '3 d'],
])('from %s it is %s', (from, words) => {
  expect(spanWords(from, at)).toBe(words)
})

test('a turn and a moment are told in words', () => {
  const current = { node: 'n:1', epoch: 7, since: '2026-11-21T11:00:00Z', expiresAt: at }
  expect(traderWords({ at, current })).toBe('n:1 trades, for 1 h now: turn 7.')
  expect(traderWords({ at, current: null })).toContain('Nobody trades')
  expect(agoWords(null, at)).toBeNull()
  expect(endWords({ why: null, endedAt: null })).toBe('Goes on')
  expect(endWords({ why: 'expired', endedAt: at })).toBe('Not renewed')
  expect([msWords(-1), msWords(999), msWords(3_449)]).toEqual(['0 ms', '999 ms', '3.4 s'])
})
