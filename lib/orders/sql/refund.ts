import { sql } from '#lib/db'
import type { Cents } from '#lib/money'
import type { Mover, RefundStatus } from '#prisma/enums'
import type { RefundLine, SoldLine } from '../rules/refund.ts'
import type { StoredAnswer } from '../types.ts'

export interface NewRefund {
  readonly id: string
  readonly sellerOrderId: string
  readonly totalCents: Cents
  readonly isSettled: boolean
  readonly by: Mover
  readonly actorId: string | null
  readonly reason: string
  /** When another node may ask the provider, should nobody have heard by then. */
  readonly resumeMs: number
}

/** A refund on its way, with its lines. */
export const insertRefund = (refund: NewRefund, lines: readonly RefundLine[]) => sql`
  with refund as (
    insert into refund (id, seller_order_id, total_cents, is_settled, by, actor_id, reason, resume_at)
    values (${refund.id}, ${refund.sellerOrderId}, ${refund.totalCents}, ${refund.isSettled}, ${refund.by}::mover,
            ${refund.actorId}, ${refund.reason}, clock_timestamp() + ${refund.resumeMs} * interval '1 millisecond')
    returning id
  )
  insert into refund_line (refund_id, line_id, quantity, returned_quantity, amount_cents, commission_cents, tax_cents)
  select refund.id, line.id, line.quantity, line.returned_quantity, line.amount_cents, line.commission_cents, line.tax_cents
  from refund
  cross join unnest(
    ${lines.map((line) => line.lineId)}::uuid[],
    ${lines.map((line) => line.quantity)}::int[],
    ${lines.map((line) => line.returnedQuantity)}::int[],
    ${lines.map((line) => line.amountCents)}::bigint[],
    ${lines.map((line) => line.commissionCents)}::bigint[],
    ${lines.map((line) => line.taxCents)}::bigint[]
  ) as line (id, quantity, returned_quantity, amount_cents, commission_cents, tax_cents)`

/**
 * What of order lines is refunded, as it shall be; the seller order's row is locked by the caller. More than was sold is
 * refused by order_line_refunded_check. Index: order_line_pkey.
 */
export const writeRefunded = (lines: readonly SoldLine[]) => sql`
  update order_line
  set refunded_quantity = line.quantity, refunded_cents = line.cents, refunded_commission_cents = line.commission_cents,
      refunded_tax_cents = line.tax_cents, returned_quantity = line.returned_quantity
  from unnest(
    ${lines.map((line) => line.id)}::uuid[],
    ${lines.map((line) => line.refundedQuantity)}::int[],
    ${lines.map((line) => line.refundedCents)}::bigint[],
    ${lines.map((line) => line.refundedCommissionCents)}::bigint[],
    ${lines.map((line) => line.refundedTaxCents)}::bigint[],
    ${lines.map((line) => line.returnedQuantity)}::int[]
  ) as line (id, quantity, cents, commission_cents, tax_cents, returned_quantity)
  where order_line.id = line.id`

/** A refund whose money is not known to be with the buyer yet, and what its provider has to be told. */
export interface OpenRefund {
  readonly id: string
  readonly sellerOrderId: string
  readonly totalCents: Cents
  readonly currency: string
  readonly provider: string
  readonly chargeRef: string | null
  readonly tries: number
}

/**
 * Claims refunds that are on their way for longer than they should be, by putting off when they may be claimed again: ten
 * seconds at first, an hour at last. Locks refunds, skipping those another node claims just now. Index: refund_pending_idx.
 */
export const claimRefunds = (most: number) => sql<OpenRefund>`
  update refund
  set tries = refund.tries + 1,
      resume_at = clock_timestamp() + least(3600, 10 * power(2, least(refund.tries, 16))) * interval '1 second'
  from seller_order as part
  join "order" on "order".id = part.order_id
  join payment on payment.order_id = part.order_id
  where part.id = refund.seller_order_id and refund.id in (
    select id
    from refund
    where status = 'pending' and resume_at <= (select clock_timestamp())
    order by resume_at
    limit ${most}
    for update skip locked
  )
  returning refund.id, refund.seller_order_id as "sellerOrderId", refund.total_cents as "totalCents", "order".currency,
            payment.provider, payment.provider_ref as "chargeRef", refund.tries`

export interface RefundRow {
  readonly id: string
  readonly sellerOrderId: string
  readonly status: RefundStatus
  readonly totalCents: Cents
  readonly isSettled: boolean
  readonly by: Mover
  readonly actorId: string | null
}

/** Index: refund_pkey. */
export const readRefund = (id: string) => sql<RefundRow>`
  select id, seller_order_id as "sellerOrderId", status, total_cents as "totalCents", is_settled as "isSettled", by,
         actor_id as "actorId"
  from refund
  where id = ${id}`

/** Index: refund_line_pkey. */
export const readRefundLines = (refundId: string) => sql<RefundLine>`
  select line_id as "lineId", line.variant_id as "variantId", refund_line.quantity,
         refund_line.returned_quantity as "returnedQuantity", amount_cents as "amountCents",
         refund_line.commission_cents as "commissionCents", refund_line.tax_cents as "taxCents"
  from refund_line
  join order_line as line on line.id = refund_line.line_id
  where refund_id = ${refundId}
  order by line_id`

/** Ends a refund; returns it when it was pending still: whoever comes second changes nothing. Index: refund_pkey. */
export const endRefund = (id: string, end: { ref: string | null; failCode: string | null }) => sql<{ id: string }>`
  update refund
  set status = case when ${end.failCode}::text is null then 'paid' else 'failed' end::refund_status,
      provider_ref = coalesce(${end.ref}, provider_ref), fail_code = ${end.failCode}, ended_at = clock_timestamp()
  where id = ${id} and status = 'pending'
  returning id`

/** The provider has it, and says later what came of it. Index: refund_pkey. */
export const noteRefundRef = (id: string, ref: string) => sql`
  update refund
  set provider_ref = ${ref}
  where id = ${id} and status = 'pending'`

/** Answers the key of a request that refunds. An answer once given stays. Index: idempotency_key_refund_id_key. */
export const storeRefundAnswer = (refundId: string, answer: StoredAnswer) => sql`
  update idempotency_key
  set status = ${answer.status}, body = ${answer.body}
  where refund_id = ${refundId} and status is null`

/** Index: idempotency_key_refund_id_key. */
export const readRefundAnswer = (refundId: string) => sql<StoredAnswer>`
  select status, body
  from idempotency_key
  where refund_id = ${refundId} and status is not null`

/** Refunds with their lines, oldest first. Index: refund_seller_order_id_idx, refund_line_pkey. */
export const listRefunds = (sellerOrderIds: readonly string[]) => sql<{
  id: string
  sellerOrderId: string
  status: RefundStatus
  totalCents: Cents
  by: Mover
  reason: string
  createdAt: Date
  endedAt: Date | null
  lines: { lineId: string; quantity: number; returnedQuantity: number; amountCents: string }[]
}>`
  select refund.id, seller_order_id as "sellerOrderId", status, total_cents as "totalCents", by, reason,
         created_at as "createdAt", ended_at as "endedAt", given.lines
  from refund
  cross join lateral (
    select json_agg(json_build_object(
             'lineId', line_id, 'quantity', quantity, 'returnedQuantity', returned_quantity,
             'amountCents', amount_cents::text) order by line_id) as lines
    from refund_line
    where refund_id = refund.id
  ) as given
  where seller_order_id = any(${sellerOrderIds}::uuid[])
  order by seller_order_id, refund.id`
