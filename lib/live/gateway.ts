import type { Server as HttpServer } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { Server } from 'socket.io'
import { env } from '#lib/env'
import { log } from '#lib/log'
import { MINUTE_MS, SECOND_MS } from '#lib/time'
import { createAdmission, limitPackets, type Admission } from './gateway/admission.ts'
import { createBoard } from './gateway/board.ts'
import { openBus } from './gateway/bus.ts'
import { createDelivery, type Boards, type Delivery } from './gateway/delivery.ts'
import { createHealer, createTeller } from './gateway/healer.ts'
import { createSweep, greet, recheck, sessionRoom } from './gateway/sessions.ts'
import { serveSubscriptions } from './gateway/subscriptions.ts'
import { createWatching, type Watching } from './gateway/watching.ts'
import { openWires } from './gateway/wire.ts'
import { attachCarrier, relayStock } from './publish.ts'
import { parseRoom, ROOMS_PER_SOCKET } from './rules.ts'
import type { Connection, Gateway, GatewayLimits, GatewayOptions, LiveServer } from './types.ts'

export type { RoomKind } from './types.ts'

const RETURN_WITHIN_MS = 5 * SECOND_MS
/** Time for the last words to leave. */
const GOODBYE_MS = 200

/**
 * Opens the live channel under `/socket.io`: WebSocket only, and only from our own pages.
 * What is published in this process goes to its rooms and to the other nodes; once a second the counts and prices of all
 * watched products are read again, which heals whatever was lost between them.
 */
export function attachGateway(httpServer: HttpServer, options: GatewayOptions): Gateway {
  const limits = { ...defaultLimits(), ...options.limits }
  const admission = createAdmission(options, limits.socketsPerAddress)
  const io = openServer(httpServer, admission)
  // An adapter comes before whatever looks at its rooms.
  const wires = (options.openWires ?? openWires)(io)
  const boards = { stock: createBoard(options.readStock), prices: createBoard(options.readPrices) }
  const watching = createWatching(io, boards.stock.productIds)
  const delivery = createDelivery(io, boards, watching)
  const parts = { options, limits, boards, delivery, watching }
  const tellRoom = createTeller(boards, delivery, options)
  const bus = openBus(
    wires,
    {
      ...{ states: relayStock, event: tellRoom, gap: () => delivery.missed() },
      ...{ watching: watching.hear, gone: watching.forget },
    },
    watching.news,
  )

  serve(io, parts)
  const detach = attachCarrier({
    carryStock: (states, fresh) => {
      delivery.stock(states)
      if (fresh.length > 0) bus.states(fresh)
    },
    carry: (room, event) => {
      tellRoom(room, event)
      bus.event(room, event)
    },
    cutSession: (sid) => void io.local.in(sessionRoom(sid)).disconnectSockets(true),
  })
  const rest = beat(io, parts)

  return {
    close: async () => {
      detach()
      rest()
      io.local.emit('closing', RETURN_WITHIN_MS)
      io.local.disconnectSockets(true)
      await Promise.all([wait(GOODBYE_MS), bus.close()])
      io.engine.close()
      admission.endAll()
    },
  }
}

interface Parts {
  readonly options: GatewayOptions
  readonly limits: GatewayLimits
  readonly boards: Boards
  readonly delivery: Delivery
  readonly watching: Watching
}

/** Greets who comes, gives them the rooms they ask for, and forgets what nobody watches any more. */
function serve(io: LiveServer, { options, limits, boards, delivery }: Parts): void {
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
    serveSubscriptions(socket, { options, boards, delivery, roomsPerSocket: limits.roomsPerSocket })
  })
  io.of('/').adapter.on('delete-room', (room: string) => {
    const name = parseRoom(room)
    if (name?.kind !== 'product') return
    boards.stock.drop(name.id)
    boards.prices.drop(name.id)
    delivery.forget(name.id)
  })
}

/** What is done again and again, until the returned function is called. */
function beat(io: LiveServer, { options, limits, boards, delivery, watching }: Parts): () => void {
  const heal = createHealer(boards, delivery, options)
  const sweep = createSweep(io, options)
  const reread = setInterval(() => void heal(), limits.rereadMs)
  const second = setInterval(() => {
    watching.refresh()
    delivery.watchers()
    delivery.catchUp()
    void sweep()
    recheck(io, options, limits.recheckMs)
  }, SECOND_MS)
  return () => {
    clearInterval(reread)
    clearInterval(second)
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
