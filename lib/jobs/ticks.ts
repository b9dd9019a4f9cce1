import { log } from '#lib/log'

/** A short piece of work that every node repeats; safe on any number of nodes at once. */
export interface Tick {
  readonly name: string
  readonly everyMs: number
  run(): Promise<unknown>
}

/**
 * Runs each tick again `everyMs` after its last run ended, so that a slow one never overlaps itself.
 * One that throws is logged and tried again with the next beat; it stops neither itself nor the others.
 */
export function startTicks(ticks: readonly Tick[]): { stop(): Promise<void> } {
  const loops = ticks.map(startTick)
  return { stop: async () => void (await Promise.all(loops.map((loop) => loop.stop()))) }
}

function startTick(tick: Tick): { stop(): Promise<void> } {
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()

  const beat = async () => {
    try {
      await tick.run()
    } catch (error) {
      if (!stopped) log().error({ err: error, tick: tick.name }, 'tick failed')
    }
    if (!stopped) schedule()
  }
  const schedule = () => {
    timer = setTimeout(() => void (running = beat()), tick.everyMs)
  }
  schedule()

  return {
    stop: async () => {
      stopped = true
      clearTimeout(timer)
      await running
    },
  }
}
