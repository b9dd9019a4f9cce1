import { afterAll, beforeAll, expect, test } from 'vitest'
import { watchPace } from '../../scripts/test-pace.ts'
import { clock, report, until } from '../../scripts/test-race.ts'
import { startSilentProxy } from '../../scripts/test-silence.ts'
import { useTestDatabase } from '../../scripts/test-database.ts'
import {
  countStale,
  killTestTraders,
  listOverlaps,
  makeProbe,
  startTestTrader,
  termAfter,
  traderOf,
} from '../../scripts/test-traders.ts'

const pace = watchPace()
const { url } = await useTestDatabase()

beforeAll(makeProbe)
afterAll(killTestTraders)

test('a trader whose network goes silent stops by its own clock, before the next one begins, and stays out when it is back', async () => {
  const proxy = await startSilentProxy(url)
  const cut = await startTestTrader(proxy.url)
  const first = await termAfter(0)
  expect(traderOf(first, [cut])).toBe(cut)
  const other = await startTestTrader(url)

  const silentAt = process.hrtime.bigint()
  const from = await clock()
  proxy.silence()
  const next = await termAfter(first.epoch)
  expect(traderOf(next, [other])).toBe(other)
  const last = cut.sightings.at(-1)
  const steppedDownMs = Number((last?.at ?? 0n) - silentAt) / 1e6
  const takeoverMs = next.beganAt.getTime() - from.getTime()
  report('silence', { stepped_down_ms: Math.round(steppedDownMs), takeover_ms: takeoverMs })
  expect(steppedDownMs).toBeLessThanOrEqual(4_000)
  expect(takeoverMs).toBeLessThanOrEqual(10_000 * pace())

  // What it had sent arrives now, in the turn of the other.
  proxy.mend()
  const seen = cut.sightings.length
  const { probes } = await countStale()
  await until(async () => (await countStale()).probes > probes + 50)
  expect(cut.sightings).toHaveLength(seen)
  expect(await countStale()).toMatchObject({ written: 0 })
  expect(listOverlaps([cut, other])).toEqual([])

  // It stands again: when the other leaves, it is its turn.
  await other.stop()
  const third = await termAfter(next.epoch)
  expect(traderOf(third, [cut])).toBe(cut)
  await cut.stop()
  await proxy.close()
})
