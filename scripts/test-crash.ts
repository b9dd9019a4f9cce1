import pg from 'pg'
import { endPools } from '#lib/db'
import { placeOrder } from '#lib/orders/commands/place-order'
import { refund } from '#lib/orders/commands/refund'

/**
 * A process that does one thing and dies at a given point of it, as by kill -9: the points are the moments before each SQL
 * statement is sent and after its answer has arrived. Started with fork; the database is DATABASE_URL's.
 */

/** What can be done until it dies. */
export const flows = { placeOrder, refund }

export type FlowName = keyof typeof flows

export interface CrashOrder {
  readonly flow: FlowName
  readonly input: unknown
  /** The point at which to die; null to live, and to tell how many there are. */
  readonly point: number | null
}

/** How many points there were, when it lived. */
export interface Lived {
  readonly points: number
}

type Callback = (error: unknown, result: unknown) => void

let passed = 0

function pass(point: number | null): void {
  passed++
  if (passed === point) process.kill(process.pid, 'SIGKILL')
}

/** Makes every statement of this process pass two points. A pool asks with a callback, a transaction with a promise. */
function dieAt(point: number | null): void {
  const client = pg.Client.prototype as { query: (...args: unknown[]) => unknown }
  const { query } = client
  client.query = function (...args) {
    pass(point)
    const heard = args.findLastIndex((arg) => typeof arg === 'function')
    if (heard >= 0) {
      const hear = args[heard] as Callback
      args[heard] = (error: unknown, result: unknown) => {
        pass(point)
        hear(error, result)
      }
      return query.apply(this, args)
    }
    const answer = query.apply(this, args)
    return answer instanceof Promise ? answer.finally(() => pass(point)) : answer
  }
}

if (process.send) {
  process.once('message', (order: CrashOrder) => void run(order))
  process.send('ready')
}

async function run({ flow, input, point }: CrashOrder): Promise<void> {
  dieAt(point)
  const work = flows[flow] as (input: unknown) => Promise<unknown>
  await work(input)
  process.send?.({ points: passed } satisfies Lived)
  await endPools()
  process.disconnect()
}
