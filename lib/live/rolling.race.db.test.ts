import { afterAll, afterEach, expect, test } from 'vitest'
import { listStock } from '#lib/inventory/queries'
import { startBalancer } from '../../scripts/test-balancer.ts'
import { openBrowser, type TestBrowser } from '../../scripts/test-browser.ts'
import { useTestDatabase } from '../../scripts/test-database.ts'
import { makeVariant } from '../../scripts/test-market.ts'
import { watchPace } from '../../scripts/test-pace.ts'
import { quantile, raceTimeout, report, until } from '../../scripts/test-race.ts'
import { startWebHost, startWebNode, type WebNode } from '../../scripts/test-web.ts'

const pace = watchPace()
await useTestDatabase()
const { productId, variantId } = await makeVariant({ quantity: 100, cap: 100 })

const BROWSERS = 100
const READERS = 20
/** `closing` spreads them over 5 s; the rest is for the way, which they take on a machine that does much else. */
const BACK_WITHIN_MS = 7_000
/** All come from one address. */
const CROWD = { RATE_LIMIT_FACTOR: '1000000', DRAIN_MS: '300', DATABASE_POOL_SIZE: '4' }

const endings: (() => unknown)[] = []
const endAll = async () => {
  for (const end of endings.splice(0).reverse()) await end()
}
afterEach(endAll)
afterAll(endAll)

test(
  'a rolling restart of three nodes costs no request, and every browser is back in seconds with the right number',
  async () => {
    const nodes = await Promise.all([startWebNode(CROWD), startWebNode(CROWD), startWebNode(CROWD)])
    endings.push(() => Promise.all(nodes.map((node) => node.kill())))
    const balancer = await startBalancer(nodes.map((node) => node.url))
    endings.push(balancer.close)
    const exits: (number | null)[] = []
    await endure('E2, three nodes', balancer.url, async () => {
      for (const [index, node] of nodes.entries()) {
        exits.push(await node.stop())
        nodes[index] = await startAgain(node)
        await until(async () => (await fetch(`${node.url}/readyz`).catch(() => null))?.ok ?? false)
      }
    })
    expect(exits).toEqual([0, 0, 0])
  },
  raceTimeout,
)

test(
  'a rolling restart of two workers by the signal costs no request either, and leaves two new ones',
  async () => {
    const host = await startWebHost({ ...CROWD, WEB_CONCURRENCY: '2' })
    endings.push(host.kill)
    const before = await host.workers()
    let restarted = false
    await endure('E2, two workers', host.url, async () => {
      restarted = await host.restart()
    })
    const after = await host.workers()
    expect(restarted).toBe(true)
    expect(after.length).toBe(2)
    expect(after.filter((pid) => before.includes(pid))).toEqual([])
  },
  raceTimeout,
)

/** On the port it had. */
function startAgain(node: WebNode): Promise<WebNode> {
  return startWebNode({ ...CROWD, PORT: new URL(node.url).port })
}

/** Lets people read, buy and look while it is done, and says what came of it. */
async function endure(name: string, url: string, work: () => Promise<void>): Promise<void> {
  const browsers = Array.from({ length: BROWSERS }, () => openBrowser(url, productId))
  endings.push(() => browsers.forEach((browser) => browser.close()))
  await until(() => browsers.every((browser) => browser.caughtUpAt > 0))
  const stopping = new AbortController()
  const crowd = [...Array.from({ length: READERS }, () => read(url, stopping.signal)), buy(url, stopping.signal)]
  endings.push(() => stopping.abort())

  await work()
  await until(() => browsers.every(isBack))
  stopping.abort()
  const counts = await Promise.all(crowd)
  const [truth] = await listStock({ productIds: [productId] })
  await until(() => browsers.every(({ shown }) => shown?.version === truth?.version))

  const waits = browsers.flatMap((browser) => browser.waits)
  const sum = (key: 'asked' | 'failed' | 'regressed') => counts.reduce((total, count) => total + count[key], 0)
  const [asked, failed] = [sum('asked'), sum('failed')]
  const longest = Math.round(Math.max(...waits))
  report(name, { asked, failed, returns: waits.length, 'back p95 ms': quantile(waits, 0.95), 'longest ms': longest })
  expect(counts.flatMap(({ faults }) => faults)).toEqual([])
  expect(asked).toBeGreaterThan(1_000)
  expect(sum('regressed')).toBe(0)
  expect(waits.length).toBeGreaterThanOrEqual(BROWSERS)
  expect(longest).toBeLessThan(BACK_WITHIN_MS * pace())
  expect(browsers.reduce((total, { wrong }) => total + wrong, 0)).toBe(0)
  expect(new Set(browsers.map(({ shown }) => shown?.available))).toEqual(new Set([truth?.available]))
  expect(truth?.version).toBeGreaterThan(100)
}

function isBack({ brokeAt, caughtUpAt }: TestBrowser): boolean {
  return brokeAt === 0 || caughtUpAt > brokeAt
}

interface Count {
  asked: number
  failed: number
  /** Answers that were older than one before. */
  regressed: number
  readonly faults: string[]
}

/** Reads the count again and again over connections that are kept. */
async function read(url: string, stop: AbortSignal): Promise<Count> {
  const count: Count = { asked: 0, failed: 0, regressed: 0, faults: [] }
  let version = 0
  while (!stop.aborted) {
    const answer = await ask(count, `${url}/api/v1/stock?variantId=${variantId}`)
    if (!answer) continue
    const { stock } = (await answer.json()) as { stock: { version: number }[] }
    const heard = stock[0]?.version ?? 0
    if (heard < version) count.regressed++
    version = heard
  }
  return count
}

/** Takes a second piece into a cart and puts it back, again and again. */
async function buy(url: string, stop: AbortSignal): Promise<Count> {
  const count: Count = { asked: 0, failed: 0, regressed: 0, faults: [] }
  let cookie = ''
  for (let turn = 0; !stop.aborted; turn++) {
    const answer = await ask(count, `${url}/api/v1/cart/lines/${variantId}`, {
      method: 'PUT',
      headers: { origin: url, cookie, 'content-type': 'application/json' },
      body: JSON.stringify({ quantity: (turn % 2) + 1 }),
    })
    cookie ||= answer?.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    await answer?.arrayBuffer()
  }
  return count
}

async function ask(count: Count, address: string, how?: RequestInit): Promise<Response | null> {
  count.asked++
  const answer = await fetch(address, how).catch(
    (error: Error) => `${error.message}: ${(error.cause as Error | undefined)?.message}`,
  )
  if (typeof answer !== 'string' && answer.ok) return answer
  count.failed++
  count.faults.push(typeof answer === 'string' ? answer : `${answer.status} ${await answer.text()}`)
  return null
}
