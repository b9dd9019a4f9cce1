import { widthOf } from './text.ts'

/** Columns of the terminal that is read; where there is none, as many as it takes: nothing is cut off or broken there. */
export function terminalColumns(): number {
  return process.stdout.isTTY ? process.stdout.columns : Infinity
}

/** Less than this beside a name is no column: what it means goes below it then. */
const LEAST = 24

/**
 * A help text for a terminal that is narrower than it: broken between words, each line going on below where its text began.
 * Guarantees: no word is changed or left out; a text that has room stays as it is.
 */
export function fit(text: string, most = terminalColumns()): string {
  const lines = text.split('\n')
  if (lines.every((line) => widthOf(line) <= most)) return text
  return paragraphsOf(lines)
    .map((line) => fitLine(line, most))
    .join('\n')
}

/** Lines of running text under each other as one; rows of two columns stay rows. */
function paragraphsOf(lines: readonly string[]): string[] {
  const all: string[] = []
  for (const line of lines) {
    const before = all.at(-1) ?? ''
    const isText = before.trim() !== '' && line.trim() !== ''
    if (isText && isRunning(before) && isRunning(line) && indentOf(before) === indentOf(line))
      all[all.length - 1] = `${before} ${line.trim()}`
    else all.push(line)
  }
  return all
}

function isRunning(line: string): boolean {
  return !/\S {2,}\S/.test(line) && !/^ *(\$|-|souk) ?/.test(line)
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length
}

function fitLine(line: string, most: number): string {
  if (widthOf(line) <= most) return line
  const name = /^ *\S.*? {2,}(?=\S)/.exec(line)?.[0]
  if (!name) return wrap(line.trim(), most, ' '.repeat(indentOf(line)))
  const meaning = line.slice(name.length)
  if (most - widthOf(name) >= LEAST) return name + wrap(meaning, most, ' '.repeat(widthOf(name))).trimStart()
  return `${name.trimEnd()}\n${wrap(meaning, most, ' '.repeat(indentOf(line) + 4))}`
}

function wrap(text: string, most: number, indent: string): string {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const before = lines.at(-1)
    const longer = before === undefined ? indent + word : `${before} ${word}`
    if (before === undefined || widthOf(longer) > most) lines.push(indent + word)
    else lines[lines.length - 1] = longer
  }
  return lines.join('\n')
}
