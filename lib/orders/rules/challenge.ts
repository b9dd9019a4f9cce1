import type { Challenge, StoredAnswer } from '../types.ts'

/** Where the buyer has to go before the request has an answer. Never stored: a repeat may find the answer instead. */
export function challengeAnswer({ number, challengeUrl }: Challenge): StoredAnswer {
  return { status: 202, body: JSON.stringify({ status: 'challenge', number, challengeUrl }) }
}
