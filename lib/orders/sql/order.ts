import { sql } from '#lib/db'
import type { Cents } from '#lib/money'
import type { Address } from '../schema.ts'
import type { Charge, OrderRow, PricedLine } from '../types.ts'

export interface DraftRow {
  readonly id: string
  readonly number: string
  readonly buyerId: string
  readonly cartId: string
  readonly attempt: number
  readonly currency: string
  readonly totalCents: Cents
  readonly address: Address
  readonly provider: string
  readonly providerKey: string
  readonly cardLast4: string | null
}

/**
 * Orders and payments of drafts. A number drawn twice, or a second order of one attempt, is refused by their unique keys.
 * Nothing is written where the books are of the other money: then there is no order for what follows to belong to.
 */
export const insertDrafts = (
  drafts: readonly DraftRow[],
  { deadlineMs, isReal }: { deadlineMs: number; isReal: boolean },
) => sql`
  with draft as (
    select *
    from unnest(
      ${drafts.map((draft) => draft.id)}::uuid[],
      ${drafts.map((draft) => draft.number)}::text[],
      ${drafts.map((draft) => draft.buyerId)}::uuid[],
      ${drafts.map((draft) => draft.cartId)}::uuid[],
      ${drafts.map((draft) => draft.attempt)}::int[],
      ${drafts.map((draft) => draft.currency)}::text[],
      ${drafts.map((draft) => draft.totalCents)}::bigint[],
      ${drafts.map((draft) => JSON.stringify(draft.address))}::jsonb[],
      ${drafts.map((draft) => draft.provider)}::text[],
      ${drafts.map((draft) => draft.providerKey)}::text[],
      ${drafts.map((draft) => draft.cardLast4)}::text[]
    ) as row (id, number, buyer_id, cart_id, attempt, currency, total_cents, address, provider, provider_key, card_last4)
    where exists (select from market where is_real = ${isReal})
  ), inserted as (
    insert into "order" (id, number, buyer_id, cart_id, attempt, currency, total_cents, address, deadline_at)
    select id, number, buyer_id, cart_id, attempt, currency, total_cents, address,
           clock_timestamp() + ${deadlineMs} * interval '1 millisecond'
    from draft
  )
  insert into payment (order_id, provider, provider_key, amount_cents, currency, card_last4)
  select id, provider, provider_key, total_cents, currency, card_last4
  from draft`

export interface PartRow {
  readonly id: string
  readonly orderId: string
  readonly sellerId: string
  readonly shippingMethod: string | null
  readonly totalCents: Cents
  readonly commissionCents: Cents
}

export const insertSellerOrders = (parts: readonly PartRow[]) => sql`
  insert into seller_order (id, order_id, seller_id, shipping_method, total_cents, commission_cents)
  select part.id, part.order_id, part.seller_id, part.shipping_method, part.total_cents, part.commission_cents
  from unnest(
    ${parts.map((part) => part.id)}::uuid[],
    ${parts.map((part) => part.orderId)}::uuid[],
    ${parts.map((part) => part.sellerId)}::uuid[],
    ${parts.map((part) => part.shippingMethod)}::text[],
    ${parts.map((part) => part.totalCents)}::bigint[],
    ${parts.map((part) => part.commissionCents)}::bigint[]
  ) as part (id, order_id, seller_id, shipping_method, total_cents, commission_cents)`

export type NewLine = PricedLine & { readonly id: string; readonly orderId: string; readonly sellerOrderId: string }

/** As JSON: an array of arrays, which option values would be, cannot be unnested by row. */
export const insertLines = (lines: readonly NewLine[]) => sql`
  insert into order_line (id, order_id, seller_order_id, kind, variant_id, product_id, title, option_values, picture_id,
                          unit_price_cents, quantity, total_cents, tax_bps, tax_cents, is_tax_included, commission_cents)
  select id, "orderId", "sellerOrderId", kind, "variantId", "productId", title, "optionValues", "pictureId",
         "unitPriceCents", quantity, "totalCents", "taxBps", "taxCents", "isTaxIncluded", "commissionCents"
  from jsonb_to_recordset(${linesJson(lines)}::jsonb) as line (
    id uuid, "orderId" uuid, "sellerOrderId" uuid, kind line_kind, "variantId" uuid, "productId" uuid, title text, "optionValues" text[],
    "pictureId" uuid, "unitPriceCents" bigint, quantity int, "totalCents" bigint, "taxBps" int, "taxCents" bigint,
    "isTaxIncluded" boolean, "commissionCents" bigint
  )`

// Cents travel as text: a JSON number would pass through a float.
function linesJson(lines: readonly NewLine[]): string {
  return JSON.stringify(lines, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value))
}

/**
 * Makes drafts paid, with their payments and seller orders; returns those that were still pending.
 * Conditional, so that whoever comes second changes nothing. Locks the orders by id. Index: order_pkey.
 */
export const payOrders = (captures: readonly { orderId: string; ref: string }[]) => sql<{ orderId: string }>`
  with due as (
    select id
    from "order"
    where id = any(${captures.map((capture) => capture.orderId)}::uuid[]) and status = 'pending'
    order by id
    for no key update
  ), paid as (
    update "order"
    set status = 'paid', paid_at = clock_timestamp()
    from due
    where "order".id = due.id
    returning "order".id
  ), captured as (
    update payment
    set status = 'captured', provider_ref = capture.ref, updated_at = clock_timestamp()
    from paid
    join unnest(
      ${captures.map((capture) => capture.orderId)}::uuid[],
      ${captures.map((capture) => capture.ref)}::text[]
    ) as capture (order_id, ref) on capture.order_id = paid.id
    where payment.order_id = paid.id
  ), sold as (
    update seller_order
    set status = 'paid'
    from paid
    where seller_order.order_id = paid.id
  )
  select id as "orderId"
  from paid`

/**
 * Ends a draft whose payment came to nothing; returns it when it was still pending and its payment has no other reference than
 * the one that was looked at: one that was stored since may be paid at. When nothing is returned, roll back. Locks the order, then
 * the payment. Index: order_pkey, payment_pkey.
 */
export const releaseOrder = (
  { orderId, ref }: { orderId: string; ref: string | null },
  charge: Charge & { status: 'declined' },
) => sql<{ orderId: string }>`
  with released as (
    update "order"
    set status = 'released'
    where id = ${orderId} and status = 'pending'
    returning id
  ), declined as (
    update payment
    set status = 'declined', provider_ref = ${charge.ref}, decline_code = ${charge.code}, updated_at = clock_timestamp()
    from released
    where payment.order_id = released.id and (provider_ref is null or provider_ref = ${ref})
    returning payment.order_id
  ), cancelled as (
    update seller_order
    set status = 'cancelled'
    from released
    where seller_order.order_id = released.id
  )
  select order_id as "orderId"
  from declined`

/**
 * Forgets so many orders that came to nothing so long ago, with their addresses: nothing was sold, and no money was kept.
 * Locks them, skipping those another node forgets just now. Index: order_released_idx, payment_pkey,
 * seller_order_order_id_seller_id_key, order_line_order_id_variant_id_key.
 */
export const deleteReleased = (ttlMs: number, most: number) => sql<{ id: string }>`
  with old as (
    select id
    from "order"
    where status = 'released' and created_at < now() - ${ttlMs} * interval '1 millisecond'
    order by created_at
    limit ${most}
    for update skip locked
  ), line as (
    delete from order_line using old where order_line.order_id = old.id
  ), part as (
    delete from seller_order using old where seller_order.order_id = old.id
  ), paid as (
    delete from payment using old where payment.order_id = old.id
  )
  delete from "order"
  using old
  where "order".id = old.id
  returning "order".id`

/** What was sold, for comparing with what was taken. Index: order_line_order_id_variant_id_key. */
export const listQuantities = (orderIds: readonly string[]) => sql<{
  orderId: string
  variantId: string
  quantity: number
}>`
  select order_id as "orderId", variant_id as "variantId", quantity
  from order_line
  where order_id = any(${orderIds}::uuid[]) and kind = 'goods'`

/** One statement for any number of orders of any length. Index: order_pkey, seller_order_order_id_seller_id_key, order_line_seller_order_id_idx. */
export const readOrders = (orderIds: readonly string[]) => sql<OrderRow>`
  select "order".id, "order".number, "order".status, "order".buyer_id as "buyerId", "order".created_at as "createdAt",
         "order".paid_at as "paidAt", "order".total_cents as "totalCents", "order".currency, "order".address,
         json_build_object('status', payment.status, 'cardLast4', payment.card_last4,
                           'declineCode', payment.decline_code) as payment,
         parts.ids as "sellerIds", parts.views as "sellerOrders"
  from "order"
  join payment on payment.order_id = "order".id
  cross join lateral (
    select array_agg(part.seller_id) as ids,
           json_agg(json_build_object(
             'id', part.id, 'seller', json_build_object('name', seller.name, 'handle', seller.handle),
             'status', part.status, 'totalCents', part.total_cents::text, 'shippingMethod', part.shipping_method,
             'lines', sold.lines) order by part.id) as views
    from seller_order as part
    join seller on seller.id = part.seller_id
    cross join lateral (
      select json_agg(json_build_object(
               'id', line.id, 'kind', line.kind, 'productId', line.product_id, 'slug', product.slug, 'title', line.title,
               'optionValues', line.option_values, 'pictureId', line.picture_id,
               'unitPriceCents', line.unit_price_cents::text, 'quantity', line.quantity,
               'totalCents', line.total_cents::text, 'taxCents', line.tax_cents::text, 'taxBps', line.tax_bps,
               'isTaxIncluded', line.is_tax_included, 'refundedQuantity', line.refunded_quantity,
               'refundedCents', line.refunded_cents::text) order by line.id) as lines
      from order_line as line
      left join product on product.id = line.product_id
      where line.seller_order_id = part.id
    ) as sold
    where part.order_id = "order".id
  ) as parts
  where "order".id = any(${orderIds}::uuid[])`
