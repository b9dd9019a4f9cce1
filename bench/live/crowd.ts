import { greet, openSubscriber, type Subscriber } from './subscriber.ts'

/*
 * A process of many subscribers. It is told what to do by messages: opens them, counts what they receive, and of some of them
 * notes when each version came.
 */

export type Order =
  | { readonly do: 'open'; readonly url: string; readonly productId: string | null; readonly count: number }
  | { readonly do: 'count' }
  | { readonly do: 'note'; readonly isOn: boolean }
  | { readonly do: 'close' }

export type Report =
  | { readonly did: 'open' | 'close' }
  | { readonly did: 'count'; readonly received: number; readonly at: number }
  /** By subscriber: versions and when each came, one after the other. */
  | { readonly did: 'note'; readonly notes: readonly (readonly number[])[] }

/** One of so many has its receipts noted. */
const NOTED = 20
/** Connections that are opened at a time. */
const AT_ONCE = 50

let open: Subscriber[] = []
let received = 0
let notes: number[][] = []
let isNoting = false

process.on('message', (order: Order) => void obey(order).then((report) => process.send?.(report)))
process.on('disconnect', () => process.exit())

async function obey(order: Order): Promise<Report> {
  if (order.do === 'open') {
    const waiting = Array.from({ length: order.count }, (_, index) => index).values()
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (const index of waiting) open.push(await subscribe(order.url, order.productId, index % NOTED === 0))
      }),
    )
    return { did: 'open' }
  }
  if (order.do === 'count') return { did: 'count', received, at: clock() }
  if (order.do === 'note') {
    const noted = notes
    isNoting = order.isOn
    if (isNoting) for (const note of notes) note.length = 0
    return { did: 'note', notes: isNoting ? [] : noted }
  }
  for (const subscriber of open) subscriber.close()
  open = []
  notes = []
  return { did: 'close' }
}

function subscribe(url: string, productId: string | null, isNoted: boolean): Promise<Subscriber> {
  const begin = productId ? greet(productId) : () => true
  const own: number[] = []
  if (isNoted) notes.push(own)
  return openSubscriber(url, productId ? '/socket.io/?EIO=4&transport=websocket' : '/', (frame, send) => {
    received += 1
    if (isNoted && isNoting) note(own, frame)
    return begin(frame, send)
  })
}

function note(own: number[], frame: Buffer): void {
  const version = /^42\["stock".*"version":(\d+)/.exec(frame.toString('latin1'))?.[1]
  if (version) own.push(Number(version), clock())
}

/** One clock for all processes of the machine, in milliseconds. */
function clock(): number {
  return performance.timeOrigin + performance.now()
}
