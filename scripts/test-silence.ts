import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** A way to a database that can go silent: nothing arrives, nothing is refused, nobody is told. */
export interface SilentProxy {
  /** The database's address by this way. */
  readonly url: string
  silence(): void
  /** All that was sent meanwhile arrives, late, as over a network that repeats what it lost. */
  mend(): void
  close(): Promise<void>
}

/** Listens on loopback and passes all on, until it is silenced. */
export async function startSilentProxy(serverUrl: string): Promise<SilentProxy> {
  const target = new URL(serverUrl)
  const open = new Set<Socket>()
  let isSilent = false
  /** What is done when it is mended, in order. */
  let late: (() => void)[] = []
  const deliver = (work: () => void) => (isSilent ? void late.push(work) : work())

  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname)
    const pass = (from: Socket, to: Socket) => {
      open.add(from)
      from.setNoDelay(true)
      from.on('error', () => undefined)
      from.on('data', (data) => deliver(() => void (to.writable && to.write(data))))
      // Not even the end of one side reaches the other.
      from.on('close', () => {
        open.delete(from)
        deliver(() => void to.destroySoon())
      })
    }
    pass(client, upstream)
    pass(upstream, client)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = new URL(serverUrl)
  url.hostname = '127.0.0.1'
  url.port = String((server.address() as AddressInfo).port)
  return {
    url: url.href,
    silence: () => {
      isSilent = true
    },
    mend: () => {
      isSilent = false
      for (const work of late.splice(0)) work()
      late = []
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of open) socket.destroy()
      }),
  }
}
