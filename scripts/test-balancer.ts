import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

export interface Balancer {
  readonly url: string
  close(): Promise<void>
}

/** How often each node is asked whether it is ready. */
const PROBE_MS = 50
const PROBE_LIMIT_MS = 1_000

/**
 * A load balancer of the plainest kind: each connection goes to the next node of which /readyz last said yes, and past one
 * that does not answer.
 */
export async function startBalancer(urls: readonly string[]): Promise<Balancer> {
  const open = new Set<Socket>()
  const closing = new AbortController()
  const ready = new Map<string, boolean>()
  const watches = urls.map((url) => watch(url, (isReady) => ready.set(url, isReady), closing.signal))
  let turn = 0
  const server = createServer((client) => {
    open.add(client)
    client.on('close', () => open.delete(client)).on('error', () => client.destroy())
    const candidates = urls.filter((url) => ready.get(url) ?? true)
    void reach(candidates, turn++).then((node) => {
      if (!node || client.destroyed) return client.destroy()
      open.add(node)
      node.on('close', () => open.delete(node)).on('error', () => client.destroy())
      client.on('close', () => node.destroy()).pipe(node)
      node.on('close', () => client.destroy()).pipe(client)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      closing.abort()
      await Promise.all(watches)
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        for (const socket of open) socket.destroy()
      })
    },
  }
}

async function watch(url: string, hear: (isReady: boolean) => void, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(PROBE_LIMIT_MS)])
    // A connection for each question, as it is the listener that is asked about.
    const headers = { connection: 'close' }
    hear(
      await fetch(`${url}/readyz`, { signal: limit, headers }).then(
        (answer) => answer.ok,
        () => false,
      ),
    )
    await new Promise((resolve) => setTimeout(resolve, PROBE_MS))
  }
}

async function reach(urls: readonly string[], first: number): Promise<Socket | null> {
  for (let offset = 0; offset < urls.length; offset++) {
    const { hostname, port } = new URL(urls[(first + offset) % urls.length] ?? '')
    const socket = connect(Number(port), hostname === 'localhost' ? '127.0.0.1' : hostname)
    const isUp = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    })
    if (isUp) return socket
  }
  return null
}
