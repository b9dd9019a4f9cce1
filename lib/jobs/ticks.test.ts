import { expect, test } from 'vitest'
import { startTicks } from './ticks.ts'

test('a tick that throws is tried again and does not stop the others', async () => {
  process.env.LOG_LEVEL = 'silent'
  let failing = 0
  let working = 0
  let enough = () => undefined as void
  const reached = new Promise<void>((resolve) => (enough = resolve))
  const ticks = startTicks([
    { name: 'failing', everyMs: 1, run: () => (failing++, Promise.reject(new Error('planted'))) },
    { name: 'working', everyMs: 1, run: () => Promise.resolve(++working >= 3 && failing >= 3 ? enough() : undefined) },
  ])
  await reached
  await ticks.stop()
  const seen = [failing, working]
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect([failing, working]).toEqual(seen)
})
