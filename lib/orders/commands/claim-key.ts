import { createHmac } from 'node:crypto'
import type { Tx } from '#lib/db'
import { env } from '#lib/env'
import { ok, refuse, type Result } from '#lib/result'
import { insertKeys, readKeys, type KeyRow, type TakenKey } from '../sql/key.ts'
import type { StoredAnswer } from '../types.ts'

/** How long a client shall wait before it repeats a request that is still being worked on. */
const RETRY_AFTER_SECONDS = 1

export type KeyCode = 'in-progress' | 'key-reused'

/** A request with an Idempotency-Key, and what it is about to make. */
export interface Claim {
  readonly key: KeyRow
  readonly input: unknown
  /** Empty where its answer is stored together with the key, so that nothing has to be looked for. */
  readonly subject: { readonly orderId: string } | { readonly refundId: string } | Record<string, never>
}

/**
 * The first step of requests with an Idempotency-Key: takes each one's key for what it is about to make. In order.
 * Guarantees: null where the key is this request's now, and stays free should the transaction roll back; else what the first
 * request with it was answered. `made` where an earlier run of this very request made it: its COMMIT was not heard of.
 * Concurrency: repeats meet on the key's unique index; whoever comes second waits until the first is committed.
 * Refuses: in-progress, key-reused.
 */
export async function claimKeys(
  tx: Tx,
  claims: readonly Claim[],
): Promise<Result<StoredAnswer | 'made' | null, KeyCode>[]> {
  const wanted = claims.map(({ key, input, subject }) => ({
    ...{ ...key, requestHash: hashOf(input), orderId: null, refundId: null },
    ...subject,
  }))
  const mine = new Set((await tx.run(insertKeys(wanted))).map(nameOf))
  // Of two with one key in the same batch the first has it.
  const isMine = wanted.map((key) => mine.delete(nameOf(key)))
  const taken = isMine.includes(false) ? await tx.run(readKeys(wanted.filter((_, index) => !isMine[index]))) : []
  const known = new Map(taken.map((row) => [nameOf(row), row]))
  return wanted.map((key, index) => (isMine[index] ? ok(null) : answerOf(key, known.get(nameOf(key)))))
}

/** The same for one request; one that was made before is worked on by somebody. */
export async function claimKey(tx: Tx, claim: Claim): Promise<Result<StoredAnswer | null, KeyCode>> {
  const [claimed = inProgress()] = await claimKeys(tx, [claim])
  return claimed.ok && claimed.value === 'made' ? inProgress() : (claimed as Result<StoredAnswer | null, KeyCode>)
}

function answerOf(
  wanted: { requestHash: string; orderId: string | null },
  first: TakenKey | undefined,
): Result<StoredAnswer | 'made', KeyCode> {
  if (first && first.requestHash !== wanted.requestHash) return refuse('key-reused')
  if (first?.status != null && first.body !== null) return ok({ status: first.status, body: first.body })
  return first?.orderId != null && first.orderId === wanted.orderId ? ok('made') : inProgress()
}

function nameOf({ userId, route, key }: KeyRow): string {
  return `${userId} ${route} ${key}`
}

export function inProgress() {
  return refuse('in-progress' as const, { retryAfterSeconds: RETRY_AFTER_SECONDS })
}

/**
 * What tells one request body from another, without being a way back to a card in it: keyed with the market's secret,
 * because the few unknown digits of a bare hash could be tried out.
 */
function hashOf(input: unknown): string {
  const { SOUK_SECRET } = env()
  if (!SOUK_SECRET) throw new Error('SOUK_SECRET is not set.')
  return createHmac('sha256', `idempotency ${SOUK_SECRET}`).update(JSON.stringify(input)).digest('hex')
}
