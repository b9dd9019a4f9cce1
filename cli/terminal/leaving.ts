import { EXIT, Left } from './failure.ts'

/** Something that must not be left lying when the process ends. */
interface Duty {
  /** Puts it right, and says itself what it could not. */
  putRight(why: string): Promise<void>
  /** What is left lying now, for somebody who does not wait. Empty when nothing is. */
  describe(): string
}

export interface Leaving {
  /** Rejects when somebody wants to leave by a signal. */
  readonly asked: Promise<never>
  add(duty: Duty): void
  /** Puts right what is to be put right, each once. */
  putRight(why: string): Promise<void>
}

/** npm and npx pass on the SIGINT which the terminal sends to their child too: the same key press, not a second one. */
const SAME_PRESS_MS = 500

/**
 * Hears Ctrl-C, SIGTERM and the end of the terminal.
 * Guarantees: the first lets what was begun be put right; the second ends the process at once, with what is left lying on the
 * screen.
 */
export function hearLeaving(): Leaving {
  const duties = new Set<Duty>()
  let since: number | null = null
  const { promise: asked, reject } = Promise.withResolvers<never>()
  // Whoever does not wait for it is not to be ended by it.
  asked.catch(() => undefined)
  const leave = () => {
    since ??= performance.now()
    reject(new Left('ctrl-c'))
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      // A window that closes hangs up more than once, and nobody sits there who could be impatient.
      if (since === null || signal === 'SIGHUP') return leave()
      if (performance.now() - since < SAME_PRESS_MS) return
      for (const duty of duties) if (duty.describe()) console.error(duty.describe())
      process.exit(EXIT.interrupted)
    })
  }
  // A question that is open when its window closes throws from inside readline: that must not end what is to be put right.
  process.on('uncaughtException', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EIO') return leave()
    console.error(error)
    process.exit(EXIT.notBegun)
  })
  return {
    asked,
    add: (duty) => void duties.add(duty),
    putRight: async (why) => {
      // Whoever left a question by its Ctrl-C sent no signal: the next one is the second all the same.
      since ??= performance.now()
      for (const duty of duties) {
        await duty.putRight(why)
        duties.delete(duty)
      }
    },
  }
}
