import { sql } from '#lib/db'
import type { StoredAnswer } from '../types.ts'

export interface KeyRow {
  readonly userId: string
  readonly route: string
  readonly key: string
}

/**
 * Takes a key for a new order or refund; returns nothing when it is taken already.
 * Waits for another transaction that has just taken it and not committed yet. Index: idempotency_key_pkey.
 */
export const insertKey = (
  row: KeyRow & { requestHash: string; orderId: string | null; refundId: string | null },
) => sql<{ key: string }>`
  insert into idempotency_key (user_id, route, key, request_hash, order_id, refund_id)
  values (${row.userId}, ${row.route}, ${row.key}, ${row.requestHash}, ${row.orderId}, ${row.refundId})
  on conflict (user_id, route, key) do nothing
  returning key`

/** Index: idempotency_key_pkey. */
export const readKey = (row: KeyRow) => sql<{ requestHash: string; status: number | null; body: string | null }>`
  select request_hash as "requestHash", status, body
  from idempotency_key
  where user_id = ${row.userId} and route = ${row.route} and key = ${row.key}`

/** Answers the keys of orders that were just finished. An answer once given stays. Index: idempotency_key_order_id_key. */
export const storeAnswers = (answers: readonly (StoredAnswer & { orderId: string })[]) => sql`
  update idempotency_key
  set status = answer.status, body = answer.body
  from unnest(
    ${answers.map((answer) => answer.orderId)}::uuid[],
    ${answers.map((answer) => answer.status)}::int[],
    ${answers.map((answer) => answer.body)}::text[]
  ) as answer (order_id, status, body)
  where idempotency_key.order_id = answer.order_id and idempotency_key.status is null`

/** Index: idempotency_key_order_id_key. */
export const readAnswers = (orderIds: readonly string[]) => sql<StoredAnswer & { orderId: string }>`
  select order_id as "orderId", status, body
  from idempotency_key
  where order_id = any(${orderIds}::uuid[]) and status is not null`

/** Forgets answered keys. Those in flight stay until they are answered. Index: idempotency_key_created_at_idx. */
export const deleteOldKeys = (ttlMs: number) => sql<{ orderId: string }>`
  delete from idempotency_key
  where created_at < now() - ${ttlMs} * interval '1 millisecond' and status is not null
  returning order_id as "orderId"`
