import { db, violatedConstraint } from '#lib/db'
import { newId } from '#lib/ids'
import { ok, refuse, type Result } from '#lib/result'
import { hashPassword } from '../passwords.ts'
import { checkPassword, isReservedHandle } from '../rules.ts'
import { insertUser } from '../sql.ts'

export interface NewAccount {
  readonly name: string
  readonly handle: string
  readonly email: string
  readonly password: string
}

export type AccountRefusal =
  'handle-taken' | 'handle-reserved' | 'email-taken' | 'common-password' | 'personal-password' | 'busy'

/**
 * Makes an account; only the password's argon2id hash is kept.
 * Invariant: handle and e-mail are stored in lower case and unique, so two spellings are one person.
 * Concurrency: the unique indexes decide between sign-ups at once.
 * Refuses: a handle or e-mail in use, a reserved handle, a password everybody guesses, `busy` when too many hash at once.
 */
export async function createAccount(account: NewAccount): Promise<Result<{ userId: string }, AccountRefusal>> {
  const handle = account.handle.toLowerCase()
  const email = account.email.toLowerCase()
  if (isReservedHandle(handle)) return refuse('handle-reserved')
  const password = checkPassword(account.password, handle)
  if (!password.ok) return password
  const hashed = await hashPassword(password.value)
  if (!hashed.ok) return hashed
  const userId = newId()
  try {
    await db.run(insertUser({ id: userId, handle, email, name: account.name, passwordHash: hashed.value }))
    return ok({ userId })
  } catch (error) {
    const taken = TAKEN[violatedConstraint(error) ?? '']
    if (taken) return refuse(taken)
    throw error
  }
}

const TAKEN: Partial<Record<string, 'handle-taken' | 'email-taken'>> = {
  app_user_handle_key: 'handle-taken',
  app_user_email_key: 'email-taken',
}
