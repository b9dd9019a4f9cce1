import { expect, test } from 'vitest'
import { publishedWords } from './published-words.tsx'

test('pieces over the capacity are said to wait, and nothing is said where none do', () => {
  expect(publishedWords({ published: 12, queued: 8 })).toBe(
    '12 are on sale now, 8 wait in your publishing queue and go on sale by themselves when there is room.',
  )
  expect(publishedWords({ published: 1, queued: 1 })).toBe(
    '1 is on sale now, 1 waits in your publishing queue and goes on sale by itself when there is room.',
  )
  expect(publishedWords({ published: 0, queued: 2 })).toMatch(/^None is on sale yet, 2 wait /)
  expect(publishedWords({ published: 5, queued: 0 })).toBeNull()
})
