import { expect, it } from 'vitest'
import { id, nextStock, product, startNode, stock, subscribe, type Browser } from '../../scripts/test-gateway.ts'
import { publishStock, publishTo } from './publish.ts'
import type { Batch, Wire } from './types.ts'

it('tells the browsers what other nodes say, in whatever order and how often it comes', async () => {
  const other = fakeWire()
  await withBrowser(other, async (browser) => {
    const versions: number[] = []
    browser.on('stock', (states) => versions.push(...states.map((state) => state.version)))
    const numbers = Array.from({ length: 60 }, (_, index) => ((index * 37) % 60) + 1)
    for (const number of [...numbers, ...numbers]) {
      other.hear({ node: 'other', number, states: [stock(1, 'a', number)] })
      if (number % 7 === 0) await turn()
    }
    await expect.poll(() => versions.at(-1)).toBe(60)
    expect(versions).toEqual([...new Set(versions)].toSorted((a, b) => a - b))
    expect(other.sent.flatMap(({ states = [] }) => states)).toEqual([])
  })
})

it('notices what another node said and did not arrive, and only that', async () => {
  const other = fakeWire()
  await withBrowser(other, async (browser) => {
    const heard: string[] = []
    browser.on('missed', () => heard.push('missed'))
    browser.on('event', (_, event) => heard.push(event.type))
    const say = (node: string, number: number, events: Batch['events'] = []) => other.hear({ node, number, events })
    say('other', 7)
    say('third', 1)
    say('other', 8)
    say('other', 8)
    say('third', 2, [[product(1), { type: 'product', productId: id(1), revision: 1 }]])
    await expect.poll(() => heard).toEqual(['product'])
    say('other', 10)
    say('other', 9)
    say('other', 11, [[product(1), { type: 'notice', text: 'late' }]])
    await expect.poll(() => heard).toEqual(['product', 'missed', 'notice'])
  })
})

it('counts who looks at a product on other nodes too, until those leave or fall silent', async () => {
  const other = fakeWire()
  await withBrowser(other, async (browser) => {
    const counts: number[] = []
    browser.on('watchers', ({ count }) => counts.push(count))
    const said = () => other.sent.flatMap(({ watching = [] }) => watching)
    await expect.poll(said).toEqual([[id(1), 1]])
    other.hear({ node: 'other', number: 1, watching: [[id(1), 4]] })
    other.hear({ node: 'third', number: 1, watching: [[id(1), 2]] })
    await expect.poll(() => counts.at(-1)).toBe(7)
    other.hear({ node: 'third', number: 2, watching: [[id(1), 0]] })
    await expect.poll(() => counts.at(-1)).toBe(5)
    await expect.poll(() => counts.at(-1)).toBe(1)
  })
}, 20_000)

it('tells other nodes each thing that happened here under the next number, also what could not be sent', async () => {
  const other = fakeWire()
  await withBrowser(other, async (browser) => {
    publishStock([stock(1, 'a', 2)])
    await nextStock(browser)
    publishTo(product(1), { type: 'notice', text: 'one' })
    publishTo(product(1), { type: 'notice', text: 'two' })
    const said = () => other.sent.filter(({ states, events }) => states ?? events)
    await expect.poll(said).toHaveLength(2)
    other.isOpen = false
    publishStock([stock(1, 'a', 3)])
    await nextStock(browser)
    other.isOpen = true
    publishStock([stock(1, 'a', 4)])
    await nextStock(browser)
    const [first, second, last] = said()
    expect(first?.states).toEqual([stock(1, 'a', 2)])
    expect(second?.events?.map(([room, event]) => [room, event.type])).toEqual(Array(2).fill([product(1), 'notice']))
    expect(last?.states).toEqual([stock(1, 'a', 4)])
    expect((last?.number ?? 0) - (second?.number ?? 0)).toBeGreaterThanOrEqual(2)
    expect(new Set(other.sent.map(({ number }) => number)).size).toBe(other.sent.length)
  })
})

/** The bus as the test plays it: what the others say, and what they would hear. */
function fakeWire() {
  let hear: (batch: Batch) => void = () => undefined
  const wire = {
    isOpen: true,
    sent: [] as Batch[],
    hear: (batch: Batch) => hear(batch),
    asWire: (): Wire => ({
      carries: { states: true, events: true },
      isOpen: () => wire.isOpen,
      send: (batch) => void wire.sent.push(batch),
      listen: (listener) => void (hear = listener),
      close: () => Promise.resolve(),
    }),
  }
  return wire
}

/** A node on that bus, and a browser that hears its only product. */
async function withBrowser(bus: ReturnType<typeof fakeWire>, work: (browser: Browser) => Promise<void>): Promise<void> {
  const node = await startNode([stock(1, 'a', 0)], { rereadMs: 60_000 }, [bus.asWire()])
  const browser = await node.connect()
  await subscribe(browser, [{ room: product(1), known: {} }])
  await work(browser)
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
