import { once } from '#lib/once'
import { ok, refuse, type Result } from '#lib/result'
import { HOUR_MS } from '#lib/time'
import { createWindows, type Counted } from '#lib/windows'

/** Where the node writes the address it saw on the socket, for the pages' side. Written over, so nobody can claim one. */
export const ADDRESS_HEADER = 'x-souk-address'

/** What a try to sign in is counted under: where it came from, and whose account (or unknown login) it is for. */
export interface CountedAttempt {
  readonly address: string
  readonly account: string
}

/**
 * Failed tries that are let through. An account under attack from everywhere is never locked: each address still has
 * `SOFT_TRIES` of its own, which is enough for its owner and too few for a guesser.
 */
const TRIES = { pair: 10, address: 100, account: 100 } as const
const SOFT_TRIES = 3

function windows() {
  return once('sign-in-limits', () => ({
    pair: createWindows(HOUR_MS / 4),
    address: createWindows(HOUR_MS),
    account: createWindows(HOUR_MS),
  }))
}

/** Counts a try before any password is checked. Refuses: `too-many-requests`, with the seconds to wait. */
export function admitAttempt(attempt: CountedAttempt): Result<CountedAttempt, 'too-many-requests'> {
  const { pair, address, account } = windows()
  const own = pair(pairKey(attempt))
  if (own.count > TRIES.pair) return tooMany(own)
  const ofAddress = address(attempt.address)
  if (ofAddress.count > TRIES.address) return tooMany(ofAddress)
  const ofAccount = account(attempt.account)
  if (ofAccount.count > TRIES.account && own.count > SOFT_TRIES) return tooMany(own)
  return ok(attempt)
}

/** Takes a try back: it succeeded, or its password was never looked at. */
export function forgiveAttempt(attempt: CountedAttempt): void {
  const { pair, address, account } = windows()
  pair(pairKey(attempt), -1)
  address(attempt.address, -1)
  account(attempt.account, -1)
}

function pairKey({ address, account }: CountedAttempt): string {
  return `${address} ${account}`
}

function tooMany({ leftMs }: Counted) {
  return refuse('too-many-requests', { retryAfterSeconds: Math.max(1, Math.ceil(leftMs / 1000)) })
}
