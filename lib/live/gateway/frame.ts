import type { LiveSocket } from '../types.ts'

/** Of a connection, what is not in the libraries' types and stays as it is within a major version of theirs. */
interface Wire {
  readonly readyState: string
  readonly writeBuffer: readonly { readonly data?: unknown }[]
  readonly transport: {
    readonly socket: {
      readonly readyState: number
      readonly bufferedAmount: number
      readonly _socket: { write(bytes: Buffer): boolean } | null
    }
  }
}

const OPEN = 1

/** An event as one WebSocket frame for every browser: "42" is how Socket.IO writes an event into a message. */
export function eventFrame(event: string, ...args: readonly unknown[]): Buffer {
  const body = Buffer.from(`42${JSON.stringify([event, ...args])}`)
  return Buffer.concat([headOf(body.length), body])
}

/** A text frame that is whole and unmasked, as a server's are. Source: RFC 6455, section 5.2. */
function headOf(length: number): Buffer {
  const text = 0x81
  if (length < 126) return Buffer.from([text, length])
  if (length < 65_536) return Buffer.from([text, 126, length >> 8, length & 255])
  const head = Buffer.alloc(10)
  head.writeUInt16BE((text << 8) | 127)
  head.writeBigUInt64BE(BigInt(length), 2)
  return head
}

/**
 * Writes a frame straight to the connection: the libraries' own way to each of a room's browsers costs a third more than the
 * rest of the work. False where the connection is not open, or what the library was given before still waits to be written.
 */
export function writeFrame({ conn }: LiveSocket, frame: Buffer): boolean {
  const { readyState, writeBuffer, transport } = conn as unknown as Wire
  const tcp = transport.socket._socket
  if (readyState !== 'open' || transport.socket.readyState !== OPEN || writeBuffer.length > 0 || !tcp) return false
  tcp.write(frame)
  return true
}

/** How much a socket was sent that has not left this process, because the other side does not read. Units: messages, bytes. */
export function unsentOf({ conn }: LiveSocket): { messages: number; bytes: number } {
  const { writeBuffer, transport } = conn as unknown as Wire
  let bytes = transport.socket.bufferedAmount
  for (const { data } of writeBuffer) if (typeof data === 'string') bytes += data.length
  return { messages: writeBuffer.length, bytes }
}
