import fc from 'fast-check'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createWindows } from './windows.ts'

const WINDOW_MS = 1_000

/** The same with one list that nothing is ever taken out of. */
function createModel() {
  const begun = new Map<string, { at: number; count: number }>()
  return (key: string, more: number) => {
    const now = performance.now()
    const known = begun.get(key)
    const window = known && now - known.at < WINDOW_MS ? known : { at: now, count: 0 }
    window.count += more
    begun.set(key, window)
    return { count: window.count, leftMs: window.at + WINDOW_MS - now }
  }
}

test('each key is counted in a window of its own that begins with its first count', () => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const step = fc.record({
    waitMs: fc.oneof(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 3 * WINDOW_MS })),
    key: fc.constantFrom('a', 'b', 'c'),
    more: fc.constantFrom(1, 1, 1, -1),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const [count, model] = [createWindows(WINDOW_MS), createModel()]
      for (const { waitMs, key, more } of steps) {
        vi.advanceTimersByTime(waitMs)
        expect(count(key, more)).toEqual(model(key, more))
      }
    }),
    { numRuns: 2_000 },
  )
})
