import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** A network cable between browsers and a node. */
export interface Wire {
  readonly url: string
  /** Ends what is open and lets nothing new through. */
  cut(): void
  mend(): void
  /** From now on what is open carries nothing, and neither end is told; new connections work. As a laptop that slept. */
  hush(): void
  close(): Promise<void>
}

/** Lays a wire to a node, on a port of its own. */
export async function layWire(target: string): Promise<Wire> {
  const port = Number(new URL(target).port)
  const pairs = new Set<readonly [Socket, Socket]>()
  let isCut = false
  const server = createServer((client) => {
    if (isCut) return void client.destroy()
    const node = connect(port, '127.0.0.1')
    const pair = [client, node] as const
    pairs.add(pair)
    const end = () => {
      pairs.delete(pair)
      for (const socket of pair) socket.destroy()
    }
    for (const socket of pair) socket.on('close', end).on('error', end)
    client.pipe(node)
    node.pipe(client)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const cut = () => {
    for (const pair of [...pairs]) for (const socket of pair) socket.destroy()
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut: () => {
      isCut = true
      cut()
    },
    mend: () => void (isCut = false),
    hush: () => {
      for (const pair of pairs) for (const socket of pair) socket.unpipe().on('data', () => undefined)
    },
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      cut()
      await closed
    },
  }
}
