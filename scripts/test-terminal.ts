import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { spawn } from '@lydell/node-pty'

/** The command line in a terminal, with somebody at the keys. */
export interface Terminal {
  /** Resolves once this is on the screen, after what was waited for before. */
  shows(text: string | RegExp): Promise<void>
  press(...keys: readonly string[]): void
  /** Its exit code. */
  readonly ended: Promise<number>
  /** All that was ever on the screen. */
  output(): string
  kill(): void
  signal(name: 'SIGTERM' | 'SIGHUP'): void
  /** As closing its window does: nobody sees any more what is said. */
  close(): void
}

export const KEY = { enter: '\r', up: '\u001b[A', down: '\u001b[B', escape: '\u001b', ctrlC: '\u0003' } as const

const PATIENCE_MS = 15_000

/** Starts `souk` in a pseudo-terminal of 100 columns, as somebody at home on this folder. */
export function openTerminal(args: readonly string[], settings: Readonly<Record<string, string>>): Terminal {
  const program = join(import.meta.dirname, '..', 'cli', 'souk.js')
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, CI: undefined, TERM: 'xterm', ...settings }
  const terminal = spawn(process.execPath, [program, ...args], { cols: 100, rows: 40, env })
  let [raw, mark] = ['', 0]
  const waiting = new Set<() => void>()
  terminal.onData((data) => {
    raw += data
    for (const look of waiting) look()
  })
  const ended = new Promise<number>((resolve) =>
    terminal.onExit(({ exitCode }) => {
      resolve(exitCode)
      for (const look of waiting) look()
    }),
  )
  const shown = () => stripVTControlCharacters(raw)
  const find = (text: string | RegExp) => {
    const [index, length] = placeOf(text, shown().slice(mark))
    if (index >= 0) mark += index + length
    return index >= 0
  }
  return {
    ended,
    output: shown,
    press: (...keys) => keys.forEach((key) => terminal.write(key)),
    kill: () => terminal.kill('SIGKILL'),
    signal: (name) => terminal.kill(name),
    // Its types leave out what its terminals for Unix have.
    close: () => (terminal as unknown as { destroy(): void }).destroy(),
    shows: (text) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (!find(text)) return
          end()
          resolve()
        }
        const timer = setTimeout(() => {
          end()
          reject(new Error(`Not on the screen: ${text}. What is, since the last that was: ${shown().slice(mark)}`))
        }, PATIENCE_MS)
        const end = () => {
          clearTimeout(timer)
          waiting.delete(look)
        }
        waiting.add(look)
        look()
      }),
  }
}

/** Where it begins and how long it is; below nothing where it is not. */
function placeOf(text: string | RegExp, shown: string): [number, number] {
  if (typeof text === 'string') return [shown.indexOf(text), text.length]
  const found = text.exec(shown)
  return [found?.index ?? -1, found?.[0].length ?? 0]
}
