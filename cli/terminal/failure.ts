import type { Detail } from '#lib/result'

/** What a command ends with. Documented in docs/cli.md, so never changed. */
export const EXIT = { done: 0, refused: 1, notBegun: 2, interrupted: 130 } as const

interface Words {
  /** Stable, for programs: of the market where it refused, else of this command line. */
  readonly code: string
  /** Whole sentences, for people. */
  readonly message: string
  readonly detail?: Detail
  readonly fields?: Readonly<Record<string, string>>
  /** Shown below the message, to people: what is there instead, or how it is called. */
  readonly hint?: string
}

/** Ends a command with a sentence. The exit code says whose turn it is: the market refused, or it was not called rightly. */
export class Failure extends Error {
  override readonly name = 'Failure'
  readonly exitCode: number
  readonly words: Words

  constructor(exitCode: number, words: Words) {
    super(words.message)
    this.exitCode = exitCode
    this.words = words
  }
}

/** The market, or what was looked for, says no. */
export function refused(words: Words): Failure {
  return new Failure(EXIT.refused, words)
}

/** The command was called wrongly, or something that it needs is not there. */
export function notBegun(code: string, message: string, hint?: string): Failure {
  return new Failure(EXIT.notBegun, { code, message, ...(hint ? { hint } : {}) })
}

/** Somebody left a question without an answer: with Ctrl-C, with Escape, or by not being there. */
export class Left extends Error {
  override readonly name = 'Left'
  readonly why: 'ctrl-c' | 'escape' | 'time-out'

  constructor(why: Left['why']) {
    super(why)
    this.why = why
  }
}
