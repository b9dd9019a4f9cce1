import { CommitUnknown, isBeforeCommit, unguarded } from './db.ts'
import type { Metric } from './metrics.ts'
import { once } from './once.ts'

export interface BatchOptions<Request, Answer> {
  /** Does all requests in one short transaction and answers each, in order. Must be safe to repeat. */
  run(requests: readonly Request[]): Promise<readonly Answer[]>
  /** Requests of one lane go one batch after the other; lanes go side by side. */
  laneOf(request: Request): string
  lanes: number
  /** Most requests in one transaction. */
  maxBatch: number
  /** Most requests waiting in one lane; one more is refused at once. */
  maxQueue: number
  /** Whoever waited longer is refused instead of served late. */
  maxWaitMs: number
}

/** The queue is full or the wait was too long: nothing was done, try again soon. */
export class Overloaded extends Error {
  override readonly name = 'Overloaded'
}

/** What all batchers of this process did since it started. */
function counts() {
  return once('batch-counts', () => ({ batches: 0, requests: 0, overloaded: 0 }))
}

/** How many went together, and how many were sent away. */
export function batchMetrics(): readonly Metric[] {
  const { batches, requests, overloaded } = counts()
  const counter = (name: string, help: string, value: number): Metric => ({
    name,
    help,
    type: 'counter',
    values: [{ value }],
  })
  return [
    counter('souk_batches_total', 'Transactions that requests went in together.', batches),
    counter('souk_batched_requests_total', 'Requests that went in them.', requests),
    counter('souk_batch_overloaded_total', 'Requests refused because there was too much to do.', overloaded),
  ]
}

interface Waiting<Request, Answer> {
  readonly request: Request
  readonly since: number
  resolve(answer: Answer): void
  reject(error: unknown): void
}

/**
 * Turns a function over many requests into one over a single request.
 * Guarantees: requests that arrive while a batch of their lane is in flight wait together and go as one; one bad
 * request never fails its neighbours, because a batch that failed before its COMMIT is split by halves; when the
 * connection was lost at the COMMIT the same requests are run again, which is why `run` must be safe to repeat.
 * Refuses: with `Overloaded` when the lane's queue is full or the wait was too long.
 */
export function createBatcher<Request, Answer>(options: BatchOptions<Request, Answer>) {
  const lanes = Array.from({ length: options.lanes }, () => createLane(options))
  return (request: Request): Promise<Answer> => {
    const lane = lanes[hash(options.laneOf(request)) % lanes.length]
    if (!lane) throw new Error('A batcher needs at least one lane.')
    return lane(request)
  }
}

function createLane<Request, Answer>(options: BatchOptions<Request, Answer>) {
  let queue: Waiting<Request, Answer>[] = []
  let running = false

  async function drain() {
    while (queue.length > 0) {
      const batch = queue.slice(0, options.maxBatch)
      queue = queue.slice(options.maxBatch)
      const oldest = performance.now() - options.maxWaitMs
      for (const late of batch.filter((waiting) => waiting.since < oldest)) late.reject(overload())
      await runBatch(
        options,
        batch.filter((waiting) => waiting.since >= oldest),
      )
    }
    running = false
  }

  return (request: Request) =>
    new Promise<Answer>((resolve, reject) => {
      if (queue.length >= options.maxQueue) return reject(overload())
      queue.push({ request, since: performance.now(), resolve, reject })
      if (running) return
      running = true
      // Whoever asks in the same turn of the event loop comes along, so it is nobody's batch in particular.
      unguarded(() => setImmediate(() => void drain()))
    })
}

/** Never rejects: every waiting request is answered or refused by the time it resolves. */
async function runBatch<Request, Answer>(
  options: BatchOptions<Request, Answer>,
  batch: readonly Waiting<Request, Answer>[],
  attempt = 1,
): Promise<void> {
  if (batch.length === 0) return
  counts().batches++
  counts().requests += batch.length
  try {
    const answers = await options.run(batch.map((waiting) => waiting.request))
    batch.forEach((waiting, index) => waiting.resolve(answers[index] as Answer))
  } catch (error) {
    if (error instanceof CommitUnknown && attempt < 3) return runBatch(options, batch, attempt + 1)
    if (!isBeforeCommit(error) || batch.length === 1) return batch.forEach((waiting) => waiting.reject(error))
    const middle = Math.ceil(batch.length / 2)
    await runBatch(options, batch.slice(0, middle))
    await runBatch(options, batch.slice(middle))
  }
}

function overload(): Overloaded {
  counts().overloaded++
  return new Overloaded()
}

/** FNV-1a: spreads ids evenly over lanes. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193)
  return value >>> 0
}
