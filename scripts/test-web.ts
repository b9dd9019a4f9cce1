import { fork } from 'node:child_process'
import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { join } from 'node:path'

/** A node of its own process that answers the API and the live channel. */
export interface WebNode {
  readonly url: string
  /** As kill -9 does. */
  kill(): Promise<void>
}

/** Starts a node without pages and without duties on DATABASE_URL, on a free port. */
export async function startWebNode(): Promise<WebNode> {
  const child = fork(join(import.meta.dirname, 'test-web-node.ts'), {
    env: { ...process.env, NODE_OPTIONS: '', NODE_ENV: 'production', PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'warn' },
    execArgv: [],
  })
  const gone = once(child, 'exit')
  const [url] = (await Promise.race([once(child, 'message'), gone])) as [unknown]
  if (typeof url !== 'string') throw new Error(`A node did not start: it ended with ${String(url)}.`)
  return {
    url,
    kill: async () => {
      child.kill('SIGKILL')
      await gone
    },
  }
}

/** A load balancer of the plainest kind: each connection goes to the next node, and past one that does not answer. */
export async function startBalancer(urls: readonly string[]): Promise<{ url: string; close(): Promise<void> }> {
  const open = new Set<Socket>()
  let turn = 0
  const server = createServer((client) => {
    open.add(client)
    client.on('close', () => open.delete(client)).on('error', () => client.destroy())
    void reach(urls, turn++).then((node) => {
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
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of open) socket.destroy()
      }),
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
