import { Overloaded } from './batch.ts'

export interface TurnsOptions {
  /** How many are at work at once. */
  readonly atOnce: number
  /** How many more may wait; one more is refused at once. */
  readonly queue: number
  /** Whoever waited longer is refused instead of served late. */
  readonly maxWaitMs: number
  /**
   * How many begin in one pass of the event loop, all of them when it is left out. Between two passes the loop looks for
   * answers: without a bound, what the database answered waits until all that came in together has been begun.
   */
  readonly perPass?: number
}

export interface Turns {
  /** Does the work when it is its turn. Refuses with `Overloaded` when too many wait, or the wait was too long. */
  run<T>(work: () => Promise<T>): Promise<T>
}

interface Waiting {
  readonly since: number
  readonly begin: () => void
  readonly refuse: (error: Overloaded) => void
}

/** Lets a few work at once and the others wait in line, first come, first served. */
export function createTurns({ atOnce, queue, maxWaitMs, perPass = Infinity }: TurnsOptions): Turns {
  const waiting: Waiting[] = []
  const enter = perPass < Infinity ? createGate(perPass) : null
  let running = 0

  /** Whoever finishes hands the turn over without lowering `running`, so that nobody slips in between. */
  function handOver(): void {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      if (performance.now() - next.since <= maxWaitMs) return next.begin()
      next.refuse(new Overloaded('It was not its turn in time.'))
    }
    running--
  }

  return {
    async run(work) {
      if (running < atOnce) running++
      else {
        if (waiting.length >= queue) throw new Overloaded('Too many wait already.')
        await new Promise<void>((begin, refuse) => waiting.push({ since: performance.now(), begin, refuse }))
      }
      try {
        if (enter) await enter()
        return await work()
      } finally {
        handOver()
      }
    },
  }
}

/** Lets so many through in one pass of the event loop, in the order they came. */
function createGate(perPass: number): () => Promise<void> {
  let line: (() => void)[] = []

  function open(): void {
    for (const pass of line.slice(0, perPass)) pass()
    line = line.slice(perPass)
    if (line.length > 0) setImmediate(open)
  }

  return () =>
    new Promise<void>((pass) => {
      if (line.push(pass) === 1) setImmediate(open)
    })
}
