import { sql } from '#lib/db'
import type { Cents } from '#lib/money'
import type { Mover, OrderEvent, SellerOrderStatus } from '#prisma/enums'
import type { SoldLine } from '../rules/refund.ts'
import type { Actor, Milestones, Part } from '../rules/states.ts'

/** A seller order with what its commands need to know of its order and payment. */
export interface PartRow extends Omit<Milestones, 'isRefunded'> {
  readonly id: string
  readonly orderId: string
  readonly number: string
  readonly sellerId: string
  readonly buyerId: string
  readonly cartId: string
  readonly currency: string
  readonly status: SellerOrderStatus
  readonly pendingRefunds: number
  readonly carrier: string | null
  readonly trackingNumber: string | null
  readonly provider: string
  readonly chargeRef: string | null
}

/** Whose a seller order has to be. */
function scopeOf(actor: Actor) {
  return {
    by: actor.by,
    sellerId: actor.by === 'seller' ? actor.sellerId : null,
    buyerId: actor.by === 'buyer' ? actor.userId : null,
    number: actor.by === 'buyer' ? actor.number : null,
  }
}

/** A part of a paid order, if it is this actor's to move; nothing otherwise. Locks nothing. Index: seller_order_pkey. */
export const readPart = (id: string, actor: Actor) => {
  const { by, sellerId, buyerId, number } = scopeOf(actor)
  return sql<PartRow>`
    select part.id, part.order_id as "orderId", "order".number, part.seller_id as "sellerId", "order".buyer_id as "buyerId",
           "order".cart_id as "cartId", "order".currency, part.status, part.pending_refunds as "pendingRefunds",
           part.carrier, part.tracking_number as "trackingNumber", part.shipped_at as "shippedAt",
           part.delivered_at as "deliveredAt", part.disputed_at as "disputedAt", part.cancelled_at as "cancelledAt",
           part.settled_at as "settledAt", payment.provider, payment.provider_ref as "chargeRef"
    from seller_order as part
    join "order" on "order".id = part.order_id
    join payment on payment.order_id = part.order_id
    where part.id = ${id}
      and "order".status = 'paid'
      and case ${by}::mover
        when 'seller' then part.seller_id = ${sellerId}
        when 'buyer' then "order".buyer_id = ${buyerId} and "order".number = ${number}
        else true end`
}

/** Keeps everybody else from moving these on; readers and new events are not kept. Locks by id. Index: seller_order_pkey. */
export const lockParts = (ids: readonly string[]) => sql`
  select 1
  from seller_order
  where id = any(${ids}::uuid[])
  order by id
  for no key update`

/** Of locked seller orders. The clock is read after every wait. Index: order_line_seller_order_id_idx. */
export const readLines = (sellerOrderIds: readonly string[]) => sql<SoldLine & { sellerOrderId: string; now: Date }>`
  select id, seller_order_id as "sellerOrderId", variant_id as "variantId", quantity, total_cents as "totalCents",
         commission_cents as "commissionCents", tax_cents as "taxCents", refunded_quantity as "refundedQuantity",
         refunded_cents as "refundedCents", refunded_commission_cents as "refundedCommissionCents",
         refunded_tax_cents as "refundedTaxCents", returned_quantity as "returnedQuantity",
         clock_timestamp() as now
  from order_line
  where seller_order_id = any(${sellerOrderIds}::uuid[])
  order by id`

/** A seller order as it shall be. Its row is locked by the caller. Index: seller_order_pkey. */
export const writePart = (
  id: string,
  part: Part & { readonly carrier: string | null; readonly trackingNumber: string | null },
) => sql`
  update seller_order
  set status = ${part.status}, shipped_at = ${part.shippedAt}, delivered_at = ${part.deliveredAt},
      disputed_at = ${part.disputedAt}, cancelled_at = ${part.cancelledAt}, settled_at = ${part.settledAt},
      pending_refunds = ${part.pendingRefunds}, carrier = ${part.carrier}, tracking_number = ${part.trackingNumber}
  where id = ${id}`

export interface EventRow {
  readonly id: string
  readonly sellerOrderId: string
  readonly what: OrderEvent
  readonly by: Mover
  readonly actorId: string | null
  readonly note: string
}

export const insertEvents = (events: readonly EventRow[]) => sql`
  insert into seller_order_event (id, seller_order_id, what, by, actor_id, note)
  select id, seller_order_id, what::order_event, by::mover, actor_id, note
  from unnest(
    ${events.map((event) => event.id)}::uuid[],
    ${events.map((event) => event.sellerOrderId)}::uuid[],
    ${events.map((event) => event.what)}::text[],
    ${events.map((event) => event.by)}::text[],
    ${events.map((event) => event.actorId)}::uuid[],
    ${events.map((event) => event.note)}::text[]
  ) as event (id, seller_order_id, what, by, actor_id, note)`

/**
 * Seller orders that were delivered so long ago and that nothing holds back, the longest first; each is locked for this
 * transaction. Those that somebody moves on just now are left for the next time, and what was moved on meanwhile is looked at
 * again after the lock, which is why the pending refunds are counted in the row. The clock is asked once, because an index
 * cannot search for what changes from row to row. Index: seller_order_delivered_idx.
 */
export const claimDueParts = (windowMs: number, most: number) => sql<{
  id: string
  sellerId: string
  number: string
  buyerId: string
  currency: string
}>`
  select part.id, part.seller_id as "sellerId", "order".number, "order".buyer_id as "buyerId", "order".currency
  from seller_order as part
  join "order" on "order".id = part.order_id
  where part.status = 'delivered'
    and part.delivered_at <= (select clock_timestamp()) - ${windowMs} * interval '1 millisecond'
    and part.pending_refunds = 0
  order by part.delivered_at
  limit ${most}
  for no key update of part skip locked`

/** Their money is the sellers'. Rows are locked by the caller. Index: seller_order_pkey. */
export const markSettled = (ids: readonly string[]) => sql`
  update seller_order
  set status = 'settled', settled_at = clock_timestamp()
  where id = any(${ids}::uuid[])`

/**
 * On their way for so long that they must have arrived, at random: some that cannot be moved on keep the others no place.
 * Locks nothing. Index: seller_order_shipped_idx.
 */
export const listOverdueShipped = (afterMs: number, most: number) => sql<{ id: string }>`
  select id
  from seller_order
  where status = 'shipped' and shipped_at <= now() - ${afterMs} * interval '1 millisecond'
  order by random()
  limit ${most}`

/**
 * Paid so long ago and not sent, at random like those; a draft is written before it is paid. Locks nothing.
 * Index: seller_order_unshipped_idx.
 */
export const listOverdueUnshipped = (afterMs: number, most: number) => sql<{ id: string }>`
  select part.id
  from seller_order as part
  join "order" on "order".id = part.order_id
  where part.status = 'paid'
    and part.created_at <= now() - ${afterMs} * interval '1 millisecond'
    and "order".paid_at <= now() - ${afterMs} * interval '1 millisecond'
  order by random()
  limit ${most}`

export interface ProgressRow {
  readonly id: string
  readonly number: string
  readonly status: SellerOrderStatus
  readonly carrier: string | null
  readonly trackingNumber: string | null
  readonly shippedAt: Date | null
  readonly deliveredAt: Date | null
  readonly disputedAt: Date | null
  readonly cancelledAt: Date | null
  readonly settledAt: Date | null
  readonly refundedCents: Cents
}

/** How far seller orders are. Index: seller_order_pkey, order_line_seller_order_id_idx. */
export const readProgress = (ids: readonly string[]) => sql<ProgressRow>`
  select part.id, "order".number, part.status, part.carrier, part.tracking_number as "trackingNumber",
         part.shipped_at as "shippedAt", part.delivered_at as "deliveredAt", part.disputed_at as "disputedAt",
         part.cancelled_at as "cancelledAt", part.settled_at as "settledAt", refunded.cents as "refundedCents"
  from seller_order as part
  join "order" on "order".id = part.order_id
  cross join lateral (
    select coalesce(sum(line.refunded_cents), 0)::bigint as cents
    from order_line as line
    where line.seller_order_id = part.id
  ) as refunded
  where part.id = any(${ids}::uuid[])`

/** What happened, oldest first. Index: seller_order_event_seller_order_id_id_idx. */
export const listEvents = (sellerOrderIds: readonly string[]) => sql<{
  sellerOrderId: string
  what: OrderEvent
  by: Mover
  note: string
  createdAt: Date
}>`
  select seller_order_id as "sellerOrderId", what, by, note, created_at as "createdAt"
  from seller_order_event
  where seller_order_id = any(${sellerOrderIds}::uuid[])
  order by seller_order_id, id`
