import { Overloaded } from './batch.ts'

export interface TurnsOptions {
  /** How many are at work at once. */
  readonly atOnce: number
  /** How many more may wait; one more is refused at once. */
  readonly queue: number
  /** Whoever waited longer is refused instead of served late. */
  readonly maxWaitMs: number
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
export function createTurns({ atOnce, queue, maxWaitMs }: TurnsOptions): Turns {
  const waiting: Waiting[] = []
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
        return await work()
      } finally {
        handOver()
      }
    },
  }
}
