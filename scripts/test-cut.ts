import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** A way to a database that loses connections at the worst moment there is: at COMMIT. */
export interface CuttingProxy {
  /** The database's address by this way. */
  readonly url: string
  /** Connections that were cut, by whether the server had got the COMMIT. */
  readonly cut: { before: number; after: number }
  close(): Promise<void>
}

/** What a COMMIT is in the protocol: a simple query, its length, the word, a zero. */
const COMMIT = Buffer.from('Q\0\0\0\x0bcommit\0', 'latin1')

/**
 * Listens on loopback and passes all on. At each COMMIT it asks `choose`: `before` cuts the connection and the server never
 * hears of it; `after` lets the server commit and cuts when it answers, so that nobody knows; null passes it on.
 */
export async function startCuttingProxy(
  serverUrl: string,
  choose: () => 'before' | 'after' | null,
): Promise<CuttingProxy> {
  const target = new URL(serverUrl)
  const cut = { before: 0, after: 0 }
  const open = new Set<Socket>()
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname)
    let isDoomed = false
    const end = () => {
      client.destroy()
      upstream.destroy()
    }
    for (const socket of [client, upstream]) {
      open.add(socket)
      socket.setNoDelay(true)
      socket.on('error', end).on('close', end)
      socket.on('close', () => open.delete(socket))
    }
    client.on('data', (data) => {
      const choice = data.includes(COMMIT) ? choose() : null
      if (choice) cut[choice]++
      if (choice === 'before') return end()
      if (choice === 'after') isDoomed = true
      upstream.write(data)
    })
    upstream.on('data', (data) => {
      // The answers to what travelled with it may come first: it has committed when it says so.
      if (!isDoomed) client.write(data)
      else if (data.includes('COMMIT') || data.includes('ROLLBACK')) end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = new URL(serverUrl)
  url.hostname = '127.0.0.1'
  url.port = String((server.address() as AddressInfo).port)
  return {
    url: url.href,
    cut,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of open) socket.destroy()
      }),
  }
}
