import { db } from '#lib/db'
import { ok, refuse, type Result } from '#lib/result'
import { forgetMembers } from '../member-cache.ts'
import { updateRole } from '../sql.ts'

/**
 * Makes a member one of the market's operators, or a member like all others again.
 * Guarantees: counts at once on the node that did it, within a second on every other; sessions and tokens stay.
 * Refuses: a handle that nobody has.
 */
export async function setOperator(
  handle: string,
  isOperator: boolean,
): Promise<Result<{ userId: string }, 'not-found'>> {
  const [member] = await db.run(updateRole(handle.trim().toLowerCase(), isOperator ? 'admin' : 'member'))
  forgetMembers()
  return member ? ok(member) : refuse('not-found')
}
