import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible'
import { once } from '#lib/once'
import { ok, refuse, type Result } from '#lib/result'

/** Where the node writes the address it saw on the socket, for the pages' side. Written over, so nobody can claim one. */
export const ADDRESS_HEADER = 'x-souk-address'

/** What a try to sign in is counted under: where it came from, and whose account (or unknown login) it is for. */
export interface CountedAttempt {
  readonly address: string
  readonly account: string
}

const HOUR_S = 3_600

/**
 * Failed tries that are let through. An account under attack from everywhere is never locked: each address still has
 * `SOFT_TRIES` of its own, which is enough for its owner and too few for a guesser.
 */
function limiters() {
  return once('sign-in-limits', () => ({
    pair: new RateLimiterMemory({ points: 10, duration: HOUR_S / 4, keyPrefix: 'pair' }),
    address: new RateLimiterMemory({ points: 100, duration: HOUR_S, keyPrefix: 'address' }),
    account: new RateLimiterMemory({ points: 100, duration: HOUR_S, keyPrefix: 'account' }),
  }))
}

const SOFT_TRIES = 3

/** Counts a try before any password is checked. Refuses: `too-many-requests`, with the seconds to wait. */
export async function admitAttempt(attempt: CountedAttempt): Promise<Result<CountedAttempt, 'too-many-requests'>> {
  const { pair, address, account } = limiters()
  const own = await consume(pair, pairKey(attempt))
  if (own.isOver) return tooMany(own)
  const ofAddress = await consume(address, attempt.address)
  if (ofAddress.isOver) return tooMany(ofAddress)
  const ofAccount = await consume(account, attempt.account)
  if (ofAccount.isOver && own.tries > SOFT_TRIES) return tooMany(own)
  return ok(attempt)
}

/** Takes a try back: it succeeded, or its password was never looked at. */
export async function forgiveAttempt(attempt: CountedAttempt): Promise<void> {
  const { pair, address, account } = limiters()
  await Promise.all([pair.reward(pairKey(attempt)), address.reward(attempt.address), account.reward(attempt.account)])
}

function pairKey({ address, account }: CountedAttempt): string {
  return `${address} ${account}`
}

interface Count {
  readonly isOver: boolean
  readonly tries: number
  readonly waitMs: number
}

async function consume(limiter: RateLimiterMemory, key: string): Promise<Count> {
  try {
    return countOf(await limiter.consume(key), false)
  } catch (refusal) {
    // Its own refusal is no Error; `instanceof` would fail where server and pages each loaded the class.
    if (refusal instanceof Error) throw refusal
    return countOf(refusal as RateLimiterRes, true)
  }
}

function countOf(state: RateLimiterRes, isOver: boolean): Count {
  return { isOver, tries: state.consumedPoints, waitMs: state.msBeforeNext }
}

function tooMany({ waitMs }: Count) {
  return refuse('too-many-requests', { retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)) })
}
