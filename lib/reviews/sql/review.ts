import { sql } from '#lib/db'
import type { Received, Said, Thumb } from '../types.ts'

/**
 * Keeps a line's seller order from being moved on, refunded or reviewed by anybody else; nothing where the line is not the
 * buyer's goods under this number. Locks seller_order. Index: order_line_pkey.
 */
export const lockBought = (number: string, lineId: string, buyerId: string) => sql<{ lineId: string }>`
  select line.id as "lineId"
  from order_line as line
  join seller_order as part on part.id = line.seller_order_id
  join "order" on "order".id = line.order_id
  where line.id = ${lineId}
    and line.kind = 'goods'
    and "order".number = ${number}
    and "order".buyer_id = ${buyerId}
    and "order".status = 'paid'
  for no key update of part`

/** The same by a review of it, whoever wrote that. Locks seller_order. Index: review_pkey, order_line_pkey. */
export const lockReviewed = (reviewId: string) => sql<{ lineId: string }>`
  select line.id as "lineId"
  from review
  join order_line as line on line.id = review.line_id
  join seller_order as part on part.id = line.seller_order_id
  where review.id = ${reviewId}
  for no key update of part`

export interface LineRow extends Received {
  readonly lineId: string
  readonly buyerId: string
  readonly sellerId: string
  readonly productId: string
  /** Null where there is no review, like all that follows. */
  readonly reviewId: string | null
  readonly item: Thumb | null
  readonly seller: Thumb | null
  readonly text: string | null
  readonly hiddenAt: Date | null
}

/** A line and what is said about it, read after the lock on its seller order. Index: order_line_pkey, review_line_id_key. */
export const readLine = (lineId: string) => sql<LineRow>`
  select line.id as "lineId", "order".buyer_id as "buyerId", part.seller_id as "sellerId", line.product_id as "productId",
         part.delivered_at as "deliveredAt", part.cancelled_at as "cancelledAt", line.quantity,
         line.refunded_quantity as "refundedQuantity", seller.user_id = "order".buyer_id as "isOwnShop",
         review.id as "reviewId", review.item_thumb as item, review.seller_thumb as seller, review.text,
         review.hidden_at as "hiddenAt"
  from order_line as line
  join seller_order as part on part.id = line.seller_order_id
  join "order" on "order".id = line.order_id
  join seller on seller.id = part.seller_id
  left join review on review.line_id = line.id
  where line.id = ${lineId}`

/** What is said about a line, for the first time or anew. The seller order is locked by the caller. Index: review_line_id_key. */
export const writeReview = (
  id: string,
  line: Pick<LineRow, 'lineId' | 'buyerId' | 'sellerId' | 'productId'>,
  said: Said,
) => sql`
  insert into review (id, line_id, buyer_id, seller_id, product_id, item_thumb, seller_thumb, text)
  values (
    ${id}, ${line.lineId}, ${line.buyerId}, ${line.sellerId}, ${line.productId}, ${said.item}::thumb, ${said.seller}::thumb,
    ${said.text}
  )
  on conflict (line_id) do update
  set item_thumb = excluded.item_thumb, seller_thumb = excluded.seller_thumb, text = excluded.text,
      edited_at = clock_timestamp()`

/** Index: review_line_id_key. */
export const deleteReview = (lineId: string) => sql`
  delete from review
  where line_id = ${lineId}`

/** What a shop says to a review of its own, null taking it back; no row where it is none, or hidden. Index: review_pkey. */
export const writeAnswer = (reviewId: string, sellerId: string, text: string | null) => sql<{ productId: string }>`
  update review
  set answer = ${text}::text,
      answered_at = case
        when ${text}::text is null then null
        when answer = ${text}::text then answered_at
        else clock_timestamp()
      end
  where id = ${reviewId}
    and seller_id = ${sellerId}
    and hidden_at is null
  returning product_id as "productId"`

/** Hides a review, or shows it again where the reason is null. The seller order is locked by the caller. Index: review_pkey. */
export const writeHidden = (reviewId: string, operatorId: string, reason: string | null) => sql<{
  hiddenAt: Date | null
}>`
  update review
  set hidden_at = case when ${reason}::text is null then null else coalesce(hidden_at, clock_timestamp()) end,
      hidden_reason = ${reason}::text,
      hidden_by_id = case when ${reason}::text is null then null else ${operatorId}::uuid end
  where id = ${reviewId}
  returning hidden_at as "hiddenAt"`
