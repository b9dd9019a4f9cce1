import * as z from 'zod'
import type { LiveEvent } from './events.ts'
import type { RoomKindName } from './rules.ts'
import { roomEventViews, serverMessages, snapshotView, subscribeInput, unsubscribeInput } from './schema.ts'

/** Which rooms bring an event; `stock` has a message of its own. */
const ROOMS_OF: Readonly<Record<Exclude<LiveEvent['type'], 'stock'>, readonly RoomKindName[]>> = {
  product: ['product'],
  hold: ['user'],
  place: ['user'],
  order: ['user', 'seller'],
  sale: ['seller'],
  'low-stock': ['seller'],
  payout: ['seller'],
  import: ['seller'],
  rating: ['shop'],
  notice: ['user', 'seller'],
}

const SUMMARIES: Readonly<Record<Exclude<LiveEvent['type'], 'stock'>, string>> = {
  product: 'The seller changed what the product page says',
  hold: "The buyer's cart changed; null when more than one line did",
  place: "The buyer's place in a waitlist changed: an offer was made, taken, or is over",
  order: 'An order moved on',
  sale: 'The shop sold something',
  'low-stock': 'Few pieces of a variant are left to buy, and a moment ago there were more',
  payout: "The shop's balance is on its way, has arrived, or came back",
  import: 'An import moved on',
  rating: "What the shop's reviews come to changed; who joins is told it too",
  notice: 'A sentence for the person at the screen',
}

const ROOMS: Readonly<Record<RoomKindName, string>> = {
  product: 'One product: its counts, its prices, its watchers, its edits. Open to everyone.',
  shop: 'One shop, as everyone sees it: its rating. Open to everyone.',
  seller: "One shop: sales, low stock, orders, payouts, imports. The shop's own members only.",
  user: "One buyer: cart, waitlist, orders. The buyer's own devices only.",
}

const DESCRIPTION =
  'Every change of the market as it happens, over Socket.IO 4 (WebSocket only, path /socket.io). The name of a message is ' +
  'the name of the Socket.IO event, its payload the array of the arguments. Counts are absolute and carry a version: apply ' +
  'only a higher one. An event is a reason to read again over HTTP, and is not repeated after a pause. A channel is a room: ' +
  'its address is what `subscribe` takes. Limits: 50 rooms a connection, 20 messages a second, 16 KB a frame.'

type Json = Readonly<Record<string, unknown>>

/**
 * The live channel as an AsyncAPI 3.0 document, seen from the node: what it sends and what it receives.
 * The payloads come from the zod schemas that tests hold real messages against.
 */
export function asyncApiDocument(origin: URL): Json {
  const messages = allMessages()
  const names = Object.keys(messages)
  const channels: Record<string, Json> = {
    connection: channelOf('/', 'What concerns the connection itself.', names.filter(isOfConnection)),
  }
  for (const kind of Object.keys(ROOMS) as RoomKindName[]) {
    channels[kind] = {
      ...channelOf(`${kind}:{id}`, ROOMS[kind], namesIn(kind)),
      parameters: { id: { description: `The id of the ${kind === 'shop' ? 'seller' : kind}.` } },
    }
  }
  return {
    asyncapi: '3.0.0',
    info: { title: 'Souk live', version: '1', description: DESCRIPTION, license: { name: 'MIT' } },
    defaultContentType: 'application/json',
    servers: {
      node: { host: origin.host, protocol: origin.protocol === 'https:' ? 'wss' : 'ws', pathname: '/socket.io/' },
    },
    channels,
    operations: operationsOf(channels),
    components: { messages },
  }
}

function isOfConnection(name: string): boolean {
  return ['subscribe', 'unsubscribe', 'snapshot', 'missed', 'closing'].includes(name)
}

function namesIn(kind: RoomKindName): string[] {
  const events = Object.entries(ROOMS_OF).flatMap(([type, kinds]) => (kinds.includes(kind) ? [`event-${type}`] : []))
  return kind === 'product' ? ['stock', 'prices', 'watchers', ...events] : events
}

function allMessages(): Record<string, Json> {
  const events = Object.entries(SUMMARIES).map(([type, summary]) => {
    const payload = z.tuple([z.string().describe('The room'), roomEventViews[type as keyof typeof SUMMARIES]])
    return [`event-${type}`, messageOf('event', summary, payload)]
  })
  return {
    subscribe: messageOf('subscribe', 'Hear rooms; the acknowledgement is a snapshot', z.tuple([subscribeInput])),
    unsubscribe: messageOf('unsubscribe', 'Leave rooms', z.tuple([unsubscribeInput])),
    snapshot: messageOf('snapshot', 'What is newer than the versions that were sent', z.tuple([snapshotView])),
    missed: messageOf(
      'missed',
      'Events of other nodes were lost: read again what you know by events',
      serverMessages.missed,
    ),
    closing: messageOf('closing', 'The node goes away: come back within this time', serverMessages.closing),
    stock: messageOf('stock', 'Counts that changed, at most 20 times a second', serverMessages.stock),
    prices: messageOf('prices', 'What the versions cost, after an edit', serverMessages.prices),
    watchers: messageOf('watchers', 'How many connections hear the product', serverMessages.watchers),
    ...(Object.fromEntries(events) as Record<string, Json>),
  }
}

function messageOf(name: string, summary: string, payload: z.ZodType): Json {
  const schema = z.toJSONSchema(payload, { target: 'draft-7', io: 'input' })
  delete schema.$schema
  return { name, summary, payload: schema }
}

function channelOf(address: string, description: string, names: readonly string[]): Json {
  const messages = Object.fromEntries(names.map((name) => [name, { $ref: `#/components/messages/${name}` }]))
  return { address, description, messages }
}

function operationsOf(channels: Readonly<Record<string, Json>>): Record<string, Json> {
  const inConnection = (name: string) => ({ $ref: `#/channels/connection/messages/${name}` })
  const connection = { $ref: '#/channels/connection' }
  const reply = { channel: connection, messages: [inConnection('snapshot')] }
  const operations: Record<string, Json> = {
    subscribe: { action: 'receive', channel: connection, messages: [inConnection('subscribe')], reply },
    unsubscribe: { action: 'receive', channel: connection, messages: [inConnection('unsubscribe')] },
    sayMissed: { action: 'send', channel: connection, messages: [inConnection('missed')] },
    sayGoodbye: { action: 'send', channel: connection, messages: [inConnection('closing')] },
  }
  for (const kind of Object.keys(ROOMS) as RoomKindName[]) {
    const names = Object.keys(channels[kind]?.messages ?? {})
    operations[`tell-${kind}`] = {
      action: 'send',
      channel: { $ref: `#/channels/${kind}` },
      messages: names.map((name) => ({ $ref: `#/channels/${kind}/messages/${name}` })),
    }
  }
  return operations
}
