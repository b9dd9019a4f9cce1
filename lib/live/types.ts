import type { Server, Socket } from 'socket.io'
import type { ClientToServerEvents, LiveEvent, PriceState, ServerToClientEvents, StockState } from './events.ts'
import type { RoomKindName } from './rules.ts'

/** What the gateway needs to know of a member; whoever attaches it has more. */
export interface LiveMember {
  readonly userId: string
  readonly sid: string | null
  readonly sellerId: string | null
}

/** What a noun says about its rooms. */
export interface RoomKind {
  canJoin(member: LiveMember | null, id: string): Promise<boolean>
  /** What a newcomer must know beside the counts, which the gateway reads by itself. */
  snapshot?(id: string, member: LiveMember | null): Promise<readonly LiveEvent[]>
}

export interface GatewayOptions {
  readonly rooms: Readonly<Record<RoomKindName, RoomKind>>
  /** The member whose browser sent these cookies with the handshake; null for a visitor. Asked again each minute. */
  authenticate(cookie: string | null): Promise<LiveMember | null>
  /** Whether a session still counts, asked before a private room is joined. */
  isLive(sid: string): Promise<boolean>
  /** Those of the sessions that still count, asked each second about all that are connected. */
  liveAmong(sids: readonly string[]): Promise<ReadonlySet<string>>
  readonly isOurOrigin: (origin: string | undefined, host: string | undefined) => boolean
  /** Where a handshake came from, for counting connections. */
  readonly addressFrom: (peer: string | undefined, forwardedFor: string | undefined) => string
  /** The counts of whole products, in one statement. */
  readonly readStock: (productIds: readonly string[]) => Promise<readonly StockState[]>
  /** The prices of whole products, in one statement. */
  readonly readPrices: (productIds: readonly string[]) => Promise<readonly PriceState[]>
  /** How this node reaches the others; by default what the environment says. */
  readonly openWires?: (io: LiveServer) => Wire[]
  readonly limits?: Partial<GatewayLimits>
}

export interface GatewayLimits {
  readonly roomsPerSocket: number
  readonly packetsPerSecond: number
  readonly socketsPerAddress: number
  readonly recheckMs: number
  /** How often the counts and prices of all active products are read again. */
  readonly rereadMs: number
}

export interface Gateway {
  /** Tells every browser to come back at a random moment, and cuts it. The HTTP server stays. */
  close(): Promise<void>
}

export interface SocketData {
  member: LiveMember | null
  /** Of the handshake, all that is needed again. */
  cookie: string | null
  recheckAt: number
  /** Product rooms of which this socket missed something because it did not read. */
  behind: Set<string>
  /** What it asked for is done one after the other. */
  turn: Promise<void>
}

/** What nodes say to each other. */
interface NodeEvents {
  batch(batch: Batch): void
}

export type LiveServer = Server<ClientToServerEvents, ServerToClientEvents, NodeEvents, SocketData>
export type LiveSocket = Socket<ClientToServerEvents, ServerToClientEvents, NodeEvents, SocketData>

/** An event and the room it happened in. */
export type RoomEvent = readonly [room: string, event: LiveEvent]

/** How many look at a product on one node. */
export type WatchCount = readonly [productId: string, count: number]

/** What one node says to all others at a time. */
export interface Batch {
  readonly node: string
  /** Rises by one with each of a node's batches, also those that could not be sent: whoever misses one notices. */
  readonly number: number
  readonly states?: readonly StockState[]
  readonly events?: readonly RoomEvent[]
  readonly watching?: readonly WatchCount[]
}

/** A way from this node to all others. What it carries may be lost, come twice or out of order. */
export interface Wire {
  /** Whether it carries counts of stock, and whether all the rest. */
  readonly carries: { readonly states: boolean; readonly events: boolean }
  isOpen(): boolean
  send(batch: Batch): void
  /** Where it takes only so much at a time. */
  split?<Item>(items: readonly Item[]): Item[][]
  listen(hear: (batch: Batch) => void): void
  close(): Promise<void>
}

/** The transport under a socket: the part of it that the gateway deals with. */
export interface Connection {
  readonly remoteAddress: string
  on(event: 'packet', listener: (packet: { readonly type: string }) => void): unknown
  close(isDiscarding?: boolean): void
}
