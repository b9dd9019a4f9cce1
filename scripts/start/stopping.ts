/** Everything has to be over this long after the first signal. */
const LIMIT_MS = 4_700
/** What one thing may take before the next is stopped nevertheless. */
const STEP_LIMIT_MS = 2_600

const steps: (() => Promise<void>)[] = []
let stoppedAt: number | null = null
let drainMs = 0

/** Has the work done when the process is told to stop; what was added last goes first. */
export function onStop(work: () => Promise<void>): void {
  steps.push(work)
}

/** What a node waits before it closes anything, DRAIN_MS, comes on top of the limits. */
export function addDrain(ms: number): void {
  drainMs = ms
}

/**
 * Ends the process on SIGINT, SIGTERM and SIGHUP after all that was added with `onStop`.
 * Guarantees: it is over within 5 s and DRAIN_MS, whatever hangs; a second signal ends it at once.
 */
export function stopOnSignals(): void {
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      // npm passes on to its child the SIGINT which the terminal sends to both: the same key press, not a second one.
      if (stoppedAt === null) void stopAll(0)
      else if (performance.now() - stoppedAt > 250) process.exit(130)
    })
  }
}

/** Whether the process is on its way out: what fails now fails because of that. */
export function isStopping(): boolean {
  return stoppedAt !== null
}

/** Stops what was started, newest first, and ends the process. */
export async function stopAll(exitCode: number, { isQuiet = false } = {}): Promise<never> {
  stoppedAt = performance.now()
  const hardLimit = setTimeout(() => process.exit(1), LIMIT_MS + drainMs)
  if (exitCode === 0 && !isQuiet) console.log('\nStopping …')
  while (steps.length > 0) {
    const work = steps.pop()
    await Promise.race([work?.().catch((error: unknown) => console.error(error)), pause(STEP_LIMIT_MS + drainMs)])
  }
  clearTimeout(hardLimit)
  process.exit(exitCode)
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
