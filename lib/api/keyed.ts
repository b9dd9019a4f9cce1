import type { Context } from 'hono'
import { transaction, type Tx } from '#lib/db'
import { ok, type Result } from '#lib/result'
import { claimKey } from '#lib/orders/commands/claim-key'
import { storeAnswer, type KeyRow } from '#lib/orders/sql/key'
import { orderHeaders } from '#lib/orders/schema'
import { fieldProblem } from './problem.ts'

/**
 * Does the work of a request once per Idempotency-Key, key and work in one transaction: a repeat gets what the first came to.
 * Guarantees: without a key the work is simply done; a refusal or a failure leaves the key free.
 * Concurrency: a repeat that comes while the first is at work waits for its commit, at the key's unique index.
 * Refuses: key-reused, where the key was sent with something else; what the work refuses.
 */
export function oncePerKey<T, Code extends string>(
  key: KeyRow | null,
  input: unknown,
  work: (tx: Tx) => Promise<Result<T, Code>>,
): Promise<Result<T, Code | 'key-reused' | 'in-progress'>> {
  return transaction<T, Code | 'key-reused' | 'in-progress'>(async (tx) => {
    if (key === null) return work(tx)
    const claimed = await claimKey(tx, { key, input, subject: {} })
    if (!claimed.ok) return claimed
    if (claimed.value) return ok(JSON.parse(claimed.value.body) as T)
    const done = await work(tx)
    if (done.ok) tx.send(storeAnswer(key, { status: 200, body: JSON.stringify(done.value) }))
    return done
  })
}

/** The key that a request is sent under, where there is one: every route has keys of its own. Refuses: what is no key. */
export function readKey(c: Context, route: string, userId: string): KeyRow | null {
  if (c.req.header('idempotency-key') === undefined) return null
  const read = orderHeaders.safeParse({ 'idempotency-key': c.req.header('idempotency-key') })
  if (!read.success) throw fieldProblem(read.error)
  return { userId, route, key: read.data['idempotency-key'] }
}

/** For `createRoute`: a write that may be sent under a key. */
export const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  schema: { type: 'string', minLength: 8, maxLength: 128 },
  example: '6f1c2a5e-lamp-0001',
  description:
    'New for every request, the same for every repeat of it: for 24 hours a repeat changes nothing and is answered like the ' +
    'first. Left out: a repeat is done again.',
} as const
