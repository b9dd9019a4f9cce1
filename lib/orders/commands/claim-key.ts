import { createHmac } from 'node:crypto'
import type { Tx } from '#lib/db'
import { env } from '#lib/env'
import { ok, refuse, type Result } from '#lib/result'
import type { OrderCode } from '../errors.ts'
import { insertKey, readKey, type KeyRow } from '../sql/key.ts'
import type { StoredAnswer } from '../types.ts'

/** How long a client shall wait before it repeats a request that is still being worked on. */
const RETRY_AFTER_SECONDS = 1

/**
 * The first step of every request with an Idempotency-Key: takes the key for what the request is about to make.
 * Guarantees: null where the key is this request's now, and stays free should the transaction roll back; else what the first
 * request with it was answered.
 * Concurrency: repeats meet on the key's unique index; whoever comes second waits until the first is committed.
 * Refuses: in-progress, key-reused.
 */
export async function claimKey(
  tx: Tx,
  key: KeyRow,
  input: unknown,
  subject: { readonly orderId: string } | { readonly refundId: string },
): Promise<Result<StoredAnswer | null, OrderCode>> {
  const requestHash = hashOf(input)
  const [taken] = await tx.run(insertKey({ ...key, requestHash, orderId: null, refundId: null, ...subject }))
  if (taken) return ok(null)
  const [first] = await tx.run(readKey(key))
  if (first && first.requestHash !== requestHash) return refuse('key-reused')
  if (first?.status == null || first.body === null) return inProgress()
  return ok({ status: first.status, body: first.body })
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
