import { sql } from '#lib/db'
import type { Cents } from '#lib/money'

/**
 * What a shop has still to come of paid orders, less commission and tax, and what of it is next and when: of a seller order that
 * was delivered, and that nothing holds back, so long after its delivery. Reads the shop's seller orders that are not settled.
 * Index: seller_order_escrow_idx, order_line_seller_order_id_idx.
 */
export const readEscrow = (sellerId: string, windowMs: number) => sql<{
  escrowCents: Cents
  nextDueAt: Date | null
  nextDueCents: Cents | null
}>`
  with part as (
    select part.status = 'delivered' and part.pending_refunds = 0 as is_due, part.delivered_at, open.cents
    from seller_order as part
    cross join lateral (
      select sum(line.total_cents - line.refunded_cents - (line.commission_cents - line.refunded_commission_cents)
                 - (line.tax_cents - line.refunded_tax_cents))::bigint as cents
      from order_line as line
      where line.seller_order_id = part.id
    ) as open
    where part.seller_id = ${sellerId} and part.status in ('paid', 'shipped', 'delivered', 'disputed')
      and part.settled_at is null
  )
  select coalesce(sum(cents), 0)::bigint as "escrowCents",
         min(delivered_at) filter (where is_due) + ${windowMs} * interval '1 millisecond' as "nextDueAt",
         (array_agg(cents order by delivered_at) filter (where is_due))[1] as "nextDueCents"
  from part`

/** Index: seller_handle_key. */
export const readSellerByHandle = (handle: string) => sql<{ id: string; name: string }>`
  select id, name from seller where handle = ${handle}`
