import { expect, test } from 'vitest'
import { seconds } from './progress.ts'

test.each([
  [80, '0.1 s'],
  [9_400, '9.4 s'],
  [41_300, '41 s'],
  [125_000, '2 min 5 s'],
])('%i ms reads %s', (ms, text) => {
  expect(seconds(ms)).toBe(text)
})
