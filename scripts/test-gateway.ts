import { once as nextEvent } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { io, type Socket } from 'socket.io-client'
import { afterEach, expect } from 'vitest'
import type {
  ClientToServerEvents,
  PriceState,
  ServerToClientEvents,
  Snapshot,
  StockState,
  Subscription,
} from '#lib/live/events'
import { attachGateway } from '#lib/live/gateway'
import { unsentOf } from '#lib/live/gateway/frame'
import type { GatewayLimits, GatewayOptions, LiveMember, LiveServer, LiveSocket, Wire } from '#lib/live/types'

export type Browser = Socket<ServerToClientEvents, ClientToServerEvents>

const ORIGIN = 'http://souk.test'
export const ANNA: LiveMember = { userId: id(901), sid: 'anna-1', sellerId: id(801) }

const endings: (() => Promise<unknown> | void)[] = []
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end()
})

/** A node with a table in memory instead of a database: the gateway's own edges are what is tested. */
export async function startNode(rows: readonly StockState[], limits: Partial<GatewayLimits> = {}, wires: Wire[] = []) {
  const { options, ...world } = makeWorld(rows)
  const server = createServer((_, response) => response.writeHead(404).end('page'))
  let sockets: readonly LiveSocket[] = []
  const openWires = (io: LiveServer) => {
    io.on('connection', (socket) => (sockets = [...sockets, socket]))
    return wires
  }
  const gateway = attachGateway(server, { ...options, openWires, limits })
  server.listen(0, '127.0.0.1')
  await nextEvent(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const stop = async () => {
    const closed = nextEvent(server, 'close')
    server.close()
    server.closeIdleConnections()
    await gateway.close()
    await closed
  }
  endings.push(() => (server.listening ? stop() : undefined))
  return {
    ...world,
    url,
    stop,
    /** Of each connection there ever was, what waits in this process for the other side to read. */
    unsentBytes: () => sockets.map((socket) => unsentOf(socket).bytes),
    connect: ({ origin = ORIGIN, cookie = '' } = {}) =>
      connect(url, { ...(origin && { origin }), ...(cookie && { cookie }) }),
  }
}

/** What the gateway asks, and ways for a test to change the answers. */
function makeWorld(rows: readonly StockState[]) {
  const { options: known, ...members } = makeMembers()
  const table = new Map(rows.map((row) => [row.variantId, row]))
  const prices = new Map<string, PriceState>()
  const reads: (readonly string[])[] = []
  let gate: { begin: () => void; wait: Promise<void> } | null = null
  let failures = 0
  const options: GatewayOptions = {
    ...known,
    readStock: async (productIds) => {
      reads.push(productIds)
      if (failures > 0) {
        failures -= 1
        throw new Error('The database is away.')
      }
      const found = [...table.values()].filter((row) => productIds.includes(row.productId))
      gate?.begin()
      await gate?.wait
      return found
    },
    readPrices: (productIds) =>
      Promise.resolve([...prices.values()].filter((each) => productIds.includes(each.productId))),
  }
  return {
    ...members,
    options,
    table,
    prices,
    reads,
    failNextRead: () => void (failures += 1),
    holdReads() {
      const begun = Promise.withResolvers<void>()
      const released = Promise.withResolvers<void>()
      gate = { begin: begun.resolve, wait: released.promise }
      return { begun: begun.promise, release: released.resolve }
    },
    async nextReads(count: number) {
      const goal = reads.length + count
      await expect.poll(() => reads.length).toBeGreaterThanOrEqual(goal)
    },
  }
}

/** Who is who, and what they may hear. */
function makeMembers() {
  const revoked = new Set<string>()
  let areShopsClosed = false
  let refusals = 0
  const options: Omit<GatewayOptions, 'readStock' | 'readPrices'> = {
    rooms: {
      product: { canJoin: () => Promise.resolve(true) },
      shop: { canJoin: () => Promise.resolve(true) },
      seller: {
        canJoin: (member, sellerId) => {
          if (areShopsClosed) refusals += 1
          return Promise.resolve(member?.sellerId === sellerId && !areShopsClosed)
        },
      },
      user: { canJoin: (member, userId) => Promise.resolve(member?.userId === userId) },
    },
    authenticate: (cookie) => Promise.resolve(cookie === 'anna' && !revoked.has('anna-1') ? ANNA : null),
    isLive: (sid) => Promise.resolve(!revoked.has(sid)),
    liveAmong: (sids) => Promise.resolve(new Set(sids.filter((sid) => !revoked.has(sid)))),
    isOurOrigin: (origin) => origin === ORIGIN,
    addressFrom: (peer) => peer ?? '',
  }
  return { options, revoked, closeShops: () => void (areShopsClosed = true), refusals: () => refusals }
}

async function connect(url: string, extraHeaders: Record<string, string>): Promise<Browser> {
  const browser: Browser = io(url, { transports: ['websocket'], extraHeaders, reconnection: false, forceNew: true })
  endings.push(() => void browser.disconnect())
  await new Promise<void>((resolve, reject) => {
    browser.once('connect', resolve)
    browser.once('connect_error', reject)
  })
  return browser
}

export function subscribe(browser: Browser | undefined, subscriptions: Subscription[]): Promise<Snapshot> {
  if (!browser) throw new Error('There is no such browser.')
  return browser.timeout(5_000).emitWithAck('subscribe', subscriptions)
}

export function nextStock(browser: Browser | undefined): Promise<readonly StockState[]> {
  return new Promise((resolve) => browser?.once('stock', resolve))
}

/** The TCP connection under a socket. */
export function wireOf(browser: Browser): { pause(): void; resume(): void } {
  const { ws } = browser.io.engine.transport as unknown as { ws: { _socket: { pause(): void; resume(): void } } }
  return ws._socket
}

export function product(n: number): string {
  return `product:${id(n)}`
}

export function id(n: number): string {
  return `0199a2f0-0000-7000-8000-${n.toString().padStart(12, '0')}`
}

export function stock(n: number, variantId: string, version: number): StockState {
  return { variantId, productId: id(n), available: 3, onHand: 5, waiting: 0, version, onSale: true, opensAt: null }
}

export function price(n: number, variantId: string, version: number, priceCents: string): PriceState {
  return { variantId, productId: id(n), priceCents, compareAtCents: null, version }
}
