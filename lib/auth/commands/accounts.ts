import { db, violatedConstraint, type Db } from '#lib/db'
import { newId } from '#lib/ids'
import { ok, refuse, type Result } from '#lib/result'
import { hashPassword } from '../passwords.ts'
import { checkPassword, isReservedHandle } from '../rules.ts'
import { insertUser, type UserRow } from '../sql.ts'

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
  const prepared = await prepareAccount(account)
  if (!prepared.ok) return prepared
  try {
    await writeAccount(db, prepared.value)
    return ok({ userId: prepared.value.id })
  } catch (error) {
    const taken = whatIsTaken(error)
    if (taken) return refuse(taken)
    throw error
  }
}

/**
 * A step: an account as `insertUser` writes it, with its password hashed, which is no work for within a transaction.
 * Refuses: a reserved handle, a password everybody guesses, `busy` when too many hash at once.
 */
export async function prepareAccount(account: NewAccount): Promise<Result<UserRow, AccountRefusal>> {
  const handle = account.handle.toLowerCase()
  const email = account.email.toLowerCase()
  if (isReservedHandle(handle)) return refuse('handle-reserved')
  const password = checkPassword(account.password, handle)
  if (!password.ok) return password
  const hashed = await hashPassword(password.value)
  if (!hashed.ok) return hashed
  return ok({ id: newId(), handle, email, name: account.name, passwordHash: hashed.value })
}

/** A step: writes a prepared account. Fails where `whatIsTaken` says what is. */
export async function writeAccount(on: Db, row: UserRow): Promise<void> {
  await on.run(insertUser(row))
}

/** What of an account somebody has already, where that is why it could not be written. */
export function whatIsTaken(error: unknown): 'handle-taken' | 'email-taken' | undefined {
  return TAKEN[violatedConstraint(error) ?? '']
}

const TAKEN: Partial<Record<string, 'handle-taken' | 'email-taken'>> = {
  app_user_handle_key: 'handle-taken',
  app_user_email_key: 'email-taken',
}
