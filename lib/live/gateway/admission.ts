import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
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
 * Refuses: an Origin that is not ours (WebSockets know no CORS), and one address with too many connections.
 * A connection counts from here until its TCP socket closes.
 */
export function createAdmission(
  { isOurOrigin, addressFrom }: Pick<GatewayOptions, 'isOurOrigin' | 'addressFrom'>,
  socketsPerAddress: number,
): Admission {
  const open = new Map<string, Set<Socket>>()
  return {
    decide({ headers, socket }, answer) {
      if (!isOurOrigin(headers.origin, headers.host)) return answer('origin', false)
      const address = addressFrom(socket.remoteAddress, headers['x-forwarded-for']?.toString())
      const siblings = open.get(address) ?? new Set<Socket>()
      if (siblings.size >= socketsPerAddress) return answer('too-many', false)
      open.set(address, siblings.add(socket))
      socket.once('close', () => {
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
