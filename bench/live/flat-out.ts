import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'
import type { StockState } from '#lib/live/events'
import { attachGateway } from '#lib/live/gateway'
import { createBoard } from '#lib/live/gateway/board'
import { createDelivery } from '#lib/live/gateway/delivery'
import { unsentOf } from '#lib/live/gateway/frame'
import type { LiveServer } from '#lib/live/types'

/*
 * A process that tells its subscribers something as fast as they take it: Souk's gateway and its delivery without the pause
 * between two messages, or a bare ws server that sends the same bytes.
 */

const [way = '', productId = ''] = process.argv.slice(2)

/** One that has taken less than this has room for the next message. */
const UNSENT_BYTES = 32_000

interface Crowd {
  tell(): void
  /** For each connection, how many bytes wait for it to read. */
  unsent(): (() => number)[]
}

const server = createServer((_, response) => response.writeHead(404).end())
const crowd = way === 'souk' ? soukCrowd() : bareCrowd()
let isTelling = false
/** Messages that were told to everybody. */
let told = 0

process.on('message', (order: 'tell' | 'rest') => {
  if (order === 'rest') return rest()
  isTelling = true
  // Looking at all of them each time would be a good part of what is measured.
  const watched = crowd.unsent().filter((_, index) => index % 50 === 0)
  tellOn(() => watched.every((unsent) => unsent() < UNSENT_BYTES))
})
process.on('disconnect', () => process.exit())
server.listen(0, '127.0.0.1', () => process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`))

/** Says what processor time it took, which tells the two ways apart on a machine that does other things too. */
function rest(): void {
  isTelling = false
  const { user, system } = process.cpuUsage()
  process.send?.({ cpuMs: (user + system) / 1_000, told })
}

function tellOn(isReady: () => boolean): void {
  if (!isTelling) return
  if (isReady()) {
    crowd.tell()
    told += 1
  }
  setImmediate(tellOn, isReady)
}

function stateOf(version: number): StockState {
  return {
    variantId: productId,
    productId,
    available: 1_000_000,
    onHand: 2_000_000,
    waiting: 0,
    version,
    onSale: true,
    opensAt: null,
  }
}

function soukCrowd(): Crowd {
  let io!: LiveServer
  const readStock = () => Promise.resolve([stateOf(0)])
  attachGateway(server, {
    rooms: { product: { canJoin: yes }, shop: { canJoin: yes }, seller: { canJoin: yes }, user: { canJoin: yes } },
    authenticate: () => Promise.resolve(null),
    isLive: yes,
    liveAmong: (sids) => Promise.resolve(new Set(sids)),
    isOurOrigin: () => true,
    addressFrom: () => 'bench',
    readStock,
    readPrices: () => Promise.resolve([]),
    openWires: (made) => {
      io = made
      return []
    },
    limits: { socketsPerAddress: 100_000, rereadMs: 60_000 },
  })
  const boards = { stock: createBoard(readStock), prices: createBoard(() => Promise.resolve([])) }
  void boards.stock.warm([productId])
  const delivery = createDelivery(io, boards, { count: () => 0 })
  let version = 1
  return {
    tell: () => delivery.stock([stateOf(version++)]),
    unsent: () => [...io.of('/').sockets.values()].map((socket) => () => unsentOf(socket).bytes),
  }
}

function bareCrowd(): Crowd {
  const bare = new WebSocketServer({ server, perMessageDeflate: false })
  bare.on('connection', (socket) => socket.send('hello'))
  let version = 1
  return {
    tell() {
      const bytes = Buffer.from(`42${JSON.stringify(['stock', [stateOf(version++)]])}`)
      for (const socket of bare.clients) socket.send(bytes, { binary: false })
    },
    unsent: () => [...bare.clients].map((socket) => () => socket.bufferedAmount),
  }
}

function yes(): Promise<boolean> {
  return Promise.resolve(true)
}
