import { io, type Socket } from 'socket.io-client'
import { afterAll, expect, test } from 'vitest'
import { hold } from '#lib/inventory/commands/hold'
import { useTestDatabase } from '../../scripts/test-database.ts'
import { watchPace } from '../../scripts/test-pace.ts'
import { makeAnonymousCarts, quantile, report, until } from '../../scripts/test-race.ts'
import { makeVariant } from '../../scripts/test-market.ts'
import { startBalancer } from '../../scripts/test-balancer.ts'
import { startWebNode } from '../../scripts/test-web.ts'
import type { ClientToServerEvents, ServerToClientEvents, StockState } from './events.ts'

const pace = watchPace()
await useTestDatabase()
const { productId, variantId } = await makeVariant({ quantity: 100, cap: 100 })
const nodes = await Promise.all([startWebNode(), startWebNode()])
const balancer = await startBalancer(nodes.map((node) => node.url))
const endings: (() => void)[] = []
afterAll(async () => {
  for (const end of endings) end()
  await balancer.close()
  await Promise.all(nodes.map((node) => node.kill()))
})

const BROWSERS = 60
const READERS = 20

interface Browser {
  /** When it last heard where things stand, on a connection made since the last one broke. */
  caughtUpAt: number
  brokeAt: number | null
  version: number
}

/** As `components/live/live-socket` connects: the same waits, and a snapshot on every connection. */
function open(): Browser {
  const socket: Socket<ServerToClientEvents, ClientToServerEvents> = io(balancer.url, {
    transports: ['websocket'],
    forceNew: true,
    reconnectionDelay: 500,
    reconnectionDelayMax: 5_000,
    randomizationFactor: 0.5,
    extraHeaders: { origin: balancer.url },
  })
  endings.push(() => socket.disconnect())
  const browser: Browser = { caughtUpAt: 0, brokeAt: null, version: -1 }
  const apply = (states: readonly StockState[]) => {
    for (const state of states) browser.version = Math.max(browser.version, state.version)
  }
  socket.on('stock', apply)
  socket.on('disconnect', () => (browser.brokeAt = performance.now()))
  socket.on('connect', () => {
    socket.emit('subscribe', [{ room: `product:${productId}`, known: {} }], (snapshot) => {
      apply(snapshot.states)
      browser.caughtUpAt = performance.now()
    })
  })
  return browser
}

/** Reads again and again, and once more what was not answered. Counts what was not answered, and what was not the second time. */
function read(stop: AbortSignal) {
  const counts = { asked: 0, failed: 0, lost: 0 }
  const get = async () => {
    const response = await fetch(`${balancer.url}/api/v1/stock?variantId=${variantId}`)
    return response.ok && (await response.json()) !== null
  }
  const loop = async () => {
    while (!stop.aborted) {
      counts.asked++
      if (await get().catch(() => false)) continue
      counts.failed++
      if (!(await get().catch(() => false))) counts.lost++
    }
  }
  return { counts, done: Promise.all(Array.from({ length: READERS }, loop)) }
}

test('a node that is killed costs the requests it was working on, and its browsers are back within seconds', async () => {
  const browsers = Array.from({ length: BROWSERS }, open)
  await until(() => browsers.every((browser) => browser.caughtUpAt > 0))
  const stopping = new AbortController()
  const reading = read(stopping.signal)
  await until(() => reading.counts.asked > READERS * 10)

  await nodes[0]?.kill()
  const killedAt = performance.now()
  await until(() => browsers.some((browser) => browser.brokeAt !== null))
  await until(() => browsers.every(({ brokeAt, caughtUpAt }) => brokeAt === null || caughtUpAt > brokeAt))
  stopping.abort()
  await reading.done
  const broken = browsers.filter((browser) => browser.brokeAt !== null)
  const waits = broken.map((browser) => browser.caughtUpAt - killedAt)

  // All of them are heard by the one that is left.
  const before = Math.max(...browsers.map((browser) => browser.version))
  const [cartId = ''] = await makeAnonymousCarts(1)
  expect((await hold({ cartId, variantId, quantity: 1 })).ok).toBe(true)
  await until(() => browsers.every((browser) => browser.version > before))

  const { asked, failed, lost } = reading.counts
  report('C6', { browsers: broken.length, 'back p95 ms': quantile(waits, 0.95), asked, failed, lost })
  expect(broken.length).toBeGreaterThan(BROWSERS / 4)
  expect(quantile(waits, 0.95)).toBeLessThanOrEqual(5_000 * pace())
  expect(failed).toBeLessThanOrEqual(READERS)
  expect(lost).toBe(0)
})
