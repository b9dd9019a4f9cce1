import { sql } from '#lib/db'
import type { Cents } from '#lib/money'

/** An order line as a statement names it, and what its seller had of it. Units: cents. */
export interface NamedLine {
  readonly id: string
  readonly sellerOrderId: string
  readonly orderNumber: string
  readonly sellerId: string
  readonly title: string
  readonly optionValues: readonly string[]
}

/** Index: order_line_pkey. */
export const readNamedLines = (ids: readonly string[]) => sql<NamedLine>`
  select line.id, line.seller_order_id as "sellerOrderId", "order".number as "orderNumber",
         part.seller_id as "sellerId", line.title,
         coalesce(line.option_values, '{}') as "optionValues"
  from order_line as line
  join seller_order as part on part.id = line.seller_order_id
  join "order" on "order".id = line.order_id
  where line.id = any(${ids}::uuid[])`

/**
 * Order lines of which sellers had something else than the order says: what was paid less what was refunded, commission and tax.
 * Only such as were settled have given anything. One statement sees one moment. Index: order_line_pkey, posting_source_id_idx.
 */
export const listUnevenLines = (ids: readonly string[]) => sql<{ id: string; foundCents: Cents; expectedCents: Cents }>`
  select line.id, had.cents as "foundCents", due.cents as "expectedCents"
  from order_line as line
  join seller_order as part on part.id = line.seller_order_id
  cross join lateral (
    select (line.total_cents - line.refunded_cents - (line.commission_cents - line.refunded_commission_cents)
            - (line.tax_cents - line.refunded_tax_cents)) as cents
  ) as due
  cross join lateral (
    select coalesce(sum(posting.amount_cents), 0)::bigint as cents
    from posting
    join account on account.id = posting.account_id
    where posting.source_id = line.id and account.kind = 'seller' and account.owner_id = part.seller_id
  ) as had
  where line.id = any(${ids}::uuid[]) and had.cents <> due.cents`
