import type { IncomingMessage } from 'node:http'
import type { Server, Socket } from 'socket.io'
import type { ClientToServerEvents, LiveEvent, ServerToClientEvents, StockState } from './events.ts'
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
  /** The member whose browser sends the handshake; null for a visitor. Asked again each minute. */
  authenticate(request: IncomingMessage): Promise<LiveMember | null>
  /** Whether a session still counts, asked before a private room is joined. */
  isLive(sid: string): Promise<boolean>
  readonly isOurOrigin: (origin: string | undefined, host: string | undefined) => boolean
  /** Where a handshake came from, for counting connections. */
  readonly addressFrom: (peer: string | undefined, forwardedFor: string | undefined) => string
  /** The counts of whole products, in one statement. */
  readonly readStock: (productIds: readonly string[]) => Promise<readonly StockState[]>
  readonly limits?: Partial<GatewayLimits>
}

export interface GatewayLimits {
  readonly roomsPerSocket: number
  readonly packetsPerSecond: number
  readonly socketsPerAddress: number
  readonly recheckMs: number
  /** How often the counts of all active products are read again. */
  readonly rereadMs: number
}

export interface Gateway {
  /** Tells every browser to come back at a random moment, and cuts it. The HTTP server stays. */
  close(): Promise<void>
}

export interface SocketData {
  member: LiveMember | null
  recheckAt: number
  /** Product rooms of which this socket missed something because it did not read. */
  behind: Set<string>
  /** What it asked for is done one after the other. */
  turn: Promise<void>
}

type NoEvents = Record<string, never>
export type LiveServer = Server<ClientToServerEvents, ServerToClientEvents, NoEvents, SocketData>
export type LiveSocket = Socket<ClientToServerEvents, ServerToClientEvents, NoEvents, SocketData>

/** The transport under a socket: the part of it that the gateway deals with. */
export interface Connection {
  readonly remoteAddress: string
  /** Messages that wait because the other side does not read. */
  readonly writeBuffer: readonly { readonly data?: unknown }[]
  on(event: 'packet', listener: (packet: { readonly type: string }) => void): unknown
  close(isDiscarding?: boolean): void
}
