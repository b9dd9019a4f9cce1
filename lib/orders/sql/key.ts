import { sql } from '#lib/db'
import type { StoredAnswer } from '../types.ts'

export interface KeyRow {
  readonly userId: string
  readonly route: string
  readonly key: string
}

export interface NewKey extends KeyRow {
  readonly requestHash: string
  /** What the request is about to make. */
  readonly orderId: string | null
  readonly refundId: string | null
}

/**
 * Takes keys for new orders or refunds; returns those that were free, each once.
 * Waits for other transactions that have just taken one and not committed yet, in the order of the keys, so that two that take
 * the same ones do not wait for one another. Index: idempotency_key_pkey.
 */
export const insertKeys = (rows: readonly NewKey[]) => sql<KeyRow>`
  insert into idempotency_key (user_id, route, key, request_hash, order_id, refund_id)
  select *
  from unnest(
    ${rows.map((row) => row.userId)}::uuid[],
    ${rows.map((row) => row.route)}::text[],
    ${rows.map((row) => row.key)}::text[],
    ${rows.map((row) => row.requestHash)}::text[],
    ${rows.map((row) => row.orderId)}::uuid[],
    ${rows.map((row) => row.refundId)}::uuid[]
  ) as request (user_id, route, key, request_hash, order_id, refund_id)
  order by user_id, route, key
  on conflict (user_id, route, key) do nothing
  returning user_id as "userId", route, key`

export interface TakenKey extends KeyRow {
  readonly requestHash: string
  readonly orderId: string | null
  readonly status: number | null
  readonly body: string | null
}

/** Index: idempotency_key_pkey. */
export const readKeys = (rows: readonly KeyRow[]) => sql<TakenKey>`
  select user_id as "userId", route, key, request_hash as "requestHash", order_id as "orderId", status, body
  from idempotency_key
  where (user_id, route, key) in (
    select *
    from unnest(
      ${rows.map((row) => row.userId)}::uuid[],
      ${rows.map((row) => row.route)}::text[],
      ${rows.map((row) => row.key)}::text[]
    )
  )`

/** Frees keys of orders that came to nothing before they were written. Index: idempotency_key_order_id_key. */
export const freeKeys = (orderIds: readonly string[]) => sql`
  delete from idempotency_key
  where order_id = any(${orderIds}::uuid[])`

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

/** Answers a key whose work is done in this very transaction. Index: idempotency_key_pkey. */
export const storeAnswer = (key: KeyRow, answer: StoredAnswer) => sql`
  update idempotency_key
  set status = ${answer.status}, body = ${answer.body}
  where user_id = ${key.userId} and route = ${key.route} and key = ${key.key} and status is null`

/** Index: idempotency_key_order_id_key. */
export const readAnswers = (orderIds: readonly string[]) => sql<StoredAnswer & { orderId: string }>`
  select order_id as "orderId", status, body
  from idempotency_key
  where order_id = any(${orderIds}::uuid[]) and status is not null`

/** Forgets so many answered keys. Those in flight stay until they are answered. Index: idempotency_key_created_at_idx. */
export const deleteOldKeys = (ttlMs: number, most: number) => sql<{ orderId: string }>`
  delete from idempotency_key
  where (user_id, route, key) in (
    select user_id, route, key
    from idempotency_key
    where created_at < now() - ${ttlMs} * interval '1 millisecond' and status is not null
    order by created_at
    limit ${most}
    for update skip locked
  )
  returning order_id as "orderId"`
