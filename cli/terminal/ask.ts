import { emitKeypressEvents, type Key } from 'node:readline'
import { isCancel } from '@clack/prompts'
import { Left } from './failure.ts'

/** What every question of @clack/prompts is to be given. */
export interface Asking {
  readonly signal: AbortSignal
  readonly output: NodeJS.WriteStream
}

/** Asks, and resolves to the answer. Rejects with `Left` where there is none. */
export type Ask = <T>(question: (asking: Asking) => Promise<T | symbol>) => Promise<T>

/**
 * Asks on this stream. Without a key for so long nobody is there: the question is taken back, and `Left` says `time-out`.
 * Ctrl-C is a key while a question is open, and no signal: `Left` tells it from Escape, which only takes one question back.
 */
export function askOn(output: NodeJS.WriteStream, timeoutMs: number | null): Ask {
  return async (question) => {
    const away = new AbortController()
    let pressed: Key = {}
    let timer: NodeJS.Timeout | undefined
    const wait = () => {
      clearTimeout(timer)
      if (timeoutMs !== null) timer = setTimeout(() => away.abort(), timeoutMs)
    }
    const hear = (_: string | undefined, key: Key) => {
      pressed = key
      wait()
    }
    emitKeypressEvents(process.stdin)
    process.stdin.prependListener('keypress', hear)
    wait()
    try {
      const answer = await question({ signal: away.signal, output })
      if (!isCancel(answer)) return answer as Exclude<typeof answer, symbol>
      if (away.signal.aborted) throw new Left('time-out')
      throw new Left(pressed.ctrl && pressed.name === 'c' ? 'ctrl-c' : 'escape')
    } finally {
      clearTimeout(timer)
      process.stdin.off('keypress', hear)
    }
  }
}
