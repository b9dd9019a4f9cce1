import { styleText } from 'node:util'
import { clean } from './text.ts'
import type { Failure } from './failure.ts'

type Colour = Parameters<typeof styleText>[0]

/** Where a command speaks: values to standard output, everything else to standard error. */
export interface Screen {
  readonly isJson: boolean
  /** Whether somebody sits there who can be asked. */
  readonly canAsk: boolean
  /** A result: with --json the value on a line of its own, else its words. */
  show(value: unknown, words: string): void
  /** What is good to know and no result. With --json nothing. */
  note(words: string): void
  /** What must be known however the command is read. */
  warn(code: string, words: string, detail?: Readonly<Record<string, unknown>>): void
  /** Why it ends. */
  fail(failure: Failure): void
}

export function openScreen(isJson: boolean): Screen {
  return {
    isJson,
    canAsk: !isJson && process.stdin.isTTY && process.stderr.isTTY,
    show: (value, words) => console.log(isJson ? JSON.stringify(value) : words),
    note: (words) => void (isJson || console.error(words)),
    warn: (code, words, detail = {}) =>
      console.error(isJson ? JSON.stringify({ code, message: words, detail }) : paint('yellow', words)),
    fail: ({ words: { code, message, detail = {}, fields = {}, hint } }) => {
      if (isJson) return void console.error(JSON.stringify({ code, message, detail, fields }))
      console.error(paint('red', clean(message)))
      for (const [name, text] of Object.entries(fields)) console.error(`  ${clean(name)}: ${clean(text)}`)
      if (hint) console.error(hint)
    },
  }
}

/** Coloured where standard error is a terminal that wants it (NO_COLOR, TERM, FORCE_COLOR are honoured). */
export function paint(colour: Colour, text: string, stream: NodeJS.WriteStream = process.stderr): string {
  return styleText(colour, text, { stream })
}
