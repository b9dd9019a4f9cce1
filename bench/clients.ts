import { connect } from 'node:net'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

export interface Figures {
  readonly clients: number
  readonly perSecond: number
  readonly p50: number
  readonly p95: number
  readonly p99: number
  /** Requests that were not granted. */
  readonly refused: number
}

/** Asks once at a time: whether it was granted, or null when nothing is left to ask. */
export interface Client {
  ask(): Promise<boolean | null>
  close(): void
}

/**
 * So many clients, each asking again as soon as it was answered, until the time is over or nothing is left to ask.
 * Only what was granted counts. Units: milliseconds.
 * What was prepared is cleared away before: the pause in which this program does that would count as everybody's wait.
 */
export async function measure(clients: number, ms: number, open: () => Promise<Client>): Promise<Figures> {
  const opened = await Promise.all(Array.from({ length: clients }, open))
  const times: number[] = []
  let refused = 0
  collectGarbage()
  const begun = performance.now()
  const end = begun + ms
  await Promise.all(
    opened.map(async (client) => {
      for (let now = performance.now(); now < end;) {
        const granted = await client.ask()
        const after = performance.now()
        if (granted === null) return
        if (granted) times.push(after - now)
        else refused++
        now = after
      }
    }),
  )
  const seconds = (performance.now() - begun) / 1_000
  for (const client of opened) client.close()
  times.sort((left, right) => left - right)
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
  return { clients, perSecond: Math.round(times.length / seconds), p50: at(0.5), p95: at(0.95), p99: at(0.99), refused }
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
}

/**
 * One kept-alive connection that sends a request and reads its answer, and costs as little as that can. It is open once the
 * node has answered on it: the system takes a connection long before the node does, which takes one at each turn of its loop.
 */
export async function openConnection(url: string) {
  const { hostname, port, host } = new URL(url)
  const socket = connect({ host: hostname, port: Number(port), noDelay: true })
  await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject))
  let text = ''
  let waiting: { resolve(status: number): void; reject(error: Error): void } | null = null
  socket.on('data', (chunk) => {
    if (waiting === null) return
    text += chunk.toString('latin1')
    const head = text.indexOf('\r\n\r\n')
    if (head < 0 || text.length < head + 4 + Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0)) return
    const { resolve } = waiting
    waiting = null
    resolve(Number(text.slice(9, 12)))
  })
  socket.on('close', () => waiting?.reject(new Error(`The connection was closed after: ${text.slice(0, 200)}`)))
  /** Resolves to the status. */
  const send = (request: string) =>
    new Promise<number>((resolve, reject) => {
      text = ''
      waiting = { resolve, reject }
      socket.write(request, 'latin1')
    })
  await send(`GET /livez HTTP/1.1\r\nHost: ${host}\r\n\r\n`)
  return {
    send,
    close: () => void socket.destroy(),
  }
}
