import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Fault } from '#lib/embedded/fault'
import { withLock } from '#lib/embedded/lock'
import { generateClient } from '../scripts/start/generate.ts'

interface Command {
  /** Returns the exit code. */
  run(args: string[]): Promise<number>
  readonly help: string
}

/** Loaded when it is asked for: each needs the generated client, which a clean checkout does not have yet. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  audit: () => import('./audit.ts').then(({ audit: run, auditHelp: help }) => ({ run, help })),
  bazaar: () => import('./bazaar.ts').then(({ bazaar: run, bazaarHelp: help }) => ({ run, help })),
  explain: () => import('./explain.ts').then(({ explain: run, explainHelp: help }) => ({ run, help })),
  openapi: () => import('./openapi.ts').then(({ openapi: run, openapiHelp: help }) => ({ run, help })),
  operator: () => import('./operator.ts').then(({ operator: run, operatorHelp: help }) => ({ run, help })),
  simulate: () => import('./simulate.ts').then(({ simulate: run, simulateHelp: help }) => ({ run, help })),
  watch: () => import('./watch.ts').then(({ watch: run, watchHelp: help }) => ({ run, help })),
}

const HELP = `souk <command> [options]

  audit     prove that every piece and every cent is where the rows say
  bazaar    hold a market on this machine, and have its trader fall ill
  explain   trace a payout or a balance to order lines, to the cent
  openapi   print what the API can do, as an OpenAPI document
  operator  say who operates the market, or make a member an operator
  simulate  play a scenario of producers and consumers against a real market
  watch     print what happens to a product, as it happens

  souk <command> --help tells more of each.`

process.exitCode = await main(process.argv.slice(2))

/** Exit codes: 0 done, 1 the command found something wrong, 2 it was called wrongly or could not begin. */
async function main([name = '', ...args]: string[]): Promise<number> {
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (!load) {
    const isAsked = ['', 'help', '--help', '-h'].includes(name)
    console[isAsked ? 'log' : 'error'](isAsked ? HELP : `There is no command ${name}.\n\n${HELP}`)
    return isAsked ? 0 : 2
  }
  try {
    await prepare()
    const command = await load()
    if (!args.includes('--help') && !args.includes('-h')) return await command.run(args)
    console.log(command.help)
    return 0
  } catch (error) {
    const isExpected = error instanceof Fault || (error instanceof TypeError && 'code' in error)
    console.error(isExpected ? error.message : error)
    return 2
  }
}

/** What the first start makes, where this comes before it. */
async function prepare(): Promise<void> {
  const root = join(import.meta.dirname, '..')
  if (existsSync(join(root, 'prisma', 'generated', 'client.ts'))) return
  await withLock(join(root, 'node_modules', '.souk.lock'), generateClient)
}
