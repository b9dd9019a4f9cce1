import cluster from 'node:cluster'
import { createAdapter as createWorkerAdapter } from '@socket.io/cluster-adapter'
import { createAdapter as createRedisAdapter } from '@socket.io/redis-streams-adapter'
import { createClient } from 'redis'
import { sql } from '#lib/db'
import { env } from '#lib/env'
import { openLine } from '#lib/line'
import { log } from '#lib/log'
import { chunkBySize } from '../rules.ts'
import { noticeInput } from '../schema.ts'
import type { Batch, LiveServer, Wire } from '../types.ts'

/** The channel on which nodes without Redis tell each other of events. */
const CHANNEL = 'souk_live'

/** PostgreSQL takes 8,000 bytes with a notice; the rest is room for the envelope. */
const NOTICE_BYTES = 7_500

/**
 * How this node's live channel reaches the others': by Redis where REDIS_URL names one. Without it events go by way of the
 * database that all nodes have anyway, and counts among the workers of this host by their primary; other hosts read counts
 * again each second.
 */
export function openWires(io: LiveServer): Wire[] {
  const { REDIS_URL } = env()
  if (REDIS_URL) return [openRedis(io, REDIS_URL)]
  return cluster.isWorker ? [openWorkers(io), openNotices()] : [openNotices()]
}

/** The official adapter for Redis Streams, of which nodes use what one server says to all others. */
function openRedis(io: LiveServer, url: string): Wire {
  const client = createClient({ url, socket: { reconnectStrategy: (tries) => Math.min(2_000, 50 * 2 ** tries) } })
  let isSilent = false
  client.on('error', (error: unknown) => {
    if (!isSilent)
      log().warn({ err: error }, 'Redis does not answer; other nodes hear of changes within a second instead')
    isSilent = true
  })
  client.on('ready', () => void (isSilent = false))
  // The adapter does not wait for what it publishes: what fails would end the process. It is lost, as the next number tells.
  const publish = client.publish.bind(client)
  Object.assign(client, { publish: (...args: Parameters<typeof publish>) => publish(...args).catch(() => 0) })
  client.connect().catch(() => undefined)
  io.adapter(createRedisAdapter(client))
  return {
    ...adapterWire(io, { states: true, events: true }),
    // What waits in a queue for Redis to come back would be old by then.
    isOpen: () => client.isReady,
    close: () => {
      void io.of('/').adapter.close()
      client.destroy()
      return Promise.resolve()
    },
  }
}

/** The official adapter for the workers of one host. */
function openWorkers(io: LiveServer): Wire {
  io.adapter(createWorkerAdapter())
  return {
    ...adapterWire(io, { states: true, events: false }),
    isOpen: () => process.connected,
    close: () => Promise.resolve(),
  }
}

function adapterWire(io: LiveServer, carries: Wire['carries']): Pick<Wire, 'carries' | 'send' | 'listen'> {
  return {
    carries,
    send: (batch) => void io.serverSideEmit('batch', batch),
    listen: (hear) => void io.on('batch', hear),
  }
}

/** NOTIFY, outside any transaction of the market's, so that its lock is in nobody's way. */
function openNotices(): Wire {
  let hear: (batch: Batch) => void = () => undefined
  let last = Promise.resolve<unknown>(null)
  const line = openLine({
    name: 'souk-live',
    channel: CHANNEL,
    hear: (payload) => {
      const batch = parseBatch(payload)
      if (batch) hear(batch)
    },
  })
  const notify = (batch: Batch) =>
    line.ask(sql`select pg_notify(${CHANNEL}, ${JSON.stringify(batch)})`).catch((error: unknown) => {
      log().debug({ err: error }, 'a notice to other nodes was lost')
    })
  return {
    carries: { states: false, events: true },
    isOpen: () => true,
    send: (batch) => void (last = notify(batch)),
    split: (items) => chunkBySize(items, NOTICE_BYTES),
    listen: (listener) => void (hear = listener),
    // What is still on its way would be cut off with the connection.
    close: async () => {
      await last
      await line.close()
    },
  }
}

/** Whoever can reach the database can say anything on the channel. */
function parseBatch(payload: string): Batch | null {
  try {
    const parsed = noticeInput.safeParse(JSON.parse(payload))
    return parsed.success ? (parsed.data as Batch) : null
  } catch {
    return null
  }
}
