import { afterAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { newId } from '#lib/ids'
import { useTestDatabase } from '../../scripts/test-database.ts'
import { makeSeller, makeVariant } from '../../scripts/test-market.ts'
import { raceTimeout, report, rounds, until } from '../../scripts/test-race.ts'
import { openScreen } from '../../scripts/test-screens.ts'
import { startWebNode } from '../../scripts/test-web.ts'

await useTestDatabase()
const { productId, variantId } = await makeVariant({ quantity: 1_000_000, cap: 1_000_000 })
const stranger = await makeSeller()
const node = await startWebNode({ RATE_LIMIT_FACTOR: '1000000' })
afterAll(node.kill)

const MB = 1_024 * 1_024
const SUBSCRIBE = '420'

/** One who speaks the protocol as far as it suits. */
async function connect(path = '/socket.io/?EIO=4&transport=websocket', headers: Record<string, string> = {}) {
  const socket = new WebSocket(node.url.replace('http', 'ws') + path, { headers: { origin: node.url, ...headers } })
  const heard: string[] = []
  let isOver = false
  socket.on('message', (data: Buffer) => heard.push(data.toString()))
  socket.on('error', () => undefined).on('close', () => (isOver = true))
  await until(() => isOver || heard.length > 0)
  return { socket, heard, isOver: () => isOver, send: (text: string) => socket.send(text) }
}

async function greet(headers?: Record<string, string>) {
  const line = await connect(undefined, headers)
  line.send('40')
  await until(() => line.isOver() || line.heard.some((text) => text.startsWith('40')))
  return line
}

/** Rooms that were refused of those asked for; null when it was cut instead of answered. */
async function ask(line: Awaited<ReturnType<typeof greet>>, rooms: readonly string[]): Promise<string[] | null> {
  line.send(`${SUBSCRIBE}${JSON.stringify(['subscribe', rooms.map((room) => ({ room, known: {} }))])}`)
  await until(() => line.isOver() || line.heard.some((text) => text.startsWith('430')))
  const answer = line.heard.find((text) => text.startsWith('430'))
  if (!answer) return null
  const [{ refused }] = JSON.parse(answer.slice(3)) as [{ refused: { room: string }[] }]
  return refused.map(({ room }) => room)
}

/** What is tried; each is to end its own connection, or to do nothing. */
const ATTACKS: Readonly<Record<string, () => Promise<void>>> = {
  'a frame that is too big': async () => {
    const line = await greet()
    line.send(`42["subscribe","${'x'.repeat(1_000_000)}"]`)
    await until(line.isOver)
  },
  'a message in ten thousand fragments': async () => {
    const line = await greet()
    for (let part = 0; part < 10_000 && !line.isOver(); part++) line.socket.send('x', { fin: false })
    line.socket.send('x', { fin: true })
    await until(line.isOver)
  },
  'a fragment that never ends': async () => {
    const line = await greet()
    for (let part = 0; part < 100 && !line.isOver(); part++) line.socket.send('x'.repeat(1_000), { fin: false })
    await until(line.isOver)
  },
  'eleven attachments': async () => {
    const line = await greet()
    line.send('4511-["subscribe",{"_placeholder":true,"num":0}]')
    for (let part = 0; part < 11; part++) line.socket.send(Buffer.alloc(1_000))
    line.send('42["subscribe",1]')
    await until(line.isOver)
  },
  'attachments that never come': async () => {
    const line = await greet()
    line.send('451-["subscribe",{"_placeholder":true,"num":0}]')
    line.send('42["subscribe",1]')
    await until(line.isOver)
  },
  'an older protocol': async () => {
    const line = await connect('/socket.io/?EIO=3&transport=websocket')
    await until(line.isOver)
  },
  'a change of transport': async () => {
    const answer = await fetch(`${node.url}/socket.io/?EIO=4&transport=polling`, { headers: { origin: node.url } })
    expect(answer.status).toBe(404)
  },
  'another namespace': async () => {
    const line = await connect()
    line.send('40/admin,')
    await until(() => line.isOver() || line.heard.some((text) => text.startsWith('44/admin')))
  },
  'events nobody knows': async () => {
    const line = await greet()
    for (const name of ['batch', 'connect', 'disconnecting', '__proto__', 'constructor', 'newListener']) {
      line.send(`42${JSON.stringify([name, { node: 'x', number: 1, states: [{}] }])}`)
    }
    line.send('3')
    expect(line.isOver()).toBe(false)
  },
  'no Socket.IO at all': async () => {
    const line = await connect()
    for (const text of ['', '9', '4', '4{', '42', '42["', '42{}', '42[null]', '44"x"', 'b', '\u0000']) line.send(text)
    await until(line.isOver)
  },
  'binary where text belongs': async () => {
    const line = await greet()
    line.socket.send(Buffer.alloc(10_000, 255))
    await until(line.isOver)
  },
  'a thousand wishes': async () => {
    const line = await greet()
    for (let turn = 0; turn < 1_000 && !line.isOver(); turn++) {
      line.send(`42${JSON.stringify(['subscribe', [{ room: `product:${newId()}`, known: {} }]])}`)
    }
    await until(line.isOver)
  },
  'a foreign page': async () => {
    const line = await connect(undefined, { origin: 'https://evil.example' })
    await until(line.isOver)
    expect(line.heard).toEqual([])
  },
}

test(
  'whatever is sent, the node lives, keeps its memory, and goes on telling others',
  { timeout: raceTimeout },
  async () => {
    const screen = openScreen(node.url, [`product:${productId}`])
    await until(() => screen.joined.size > 0)
    // Once to have everything loaded.
    for (const attack of Object.values(ATTACKS)) await attack()
    const before = await node.rssBytes()
    const times = rounds(20, 200)
    for (let time = 0; time < times; time++) await Promise.all(Object.values(ATTACKS).map((attack) => attack()))
    const grown = (await node.rssBytes()) - before
    await putInCart(1)
    await until(() => screen.shown.get(variantId)?.available === 999_999)
    report('D7', { attacks: times * Object.keys(ATTACKS).length, 'RSS MB': Math.round(grown / MB) })
    expect(grown).toBeLessThan(50 * MB)
    screen.close()
  },
)

test('nobody hears a private room without the right to: visitor, invented session, another seller', async () => {
  const rooms = [`user:${stranger.userId}`, `seller:${stranger.sellerId}`]
  const other = await makeSeller()
  const cookies = ['', 'souk.session=x', `souk.session=${'e'.repeat(2_000)}`, `souk.session=${other.userId}`]
  for (const cookie of cookies) {
    const line = await greet({ cookie })
    expect(await ask(line, rooms)).toEqual(rooms)
    line.socket.close()
  }
  for (const room of ['session:1', 'user:', `user:${stranger.userId} `, `${stranger.userId}`, 'user:*']) {
    const line = await greet()
    expect(await ask(line, [room])).toEqual([room])
    line.socket.close()
  }
})

test(
  'who does not read costs no more than a few hundred kilobytes, and has the right number once it reads',
  { timeout: raceTimeout },
  async () => {
    const sleepers = rounds(20, 100)
    const lines = await Promise.all(Array.from({ length: sleepers }, () => greet()))
    for (const line of lines) expect(await ask(line, [`product:${productId}`])).toEqual([])
    await putInCart(2)
    const before = await node.usedBytes()
    for (const line of lines) line.socket.pause()
    // Each message is some 300 bytes: what the operating systems keep on both sides takes long to fill.
    const stopping = new AbortController()
    const flood = Promise.all(Array.from({ length: 4 }, () => flip(stopping.signal)))
    await new Promise((resolve) => setTimeout(resolve, rounds(8_000, 60_000)))
    stopping.abort()
    await flood
    const grown = ((await node.usedBytes()) - before) / sleepers
    const last = await putInCart(3)
    for (const line of lines) line.socket.resume()
    await until(() =>
      lines.every(
        ({ heard, isOver }) =>
          isOver() || heard.findLast((text) => text.startsWith('42["stock"'))?.includes(`"available":${last}`),
      ),
    )
    report('D6', { sleepers, 'KB each': Math.round(grown / 1_024) })
    expect(grown).toBeLessThan(256 * 1_024)
    for (const line of lines) line.socket.close()
  },
)

let cookie = ''

/** Resolves to how many are left. */
async function putInCart(quantity: number): Promise<number> {
  const answer = await fetch(`${node.url}/api/v1/cart/lines/${variantId}`, {
    method: 'PUT',
    headers: { origin: node.url, cookie, 'content-type': 'application/json' },
    body: JSON.stringify({ quantity }),
  })
  cookie ||= answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  expect(answer.ok).toBe(true)
  await answer.arrayBuffer()
  const read = await fetch(`${node.url}/api/v1/stock?variantId=${variantId}`)
  const { stock } = (await read.json()) as { stock: { available: number }[] }
  return stock[0]?.available ?? 0
}

async function flip(stop: AbortSignal): Promise<void> {
  for (let turn = 0; !stop.aborted; turn++) await putInCart((turn % 2) + 1)
}
