import { sql } from '#lib/db'
import type { Cents } from '#lib/money'

/** An order, a part of one, or a payout that is not what its lines, its payment or the ledger say. Units: cents. */
export interface OrderBreach {
  readonly what:
    | 'payment'
    | 'parts'
    | 'lines'
    | 'commission'
    | 'sale'
    | 'unpaid-sale'
    | 'escrow'
    | 'refunding'
    | 'paying-out'
    | 'payout-taken'
    | 'payout-paid'
    | 'payout-returned'
  readonly id: string
  readonly foundCents: Cents
  readonly expectedCents: Cents
}

/**
 * Paid orders that are not the sum of their parts, lines and commissions, or whose payment is not captured for their total.
 * One statement sees one moment, so it may be asked at any time. Reads all orders.
 */
export const listUnevenOrders = () => sql<OrderBreach>`
  with paid as (
    select id, total_cents from "order" where status = 'paid'
  ), part as (
    select seller_order.id, order_id, seller_order.total_cents, commission_cents
    from seller_order
    join paid on paid.id = seller_order.order_id
  ), line as (
    select seller_order_id, sum(order_line.total_cents)::bigint as total, sum(order_line.commission_cents)::bigint as commission
    from order_line
    join paid on paid.id = order_line.order_id
    group by seller_order_id
  )
  select 'payment' as what, id, case when payment.status = 'captured' then amount_cents else 0 end as "foundCents",
         total_cents as "expectedCents"
  from paid
  join payment on payment.order_id = paid.id
  where payment.status <> 'captured' or amount_cents <> total_cents
  union all
  select 'parts', paid.id, coalesce(sum(part.total_cents), 0)::bigint, paid.total_cents
  from paid
  left join part on part.order_id = paid.id
  group by paid.id, paid.total_cents
  having coalesce(sum(part.total_cents), 0) <> paid.total_cents
  union all
  select 'lines', id, coalesce(line.total, 0), total_cents
  from part
  left join line on line.seller_order_id = part.id
  where coalesce(line.total, 0) <> total_cents
  union all
  select 'commission', id, line.commission, commission_cents
  from part
  join line on line.seller_order_id = part.id
  where line.commission <> commission_cents
  order by 1, 2`

/** Paid orders that the ledger does not have whole, and others that it has. One statement sees one moment. Reads all orders and sales. */
export const listUnevenSales = () => sql<OrderBreach>`
  with sale as (
    select subject_id as order_id, -sum(amount_cents)::bigint as cents
    from journal_entry as entry
    join posting on posting.entry_id = entry.id
    join account on account.id = posting.account_id and account.kind = 'cash'
    where entry.kind = 'sale'
    group by subject_id
  )
  select 'sale' as what, id, coalesce(cents, 0) as "foundCents", total_cents as "expectedCents"
  from "order"
  left join sale on sale.order_id = id
  where status = 'paid' and total_cents <> coalesce(cents, 0)
  union all
  select 'unpaid-sale', order_id, cents, 0
  from sale
  where order_id not in (select id from "order" where status = 'paid')
  order by 1, 2`

/**
 * Seller orders whose escrow is not what was paid less what was refunded, or not empty after their settlement, and refunds that
 * are on their way with another amount than the ledger says, or are over and not out of it. One statement sees one moment.
 */
export const listUnevenEscrow = () => sql<OrderBreach>`
  with waiting as (
    select kind, source_id, sum(amount_cents)::bigint as cents
    from posting
    join account on account.id = posting.account_id
    where account.kind in ('escrow', 'refunding')
    group by kind, source_id
  ), part as (
    select seller_order.id, settled_at, seller_order.total_cents - sum(order_line.refunded_cents)::bigint as left_cents
    from seller_order
    join "order" on "order".id = seller_order.order_id and "order".status = 'paid'
    join order_line on order_line.seller_order_id = seller_order.id
    group by seller_order.id
  ), due as (
    select 'escrow' as what, id, case when settled_at is null then left_cents else 0 end as cents from part
    union all
    select 'refunding', id, case when status = 'pending' then total_cents else 0 end from refund
  )
  select what, id, coalesce(waiting.cents, 0) as "foundCents", due.cents as "expectedCents"
  from due
  left join waiting on waiting.kind::text = what and waiting.source_id = id
  where coalesce(waiting.cents, 0) <> due.cents
  order by 1, 2`

/**
 * Payouts that are not in the ledger as they should be: on their way while they are pending and only then, taken once from
 * their seller's account, and either paid or returned, once, when they are over. One statement sees one moment. Reads all
 * payouts and their entries.
 */
export const listUnevenPayouts = () => sql<OrderBreach>`
  with moved as (
    select what, entry.subject_id as id, sum(posting.amount_cents)::bigint as cents
    from journal_entry as entry
    join posting on posting.entry_id = entry.id
    join account on account.id = posting.account_id
    left join payout on payout.id = entry.subject_id
    cross join lateral (
      select case
        when account.kind = 'paying_out' then 'paying-out'
        when account.kind = 'cash' and entry.kind = 'payout_paid' then 'payout-paid'
        when account.id = payout.account_id and entry.kind = 'payout_failed' then 'payout-returned'
        else 'payout-taken'
      end as what
    ) as named
    where entry.kind in ('payout', 'payout_paid', 'payout_failed')
    group by what, entry.subject_id
  ), due as (
    select what, id, cents
    from payout
    cross join lateral (values
      ('paying-out', case when status = 'pending' then amount_cents else 0 end),
      ('payout-taken', -amount_cents),
      ('payout-paid', case when status = 'paid' then amount_cents else 0 end),
      ('payout-returned', case when status = 'failed' then amount_cents else 0 end)
    ) as part (what, cents)
  )
  select coalesce(due.what, moved.what) as what, coalesce(due.id, moved.id) as id,
         coalesce(moved.cents, 0) as "foundCents", coalesce(due.cents, 0) as "expectedCents"
  from due
  full join moved on moved.what = due.what and moved.id = due.id
  where coalesce(moved.cents, 0) <> coalesce(due.cents, 0)
  order by 1, 2`

/**
 * Order lines of which sellers, market and taxman together or each did not get what is theirs: of a settled one what was frozen
 * at the sale less what was refunded, of others nothing. `id` is the line's. One statement sees one moment. Reads all lines.
 */
export const listUnevenShares = () => sql<OrderBreach>`
  with share as (
    select source_id as line_id, kind, sum(amount_cents)::bigint as cents
    from posting
    join account on account.id = posting.account_id
    where account.kind in ('seller', 'commission', 'tax') and source_id is not null
    group by source_id, kind
  ), got as (
    select line_id, sum(cents) filter (where kind = 'seller') as seller,
           sum(cents) filter (where kind = 'commission') as commission, sum(cents) filter (where kind = 'tax') as tax
    from share
    group by line_id
  ), due as (
    select line.id, line.commission_cents - refunded_commission_cents as commission, tax_cents - refunded_tax_cents as tax,
           line.total_cents - refunded_cents as total
    from order_line as line
    join seller_order as part on part.id = line.seller_order_id and part.settled_at is not null
  )
  select 'share' as what, coalesce(due.id, line_id) as id,
         (coalesce(got.seller, 0) + coalesce(got.commission, 0) + coalesce(got.tax, 0))::bigint as "foundCents",
         coalesce(due.total, 0) as "expectedCents"
  from due
  full join got on got.line_id = due.id
  where coalesce(got.commission, 0) <> coalesce(due.commission, 0)
    or coalesce(got.tax, 0) <> coalesce(due.tax, 0)
    or coalesce(got.seller, 0) <> coalesce(due.total - due.commission - due.tax, 0)
  order by 2`
