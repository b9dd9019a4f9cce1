import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'

/** The server's clock is an hour ahead of the browser's. */
const AHEAD_MS = 3_600_000
const serverNow = () => new Date(Date.now() + AHEAD_MS).toISOString()

beforeEach(() => void vi.resetModules())

async function openClock() {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  return import('./server-clock.tsx')
}

test('the clock is never ahead of the server, however long an answer took', async () => {
  const { hearServerAnswer, serverTime } = await openClock()
  const askedAt = Date.now()
  vi.advanceTimersByTime(50)
  const written = serverNow()
  vi.advanceTimersByTime(600)
  hearServerAnswer(written, askedAt)
  expect(Date.now() + AHEAD_MS - serverTime()).toBe(600)
})

test('the quickest news counts, and slower news later takes nothing of it', async () => {
  const { hearServerAnswer, hearServerTime, serverTime } = await openClock()
  hearServerTime(serverNow())
  const askedAt = Date.now()
  const written = serverNow()
  vi.advanceTimersByTime(400)
  hearServerAnswer(written, askedAt)
  expect(Date.now() + AHEAD_MS - serverTime()).toBe(0)
})

test('a browser whose clock was set meanwhile learns the time anew', async () => {
  const { hearServerAnswer, hearServerTime, serverTime } = await openClock()
  hearServerTime(serverNow())
  const truth = Date.now() + AHEAD_MS
  vi.setSystemTime(Date.now() + 1_800_000)
  hearServerAnswer(new Date(truth).toISOString(), Date.now())
  expect(serverTime()).toBe(truth)
})
