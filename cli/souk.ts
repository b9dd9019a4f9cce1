import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { runCommand } from 'citty'
import { Fault } from '#lib/embedded/fault'
import { withLock } from '#lib/embedded/lock'
import { COMMANDS } from './commands.ts'
import { nearest } from './market/near.ts'
import type { SoukCommand } from './terminal/command.ts'
import { EXIT, Failure, Left, notBegun } from './terminal/failure.ts'
import { fit } from './terminal/fit.ts'
import { columns, helpOf } from './terminal/help.ts'
import { hearLeaving } from './terminal/leaving.ts'
import { openScreen } from './terminal/screen.ts'

/** Options of all commands that take a value: what follows one in front of a command's name is not that name. */
const VALUED = ['--url', '--token', '--timeout', '--quantity', '-n']

const typed = process.argv.slice(2)
const screen = openScreen(typed.includes('--json'))
const wantsHelp = typed.includes('--help') || typed.includes('-h') || typed[wordAt(typed)] === 'help'

try {
  process.exitCode = await main(typed)
} catch (error) {
  const failure = failureOf(error)
  if (failure) screen.fail(failure)
  else console.error(error)
  process.exitCode = failure?.exitCode ?? EXIT.notBegun
}

/** Exit codes: 0 done, 1 refused or found wrong, 2 called wrongly or could not begin, 130 Ctrl-C. */
async function main(args: string[]): Promise<number> {
  const at = wordAt(args)
  const name = args[at]
  if (name === undefined) return runBare(args)
  const rest = args.toSpliced(at, 1)
  if (name === 'help') return main(rest)
  const entry = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (!entry) throw unknownCommand(name)
  if (entry.needsDatabase) await prepare()
  if (entry.parts) return runPart(name, await entry.parts(), rest)
  const loaded = await entry.load?.()
  if (!loaded) throw new Error(`The command ${name} has nothing to load.`)
  if ('citty' in loaded) return runTaught(name, loaded, rest)
  return wantsHelp ? teach(loaded.help) : loaded.run(rest)
}

/** Where the first word stands that is no option and no option's value; below 0 where there is none. */
function wordAt(args: readonly string[]): number {
  return args.findIndex((each, index) => !each.startsWith('-') && !VALUED.includes(args[index - 1] ?? ''))
}

/** No command was said: the menu, where somebody sits in front of it; else what there is. */
async function runBare(args: string[]): Promise<number> {
  if (wantsHelp) return teach(overview())
  if (args.includes('--version')) {
    const { version } = JSON.parse(await readFile(join(import.meta.dirname, '..', 'package.json'), 'utf8')) as {
      version: string
    }
    screen.show({ version }, version)
    return EXIT.done
  }
  if (process.stdin.isTTY && process.stdout.isTTY && !screen.isJson) {
    return runInside((await import('./menu.ts')).menu, args)
  }
  if (args.length === 0) return teach(overview())
  throw notBegun('miscalled', 'Say which command: souk --help tells all that there are.')
}

function teach(text: string): number {
  console.log(fit(text))
  return EXIT.done
}

function unknownCommand(name: string): Failure {
  const [near] = nearest(name, Object.keys(COMMANDS))
  const hint = near
    ? `Is it souk ${near}? souk --help tells all that there are.`
    : 'souk --help tells all that there are.'
  return notBegun('unknown-command', `There is no command ${name}.`, hint)
}

/** `souk cart add`: the word after the command's name says which, as far as there is one of that name. */
async function runPart(name: string, parts: Readonly<Record<string, SoukCommand>>, rest: string[]): Promise<number> {
  const at = wordAt(rest)
  const word = rest[at] ?? ''
  const part = Object.hasOwn(parts, word) ? parts[word] : undefined
  const all = Object.keys(parts).filter(Boolean)
  if (part && at >= 0) return runTaught(`${name} ${word}`, part, rest.toSpliced(at, 1))
  if (at >= 0) throw notBegun('unknown-command', `souk ${name} cannot ${word}: it can ${all.join(', ')}.`)
  const own = parts['']
  if (wantsHelp || !own) {
    const lines = Object.entries(parts).map(([each, { summary }]) => [`souk ${name} ${each}`.trim(), summary] as const)
    teach(
      `souk ${name} <command> [options]\n\n${columns(lines)}\n\n  souk ${name} <command> --help tells more of each.`,
    )
    return wantsHelp ? EXIT.done : EXIT.notBegun
  }
  return runTaught(name, own, rest)
}

function runTaught(called: string, command: SoukCommand, args: string[]): Promise<number> {
  return wantsHelp ? Promise.resolve(teach(helpOf(called, command))) : runInside(command, args)
}

/** Runs a command so that whatever ends it, what it began is put right. The process ends with it, whatever is still under way. */
async function runInside({ citty }: SoukCommand, rawArgs: string[]): Promise<number> {
  const leaving = hearLeaving()
  let code: number
  try {
    const { result } = await Promise.race([
      runCommand(citty, { rawArgs, data: { screen, leaving, commands: COMMANDS } }),
      leaving.asked,
    ])
    code = typeof result === 'number' ? result : EXIT.done
    await leaving.putRight('')
  } catch (error) {
    const failure = failureOf(error)
    if (!failure) console.error(error)
    else if (failure.words.message) screen.fail(failure)
    code = failure?.exitCode ?? EXIT.notBegun
    await leaving.putRight(error instanceof Left ? error.why : '')
  }
  process.exit(code)
}

function failureOf(error: unknown): Failure | null {
  if (error instanceof Failure) return error
  if (error instanceof Left) {
    if (error.why === 'time-out') return notBegun('no-answer', 'Nobody answered, so nothing was done.')
    return new Failure(EXIT.interrupted, { code: 'interrupted', message: '' })
  }
  if (error instanceof Fault) return notBegun('fault', error.message)
  if (!(error instanceof Error)) return null
  const isMiscalled = error.name === 'CLIError' || (error instanceof TypeError && 'code' in error)
  return isMiscalled ? notBegun('miscalled', stripVTControlCharacters(error.message)) : null
}

function overview(): string {
  const lines = Object.entries(COMMANDS).map(([name, { summary }]) => [name, summary] as const)
  return [
    'souk [<command>] [options]',
    '  Without a command, in a terminal: a menu.',
    columns(lines),
    columns([
      ['$ souk check red mug', 'what is on sale with these words'],
      ['$ souk buy a-bear-called-bruno -n 2', 'two of them, after a look at the sum'],
      ['$ souk check --json | jq .title', 'for programs: one object a line'],
    ]),
    '  souk <command> --help tells more of each. Exit codes: 0 done, 1 refused or found wrong, 2 called wrongly or could not\n' +
      '  begin, 130 Ctrl-C.',
  ].join('\n\n')
}

/** What the first start makes, where this comes before it. */
async function prepare(): Promise<void> {
  const root = join(import.meta.dirname, '..')
  if (existsSync(join(root, 'prisma', 'generated', 'client.ts'))) return
  const { generateClient } = await import('../scripts/start/generate.ts')
  await withLock(join(root, 'node_modules', '.souk.lock'), generateClient)
}
