import type { Server as HttpServer } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { Server } from 'socket.io'
import { env } from '#lib/env'
import { log } from '#lib/log'
import { MINUTE_MS, SECOND_MS } from '#lib/time'
import { createAdmission, limitPackets, type Admission } from './gateway/admission.ts'
import { createBoard, type Board } from './gateway/board.ts'
import { createDelivery } from './gateway/delivery.ts'
import { greet, recheck, sessionRoom } from './gateway/sessions.ts'
import { serveSubscriptions } from './gateway/subscriptions.ts'
import { attachCarrier, publishStock } from './publish.ts'
import { parseRoom, ROOMS_PER_SOCKET } from './rules.ts'
import type { Connection, Gateway, GatewayLimits, GatewayOptions, LiveServer } from './types.ts'

export type { RoomKind } from './types.ts'

/** Products per statement of the re-read. */
const REREAD_CHUNK = 500
const RETURN_WITHIN_MS = 5 * SECOND_MS
/** Time for the last words to leave. */
const GOODBYE_MS = 200

/**
 * Opens the live channel under `/socket.io`: WebSocket only, and only from our own pages.
 * What is published in this process goes to the rooms; once a second the counts of all watched products are read again,
 * which carries the changes of other nodes and heals whatever was lost.
 */
export function attachGateway(httpServer: HttpServer, options: GatewayOptions): Gateway {
  const limits = { ...defaultLimits(), ...options.limits }
  const admission = createAdmission(options, limits.socketsPerAddress)
  const io = openServer(httpServer, admission)
  const board = createBoard(options.readStock)
  const delivery = createDelivery(io, board)

  io.engine.on('connection', (connection: Connection) => limitPackets(connection, limits.packetsPerSecond))
  io.use((socket, next) => {
    greet(socket, options, limits.recheckMs).then(
      () => next(),
      (error: unknown) => {
        log().warn({ err: error }, 'A live connection could not be authenticated')
        next(new Error('unavailable'))
      },
    )
  })
  io.on('connection', (socket) => {
    serveSubscriptions(socket, { options, board, delivery, roomsPerSocket: limits.roomsPerSocket })
    socket.conn.on('drain', () => delivery.catchUp(socket))
  })
  io.of('/').adapter.on('delete-room', (room: string) => {
    const name = parseRoom(room)
    if (name?.kind !== 'product') return
    board.drop(name.id)
    delivery.forget(name.id)
  })

  const detach = attachCarrier({
    carryStock: delivery.stock,
    carry: (room, event) => delivery.event(room, event),
    cutSession: (sid) => void io.local.in(sessionRoom(sid)).disconnectSockets(true),
  })
  const heal = createHealer(board, options)
  const reread = setInterval(() => void heal(), limits.rereadMs)
  const second = setInterval(() => {
    delivery.watchers()
    recheck(io, options, limits.recheckMs)
  }, SECOND_MS)

  return {
    close: async () => {
      detach()
      clearInterval(reread)
      clearInterval(second)
      io.local.emit('closing', RETURN_WITHIN_MS)
      io.local.disconnectSockets(true)
      await wait(GOODBYE_MS)
      io.engine.close()
      admission.endAll()
    },
  }
}

/** Simulations come from one address and lift its limit with the same factor as every other. */
function defaultLimits(): GatewayLimits {
  return {
    roomsPerSocket: ROOMS_PER_SOCKET,
    packetsPerSecond: 20,
    socketsPerAddress: Math.round(500 * env().RATE_LIMIT_FACTOR),
    recheckMs: MINUTE_MS,
    rereadMs: SECOND_MS,
  }
}

function openServer(httpServer: HttpServer, admission: Admission): LiveServer {
  const io: LiveServer = new Server({
    path: '/socket.io',
    transports: ['websocket'],
    serveClient: false,
    perMessageDeflate: false,
    httpCompression: false,
    maxHttpBufferSize: 16_384,
    connectTimeout: 10 * SECOND_MS,
    pingInterval: 15 * SECOND_MS,
    pingTimeout: 10 * SECOND_MS,
    allowRequest: admission.decide,
  })
  // Without polling there is no request for it to answer; its listener would answer beside the pages, and throw.
  const listeners = httpServer.listeners('request') as Parameters<HttpServer['on']>[1][]
  io.attach(httpServer)
  httpServer.removeAllListeners('request')
  for (const listener of listeners) httpServer.on('request', listener)
  return io
}

/** Reads the watched products again and publishes what is news. One at a time; a failure is next second's work. */
function createHealer(board: Board, { readStock }: GatewayOptions): () => Promise<void> {
  let isBusy = false
  return async () => {
    if (isBusy) return
    isBusy = true
    try {
      const productIds = board.productIds()
      for (let from = 0; from < productIds.length; from += REREAD_CHUNK) {
        publishStock(board.newsIn(await readStock(productIds.slice(from, from + REREAD_CHUNK))))
      }
    } catch (error) {
      log().warn({ err: error }, 'The watched counts could not be read again')
    } finally {
      isBusy = false
    }
  }
}
