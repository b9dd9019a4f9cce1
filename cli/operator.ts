import { parseArgs } from 'node:util'
import { setOperator } from '#lib/auth/commands/operators'
import { listOperators } from '#lib/auth/queries'
import { withDatabase } from './database.ts'

export const operatorHelp = `souk operator [<handle>] [--revoke]

  Makes a member of the market an operator: the pages under /admin and the routes under /api/v1/admin open to them, in the
  sessions and with the tokens they have, within a second. Without a handle it says who the operators are.
  Exit code 2: nobody has this handle.

  --revoke  the member is a member like all others again`

/** Makes or unmakes an operator, or lists them. Returns the exit code. */
export async function operator(args: string[]): Promise<number> {
  const options = { revoke: { type: 'boolean', default: false } } as const
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options })
  const [handle, ...others] = positionals
  if (others.length > 0 || (values.revoke && !handle)) {
    console.error(`Say the handle of one member.\n\n${operatorHelp}`)
    return 2
  }
  return withDatabase(() => (handle ? change(handle, !values.revoke) : list()))
}

async function change(handle: string, isOperator: boolean): Promise<number> {
  const result = await setOperator(handle, isOperator)
  if (!result.ok) {
    console.error(`There is no member ${handle}. Sign up on the market first.`)
    return 2
  }
  console.log(isOperator ? `✓ ${handle} is an operator now: see /admin.` : `✓ ${handle} is no operator any more.`)
  return 0
}

async function list(): Promise<number> {
  const operators = await listOperators()
  if (operators.length === 0) console.log('The market has no operator yet: npm run souk -- operator <handle>')
  for (const { handle, name } of operators) console.log(`${handle}  ${name}`)
  return 0
}
