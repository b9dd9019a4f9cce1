import { once as nextEvent } from 'node:events'
import { expect, it } from 'vitest'
import { ANNA, id, nextStock, price, product, startNode, stock, subscribe, wireOf } from '../../scripts/test-gateway.ts'
import type { StockState } from './events.ts'
import { cutSession, publishStock, publishTo } from './publish.ts'
import { watchPace } from '../../scripts/test-pace.ts'

const pace = watchPace()
it('sends a newcomer only what is newer than what it knows', async () => {
  const node = await startNode([stock(1, 'a', 4), stock(1, 'b', 7)])
  const browser = await node.connect()
  const snapshot = await subscribe(browser, [{ room: product(1), known: { a: 4, b: 6 } }])
  expect(snapshot.states).toEqual([stock(1, 'b', 7)])
  expect(snapshot.watchers).toEqual([{ productId: id(1), count: 1 }])
  expect(Date.parse(snapshot.serverNow)).toBeGreaterThan(0)
})

it('reads the counts of a product once, however many come, and serves those after from what it knows', async () => {
  const node = await startNode([stock(1, 'a', 1)], { rereadMs: 60_000 })
  const browsers = await Promise.all([node.connect(), node.connect(), node.connect()])
  await Promise.all(browsers.map((browser) => subscribe(browser, [{ room: product(1), known: {} }])))
  publishStock([stock(1, 'a', 2)])
  await nextStock(browsers[0])
  const late = await node.connect()
  expect((await subscribe(late, [{ room: product(1), known: {} }])).states).toEqual([stock(1, 'a', 2)])
  expect(node.reads.length).toBe(1)
})

it('loses no change that commits while the snapshot is being read', async () => {
  const node = await startNode([stock(1, 'a', 1)], { rereadMs: 60_000 })
  const browser = await node.connect()
  const heard: number[] = []
  browser.on('stock', (states) => heard.push(...states.map((state) => state.version)))
  const read = node.holdReads()
  const answer = subscribe(browser, [{ room: product(1), known: {} }])
  await read.begun
  publishStock([stock(1, 'a', 2)])
  await nextStock(browser)
  read.release()
  const snapshot = await answer
  expect(Math.max(...heard, ...snapshot.states.map((state) => state.version))).toBe(2)
  expect(snapshot.states).toEqual([stock(1, 'a', 2)])
})

it('gathers changes and sends the latest state of each variant', async () => {
  const node = await startNode([stock(1, 'a', 0)])
  const browser = await node.connect()
  await subscribe(browser, [{ room: product(1), known: {} }])
  for (const version of [1, 3, 2]) publishStock([stock(1, 'a', version)])
  expect(await nextStock(browser)).toEqual([stock(1, 'a', 3)])
})

it('heals a lost message by reading again, and repeats nothing that is known', async () => {
  const node = await startNode([stock(1, 'a', 1), stock(1, 'b', 1)], { rereadMs: 20 })
  const browser = await node.connect()
  const heard: StockState[] = []
  browser.on('stock', (states) => heard.push(...states))
  await subscribe(browser, [{ room: product(1), known: {} }])
  node.table.set('a', stock(1, 'a', 2))
  await nextStock(browser)
  await node.nextReads(5)
  await subscribe(browser, [{ room: product(1), known: {} }])
  expect(heard).toEqual([stock(1, 'a', 2)])
})

it('goes on after a read failed, and tells the browser to ask again', async () => {
  const node = await startNode([stock(1, 'a', 1)], { rereadMs: 20 })
  const browser = await node.connect()
  node.failNextRead()
  const { refused } = await subscribe(browser, [{ room: product(1), known: {} }])
  expect(refused).toEqual([{ room: product(1), reason: 'unavailable' }])
  expect((await subscribe(browser, [{ room: product(1), known: {} }])).states.length).toBe(1)
})

it('sends nothing more to who has left a room', async () => {
  const node = await startNode([stock(1, 'a', 1), stock(2, 'b', 1)])
  const browser = await node.connect()
  const heard: string[] = []
  browser.on('stock', (states) => heard.push(...states.map((state) => state.variantId)))
  await subscribe(browser, [
    { room: product(1), known: {} },
    { room: product(2), known: {} },
  ])
  browser.emit('unsubscribe', [product(1)])
  await subscribe(browser, [{ room: product(2), known: { b: 1 } }])
  publishStock([stock(1, 'a', 2), stock(2, 'b', 2)])
  await nextStock(browser)
  expect(heard).toEqual(['b'])
})

it('tells how many watch a product', async () => {
  const node = await startNode([stock(1, 'a', 1)])
  const [first, second] = await Promise.all([node.connect(), node.connect()])
  await subscribe(first, [{ room: product(1), known: {} }])
  await subscribe(second, [{ room: product(1), known: {} }])
  expect(await nextEvent(first as never, 'watchers')).toEqual([{ productId: id(1), count: 2 }])
})

it.each([
  ['hears of', 60_000],
  ['does not hear of', 20],
])('says what a product costs: at first, and after an edit that the node %s', async (how, rereadMs) => {
  const node = await startNode([stock(1, 'a', 1)], { rereadMs })
  node.prices.set('a', price(1, 'a', 1, '500'))
  const browser = await node.connect()
  expect((await subscribe(browser, [{ room: product(1), known: {} }])).prices).toEqual([price(1, 'a', 1, '500')])
  node.prices.set('a', price(1, 'a', 2, '700'))
  if (how === 'hears of') publishTo(product(1), { type: 'product', productId: id(1), revision: 2 })
  expect(await nextEvent(browser as never, 'prices')).toEqual([[price(1, 'a', 2, '700')]])
})

it('refuses a foreign Origin and a missing one', async () => {
  const node = await startNode([])
  await expect(node.connect({ origin: 'http://evil.test' })).rejects.toThrow()
  await expect(node.connect({ origin: '' })).rejects.toThrow()
})

it('refuses the 51st room', async () => {
  const all = Array.from({ length: 51 }, (_, index) => stock(index + 1, `v${index + 1}`, 1))
  const node = await startNode(all)
  const browser = await node.connect()
  const { refused, states } = await subscribe(
    browser,
    all.map((_, index) => ({ room: product(index + 1), known: {} })),
  )
  expect(refused).toEqual([{ room: product(51), reason: 'too-many' }])
  expect(states.length).toBe(50)
})

it('refuses rooms that do not exist and keeps nothing for them', async () => {
  const node = await startNode([stock(1, 'a', 1)], { rereadMs: 20 })
  const browser = await node.connect()
  const { refused } = await subscribe(browser, [
    { room: product(9), known: {} },
    { room: 'everything', known: {} },
  ])
  expect(refused.map(({ reason }) => reason)).toEqual(['unknown', 'unknown'])
  await subscribe(browser, [{ room: product(1), known: {} }])
  await node.nextReads(2)
  expect(node.reads.at(-1)).toEqual([id(1)])
})

it("refuses another's private rooms, and lets the owner hear", async () => {
  const node = await startNode([])
  const [visitor, owner] = await Promise.all([node.connect(), node.connect({ cookie: 'anna' })])
  const rooms = [`user:${ANNA.userId}`, `seller:${ANNA.sellerId}`].map((room) => ({ room, known: {} }))
  const heard: unknown[] = []
  visitor.on('event', (...args) => heard.push(args))
  expect((await subscribe(visitor, rooms)).refused.map(({ reason }) => reason)).toEqual(['not-allowed', 'not-allowed'])
  expect((await subscribe(owner, rooms)).refused).toEqual([])
  publishTo(`user:${ANNA.userId}`, { type: 'hold', variantId: 'a' })
  expect(await nextEvent(owner as never, 'event')).toEqual([`user:${ANNA.userId}`, { type: 'hold', variantId: 'a' }])
  await subscribe(visitor, rooms)
  expect(heard).toEqual([])
})

it('cuts a revoked session at once when it is told', async () => {
  const node = await startNode([])
  const [anna, visitor] = await Promise.all([node.connect({ cookie: 'anna' }), node.connect()])
  const cut = nextEvent(anna as never, 'disconnect')
  cutSession('anna-1')
  await cut
  expect(visitor.connected).toBe(true)
})

it('finds a session that was revoked elsewhere within two seconds, and lets it join nothing meanwhile', async () => {
  const node = await startNode([])
  const [anna, visitor] = await Promise.all([node.connect({ cookie: 'anna' }), node.connect()])
  const cut = nextEvent(anna as never, 'disconnect')
  node.revoked.add('anna-1')
  const revokedAt = performance.now()
  const { refused } = await subscribe(anna, [{ room: `user:${ANNA.userId}`, known: {} }])
  expect(refused[0]?.reason).toBe('not-allowed')
  await cut
  expect(performance.now() - revokedAt).toBeLessThanOrEqual(2_000 * pace())
  expect(visitor.connected).toBe(true)
})

it('asks again, from time to time, whether a member may still hear what it hears', async () => {
  const node = await startNode([], { recheckMs: 100 })
  const anna = await node.connect({ cookie: 'anna' })
  await subscribe(anna, [{ room: `seller:${ANNA.sellerId}`, known: {} }])
  const heard: unknown[] = []
  anna.on('event', (...words) => heard.push(words))
  node.closeShops()
  await expect.poll(() => node.refusals()).toBeGreaterThan(0)
  publishTo(`seller:${ANNA.sellerId}`, { type: 'sale', number: '1' })
  await subscribe(anna, [{ room: `user:${ANNA.userId}`, known: {} }])
  expect(heard).toEqual([])
})

it('survives whatever is sent', async () => {
  const node = await startNode([stock(1, 'a', 1)], { packetsPerSecond: 200 })
  const garbage: unknown[][] = [
    ['subscribe'],
    ['subscribe', null, null],
    ['subscribe', [{ room: product(1) }], () => undefined],
    ['subscribe', [{ room: product(1), known: { a: 'x' } }], () => undefined],
    ['subscribe', JSON.parse('[{"room":"__proto__","known":{"__proto__":1}}]'), () => undefined],
    ['subscribe', [{ room: product(1), known: {} }], 'no function'],
    ['unsubscribe', 7],
    ['unsubscribe', [anything()]],
    ['unsubscribe', ['anna-1', 'session:anna-1']],
    ['nothing', { $where: 1 }],
    ['constructor', 1],
  ]
  const browser = await node.connect()
  for (const words of garbage) (browser.emit as (...words: unknown[]) => void).apply(browser, words)
  const raw = [
    '2["subscribe"',
    '5500-["x"]',
    '40',
    '451-["subscribe",{"_placeholder":true,"num":99}]',
    '9',
    '',
    '2/nowhere,["x"]',
    '0{"sid":1}',
  ]
  for (const frame of raw) {
    const sender = await node.connect()
    const cut = nextEvent(sender as never, 'disconnect')
    sender.io.engine.send(frame)
    sender.io.engine.send('2["subscribe",{"a":')
    await cut
  }
  expect((await subscribe(browser, [{ room: product(1), known: {} }])).states.length).toBe(1)
})

it('cuts who sends a frame that is too big, and no one else', async () => {
  const node = await startNode([stock(1, 'a', 1)])
  const [glutton, other] = await Promise.all([node.connect(), node.connect()])
  const cut = nextEvent(glutton as never, 'disconnect')
  glutton.emit('unsubscribe', ['x'.repeat(20_000)])
  await cut
  expect((await subscribe(other, [{ room: product(1), known: {} }])).states.length).toBe(1)
})

it('cuts who sends more than its share of messages', async () => {
  const node = await startNode([])
  const chatterbox = await node.connect()
  const cut = nextEvent(chatterbox as never, 'disconnect')
  for (let n = 0; n < 1_000; n++) chatterbox.emit('unsubscribe', [product(n)])
  await cut
})

it('refuses more connections than one address may have, and takes a new one when one ends', async () => {
  const node = await startNode([], { socketsPerAddress: 2 })
  const [first] = await Promise.all([node.connect(), node.connect()])
  await expect(node.connect()).rejects.toThrow()
  first?.disconnect()
  await expect
    .poll(() =>
      node.connect().then(
        () => true,
        () => false,
      ),
    )
    .toBe(true)
})

it('spares who does not read, and sends the latest count once it reads again', async () => {
  const node = await startNode([stock(1, 'a', 0)], { rereadMs: 60_000 })
  const [sleeper, other] = await Promise.all([node.connect(), node.connect()])
  await Promise.all([sleeper, other].map((browser) => subscribe(browser, [{ room: product(1), known: {} }])))
  const versions: number[] = []
  sleeper.on('stock', (states) => versions.push(...states.map((state) => state.version)))
  const wire = wireOf(sleeper)
  wire.pause()
  // Large states, so that what the operating system keeps for a sleeper is full soon.
  const bulk = 'x'.repeat(100_000)
  let most = 0
  for (let version = 1; version <= 150; version++) {
    publishStock([{ ...stock(1, 'a', version), opensAt: bulk }])
    await nextStock(other)
    most = Math.max(most, ...node.unsentBytes())
  }
  expect(most).toBeGreaterThan(128_000)
  expect(most).toBeLessThanOrEqual(256_000)
  wire.resume()
  await expect.poll(() => versions.at(-1)).toBe(150)
  expect(versions.length).toBeLessThan(140)
  expect(versions).toEqual(versions.toSorted((a, b) => a - b))
}, 20_000)

it('leaves requests for /socket.io to the pages', async () => {
  const node = await startNode([])
  const response = await fetch(`${node.url}/socket.io/?EIO=4&transport=polling`)
  expect([response.status, await response.text()]).toEqual([404, 'page'])
})

it('says goodbye when the node goes, and lets the process end', async () => {
  const node = await startNode([])
  const browser = await node.connect()
  const told = nextEvent(browser as never, 'closing')
  const cut = nextEvent(browser as never, 'disconnect')
  await node.stop()
  expect(await told).toEqual([5_000])
  await cut
})

function anything(): unknown {
  return { toString: 1, __proto__: null }
}
