import { hash, verify } from '@node-rs/argon2'
import { Overloaded } from '#lib/batch'
import { once } from '#lib/once'
import { ok, refuse, type Result } from '#lib/result'
import { createTurns } from '#lib/turns'

// argon2id, OWASP's parameters: 19 MB and about 20 ms of a core each, which is why so few go at once.
const ARGON2ID = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
const AT_ONCE = 2
const QUEUE = 64
const MAX_WAIT_MS = 10_000

/** Of a password nobody knows: an unknown login is checked against it, so that it takes as long as a known one. */
export const NOBODYS_HASH =
  '$argon2id$v=19$m=19456,t=2,p=1$QCeR5egtyjj5t0ZtjqmedQ$Ce2Fl7IgUiy4buXQsydG/a2qdp2gKoKnV6DDMlbJvAM'

/** What is stored instead of the password. Refuses: `busy` when too many wait already. */
export function hashPassword(password: string): Promise<Result<string, 'busy'>> {
  return inTurn(() => hash(password.normalize('NFKC'), ARGON2ID))
}

/** Whether the password is the one of the hash. Refuses: `busy` when too many wait already. */
export function verifyPassword(passwordHash: string, password: string): Promise<Result<boolean, 'busy'>> {
  return inTurn(() => verify(passwordHash, password.normalize('NFKC')))
}

/** Concurrency: two at once in the whole process, a bounded number in line behind them. */
async function inTurn<T>(work: () => Promise<T>): Promise<Result<T, 'busy'>> {
  const turns = once('password-turns', () => createTurns({ atOnce: AT_ONCE, queue: QUEUE, maxWaitMs: MAX_WAIT_MS }))
  try {
    return ok(await turns.run(work))
  } catch (error) {
    if (error instanceof Overloaded) return refuse('busy')
    throw error
  }
}
