import { defineCommand as define, type ArgsDef, type CommandDef, type ParsedArgs } from 'citty'
import { notBegun } from './failure.ts'
import type { Leaving } from './leaving.ts'
import type { Screen } from './screen.ts'

/** Options of every command that speaks with a market. */
export const COMMON = {
  url: { type: 'string', valueHint: 'address', description: 'the market (SOUK_URL, else http://localhost:3000)' },
  token: { type: 'string', valueHint: 'token', description: 'who you are (SOUK_TOKEN, else what souk login keeps)' },
  json: { type: 'boolean', description: 'one JSON value or one object a line; refusals as JSON on standard error' },
} as const satisfies ArgsDef

/** What a command is given beside what was typed. */
export interface Surroundings {
  readonly screen: Screen
  readonly leaving: Leaving
  /** The table it stands in. */
  readonly commands: Readonly<Record<string, Entry>>
}

interface Taught<T extends ArgsDef> {
  readonly name: string
  readonly summary: string
  /** Whole sentences, a line each. */
  readonly about: readonly string[]
  /** A line to type, and what it does. */
  readonly examples: readonly (readonly [line: string, meaning: string])[]
  /** What is typed besides options: "<item>". */
  readonly operands?: string
  /** How many words may be typed besides options. */
  readonly words?: 'none' | 'any' | number
  readonly args: T
  /** Returns the exit code. */
  readonly run: (typed: ParsedArgs<T & typeof COMMON>, around: Surroundings) => Promise<number>
}

/** A command of the market: how it is called, what teaches it, and what it does. */
export interface SoukCommand extends Omit<Taught<ArgsDef>, 'run'> {
  readonly citty: CommandDef
}

/**
 * A command on citty, which reads its options and runs it. What citty lets pass is refused here: an option that there is not, one
 * without its value, more words than the command takes. A mistyped --quantity must not buy one piece.
 */
export function command<const T extends ArgsDef>(taught: Taught<T>): SoukCommand {
  const args = { ...taught.args, ...COMMON }
  const { run, words = 'none', ...rest } = taught
  const citty = define({
    meta: { name: taught.name, description: taught.summary },
    args: args as ArgsDef,
    plugins: [
      { name: 'strict', setup: ({ args: typed, rawArgs }) => checkTyped(args, typed as ParsedArgs, words, rawArgs) },
    ],
    run: ({ args: typed, data }) => run(typed as ParsedArgs<T & typeof COMMON>, data as Surroundings),
  })
  return { ...rest, words, args, citty: citty as CommandDef }
}

function checkTyped(
  args: ArgsDef,
  typed: ParsedArgs,
  words: Taught<ArgsDef>['words'] & {},
  raw: readonly string[],
): void {
  const known = new Map(Object.entries(args).flatMap(([name, each]) => namesOf(name, each).map((one) => [one, each])))
  for (const [name, value] of Object.entries<unknown>(typed)) {
    if (name === '_') continue
    const option = known.get(name)
    const shown = name.length === 1 ? `-${name}` : `--${name}`
    if (!option) throw notBegun('unknown-option', `There is no option ${shown}.`, nearOption(name, args))
    if (option.type !== 'boolean' && value === '') throw notBegun('no-value', `${shown} needs a value.`)
  }
  const twice = raw.find((each, index) => /^--[a-z]/.test(each) && raw.indexOf(each) < index)
  if (twice && args[twice.slice(2)]?.type !== 'boolean') throw notBegun('twice', `${twice} is given twice.`)
  const most = words === 'any' ? Infinity : words === 'none' ? 0 : words
  const extra = typed._[most]
  if (extra !== undefined) throw notBegun('too-many-words', `It is not clear what "${extra}" is for.`)
}

/** citty answers to both spellings of a name with a hyphen. */
function namesOf(name: string, option: ArgsDef[string]): string[] {
  return [name, name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase()), ...aliasesOf(option)]
}

/** Other names of an option: "n" for -n. */
export function aliasesOf(option: ArgsDef[string]): string[] {
  return 'alias' in option && option.alias ? [option.alias].flat() : []
}

function nearOption(name: string, args: ArgsDef): string {
  const near = Object.keys(args).find((each) => each.startsWith(name.slice(0, 2)))
  return near ? `Is it --${near}? --help tells all.` : '--help tells all that there are.'
}

/** A command that reads what was typed by itself. */
export interface PlainCommand {
  /** Returns the exit code. */
  run(args: string[]): Promise<number>
  readonly help: string
}

/** A line of the command table. */
export interface Entry {
  readonly summary: string
  /** What it takes the database for, and with it the generated client, which a clean checkout does not have yet. */
  readonly needsDatabase?: true
  /** Loaded when it is asked for: a completion must not wait for a database driver. */
  readonly load?: () => Promise<SoukCommand | PlainCommand>
  /** Commands of its own: `souk cart add`. The one without a name is meant when none is said. */
  readonly parts?: () => Promise<Readonly<Record<string, SoukCommand>>>
}
