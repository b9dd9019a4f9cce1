import { expect, test } from 'vitest'
import { summarize } from './outcome.ts'

test('the closing line adds up the tests, and a check that failed is one failure', () => {
  const summary = summarize([
    { name: 'lint', ok: false, ms: 1000, passed: 0, failed: 0 },
    { name: 'unit', ok: true, ms: 2000, passed: 40, failed: 0 },
    { name: 'db', ok: false, ms: 3000, passed: 20, failed: 2 },
  ])
  expect(summary.split('\n').at(-1)).toBe('60 passed, 3 failed')
})

test('each step has a line of its own that says how it ended', () => {
  expect(summarize([{ name: 'unit', ok: true, ms: 1500, passed: 3, failed: 0 }])).toContain(
    '✓ unit          1.5 s  3 passed',
  )
})
