import { log } from '#lib/log'
import { parseRoom } from '../rules.ts'
import type { GatewayOptions, LiveServer, LiveSocket } from '../types.ts'
import { heardRooms } from './subscriptions.ts'

/** Notes who a new socket belongs to. Throws when that could not be found out: then nobody is let in. */
export async function greet(socket: LiveSocket, options: GatewayOptions, recheckMs: number): Promise<void> {
  const cookie = socket.request.headers.cookie ?? null
  const member = await options.authenticate(cookie)
  socket.data = { member, cookie, recheckAt: Date.now() + recheckMs, behind: new Set(), turn: Promise.resolve() }
  if (member?.sid) await socket.join(sessionRoom(member.sid))
  forgetHandshake(socket)
}

/** Lets go of the request that a socket began as: an idle one would keep it for as long as it lives. */
function forgetHandshake(socket: LiveSocket): void {
  Object.assign(socket.conn, { request: null })
  Object.assign(socket, { handshake: null })
}

/** All sockets of one session, so that they can be cut together. */
export function sessionRoom(sid: string): string {
  return `session:${sid}`
}

/** Asks of each member's socket, once a minute, whether it still may be here and hear what it hears. */
export function recheck(io: LiveServer, options: GatewayOptions, recheckMs: number): void {
  const now = Date.now()
  for (const socket of io.of('/').sockets.values()) {
    if (!socket.data.member || socket.data.recheckAt > now) continue
    socket.data.recheckAt = now + recheckMs
    recheckOne(socket, options).catch((error: unknown) => log().warn({ err: error }, 'A session could not be checked'))
  }
}

/**
 * Returns what cuts every connection whose session has ended, wherever that was done: one question for all of them. One at a
 * time; a failure is next second's work.
 */
export function createSweep(io: LiveServer, { liveAmong }: GatewayOptions): () => Promise<void> {
  let isBusy = false
  return async () => {
    const sids = new Set<string>()
    for (const { data } of io.of('/').sockets.values()) if (data.member?.sid) sids.add(data.member.sid)
    if (isBusy || sids.size === 0) return
    isBusy = true
    try {
      const live = await liveAmong([...sids])
      for (const sid of sids) if (!live.has(sid)) io.local.in(sessionRoom(sid)).disconnectSockets(true)
    } catch (error) {
      log().warn({ err: error }, 'The sessions of live connections could not be checked')
    } finally {
      isBusy = false
    }
  }
}

async function recheckOne(socket: LiveSocket, options: GatewayOptions): Promise<void> {
  const member = await options.authenticate(socket.data.cookie)
  if (!member || member.sid !== socket.data.member?.sid) return void socket.disconnect(true)
  socket.data.member = member
  for (const room of heardRooms(socket)) {
    const name = parseRoom(room)
    if (name && !(await options.rooms[name.kind].canJoin(member, name.id))) await socket.leave(room)
  }
}
