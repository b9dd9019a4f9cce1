import { sql } from '#lib/db'
import type { Cents } from '#lib/money'
import type { InvoiceLine } from '../rules/invoice.ts'
import type { Address } from '../schema.ts'

export interface InvoiceRow {
  readonly id: string
  readonly orderNumber: string
  /** Which of the order's seller orders it is, from 1. */
  readonly place: number
  readonly paidAt: Date
  readonly currency: string
  readonly sellerName: string
  readonly sellerHandle: string
  readonly address: Address
  readonly shippingMethod: string | null
}

/** Whose a seller order has to be: the shop's, or the buyer's under the order's number. */
export type InvoiceScope =
  | { readonly by: 'seller'; readonly sellerId: string }
  | { readonly by: 'buyer'; readonly userId: string; readonly number: string }

/** The head of an invoice for a part of a paid order, if it is theirs who ask; nothing otherwise. Index: seller_order_pkey. */
export const readInvoice = (id: string, scope: InvoiceScope) => {
  const sellerId = scope.by === 'seller' ? scope.sellerId : null
  const { userId, number } = scope.by === 'buyer' ? scope : { userId: null, number: null }
  return sql<InvoiceRow>`
    select part.id, "order".number as "orderNumber", "order".paid_at as "paidAt", "order".currency, "order".address,
           seller.name as "sellerName", seller.handle as "sellerHandle", part.shipping_method as "shippingMethod",
           (select count(*)::int
            from seller_order as other
            where other.order_id = part.order_id and other.id <= part.id) as place
    from seller_order as part
    join "order" on "order".id = part.order_id
    join seller on seller.id = part.seller_id
    where part.id = ${id}
      and "order".status = 'paid'
      and case ${scope.by}::mover
        when 'seller' then part.seller_id = ${sellerId}
        else "order".buyer_id = ${userId} and "order".number = ${number} end`
}

/** Goods first, as they were sold. Index: order_line_seller_order_id_idx. */
export const readInvoiceLines = (sellerOrderId: string) => sql<InvoiceLine>`
  select kind, title, coalesce(option_values, '{}') as "optionValues", quantity, unit_price_cents as "unitPriceCents",
         total_cents as "totalCents", tax_bps as "taxBps", tax_cents as "taxCents", is_tax_included as "isTaxIncluded"
  from order_line
  where seller_order_id = ${sellerOrderId}
  order by kind, id`

/** Money that went back or is on its way there. */
export interface InvoiceRefund {
  readonly at: Date
  readonly isPending: boolean
  readonly totalCents: Cents
  readonly taxCents: Cents
}

/** Oldest first; those that failed are none. Index: refund_seller_order_id_idx, refund_line_pkey. */
export const readInvoiceRefunds = (sellerOrderId: string) => sql<InvoiceRefund>`
  select coalesce(refund.ended_at, refund.created_at) as at, refund.status = 'pending' as "isPending",
         refund.total_cents as "totalCents", part.tax as "taxCents"
  from refund
  cross join lateral (
    select coalesce(sum(tax_cents), 0)::bigint as tax
    from refund_line
    where refund_id = refund.id
  ) as part
  where refund.seller_order_id = ${sellerOrderId} and refund.status <> 'failed'
  order by refund.id`
