import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { env } from '#lib/env'
import { log } from '#lib/log'
import { spend, type Allowance } from '../rules.ts'
import type { Connection, GatewayOptions } from '../types.ts'

export interface Admission {
  readonly decide: (request: IncomingMessage, answer: (refusal: string | null, isAllowed: boolean) => void) => void
  /** Ends what is still open, also where the other side does not answer. */
  endAll(): void
}

/**
 * Decides over a handshake before anything is made for it.
 * Refuses: an Origin that is not ours (WebSockets know no CORS), one address with too many connections, and everybody with 503
 * once the node has as many as it may, before it looks at what they want.
 * A connection counts from here until its TCP socket closes.
 */
export function createAdmission(
  { isOurOrigin, addressFrom }: Pick<GatewayOptions, 'isOurOrigin' | 'addressFrom'>,
  socketsPerAddress: number,
  socketsPerNode: number = env().LIVE_SOCKETS_MAX,
): Admission {
  const open = new Map<string, Set<Socket>>()
  let count = 0
  return {
    decide({ headers, socket }, answer) {
      if (count >= socketsPerNode) {
        // Ended here, so that it hears this and not the library's 400: a balancer may try another node then.
        socket.end(FULL)
        return answer('full', false)
      }
      if (!isOurOrigin(headers.origin, headers.host)) return answer('origin', false)
      const address = addressFrom(socket.remoteAddress, headers['x-forwarded-for']?.toString())
      const siblings = open.get(address) ?? new Set<Socket>()
      if (siblings.size >= socketsPerAddress) return answer('too-many', false)
      open.set(address, siblings.add(socket))
      count++
      socket.once('close', () => {
        count--
        siblings.delete(socket)
        if (siblings.size === 0 && open.get(address) === siblings) open.delete(address)
      })
      answer(null, true)
    },
    endAll() {
      for (const siblings of open.values()) for (const socket of siblings) socket.destroy()
    },
  }
}

const FULL = 'HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Length: 0\r\nConnection: close\r\n\r\n'

/** Cuts a connection that sends more messages than allowed, whatever they say: counted before they are decoded. */
export function limitPackets(connection: Connection, packetsPerSecond: number): void {
  let allowance: Allowance = { left: packetsPerSecond, at: Date.now() }
  connection.on('packet', ({ type }) => {
    if (type !== 'message') return
    allowance = spend(allowance, packetsPerSecond, Date.now())
    if (allowance.left >= 0) return
    log().info({ address: connection.remoteAddress }, 'A live connection sent too much and was cut')
    connection.close(true)
  })
}
