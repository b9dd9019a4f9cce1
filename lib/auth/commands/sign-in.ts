import { db } from '#lib/db'
import { ok, refuse, type Result } from '#lib/result'
import { NOBODYS_HASH, verifyPassword } from '../passwords.ts'
import { admitAttempt, forgiveAttempt } from '../sign-in-limits.ts'
import { findCredentialsByEmail, findCredentialsByHandle } from '../sql.ts'
import type { Credentials, SignInAttempt } from '../types.ts'
import { openSession } from './sessions.ts'

export type SignInRefusal = 'wrong-credentials' | 'too-many-requests' | 'busy'

/** Opens a session for who knows the password. Refuses: what `proveIdentity` refuses. */
export async function signIn(
  attempt: SignInAttempt & { userAgent: string },
): Promise<Result<{ userId: string; sid: string }, SignInRefusal>> {
  const proved = await proveIdentity(attempt)
  if (!proved.ok) return proved
  const { userId } = proved.value
  return ok({ userId, sid: await openSession({ userId, userAgent: attempt.userAgent }) })
}

/**
 * Whose handle or e-mail address and password these are.
 * Invariant: an unknown login costs the same time and gets the same answer as a wrong password.
 * Refuses: `wrong-credentials`; `too-many-requests` before any hashing; `busy` when too many hash at once.
 */
export async function proveIdentity(attempt: SignInAttempt): Promise<Result<{ userId: string }, SignInRefusal>> {
  const login = attempt.login.toLowerCase()
  const known = await findCredentials(login)
  const counted = { address: attempt.address, account: known?.userId ?? login }
  const admitted = admitAttempt(counted)
  if (!admitted.ok) return admitted
  const fits = await verifyPassword(known?.passwordHash ?? NOBODYS_HASH, attempt.password)
  if (!fits.ok) {
    forgiveAttempt(counted)
    return fits
  }
  if (!known || !fits.value) return refuse('wrong-credentials')
  forgiveAttempt(counted)
  return ok({ userId: known.userId })
}

/** A handle has no @, an e-mail address always has one. */
async function findCredentials(login: string): Promise<Credentials | undefined> {
  const [known] = await db.run(login.includes('@') ? findCredentialsByEmail(login) : findCredentialsByHandle(login))
  return known
}
