import { Fault } from '#lib/embedded/fault'
import { audit, auditHelp } from './audit.ts'
import { bazaar, bazaarHelp } from './bazaar.ts'
import { explain, explainHelp } from './explain.ts'
import { operator, operatorHelp } from './operator.ts'

const COMMANDS: Readonly<Record<string, { run(args: string[]): Promise<number>; help: string }>> = {
  audit: { run: audit, help: auditHelp },
  bazaar: { run: bazaar, help: bazaarHelp },
  explain: { run: explain, help: explainHelp },
  operator: { run: operator, help: operatorHelp },
}

const HELP = `souk <command> [options]

  audit     prove that every piece and every cent is where the rows say
  bazaar    hold a market on this machine, and have its trader fall ill
  explain   trace a payout or a balance to order lines, to the cent
  operator  say who operates the market, or make a member an operator

  souk <command> --help tells more of each.`

process.exitCode = await main(process.argv.slice(2))

/** Exit codes: 0 done, 1 the command found something wrong, 2 it was called wrongly or could not begin. */
async function main([name = '', ...args]: string[]): Promise<number> {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (!command) {
    const isAsked = ['', 'help', '--help', '-h'].includes(name)
    console[isAsked ? 'log' : 'error'](isAsked ? HELP : `There is no command ${name}.\n\n${HELP}`)
    return isAsked ? 0 : 2
  }
  if (args.includes('--help') || args.includes('-h')) {
    console.log(command.help)
    return 0
  }
  try {
    return await command.run(args)
  } catch (error) {
    const isExpected = error instanceof Fault || (error instanceof TypeError && 'code' in error)
    console.error(isExpected ? error.message : error)
    return 2
  }
}
