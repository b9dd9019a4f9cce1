import { sql } from '#lib/db'
import type { Received, Said } from '../types.ts'

export interface ShownRow extends Said {
  readonly id: string
  readonly buyerName: string
  readonly createdAt: Date
  readonly editedAt: Date | null
  readonly answer: string | null
  readonly answeredAt: Date | null
  readonly productId: string
  readonly slug: string
  readonly title: string
}

/** After any other; compared with, it leaves the index one condition, which `is null or` would not. */
const NEWEST = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

export interface ShopRow extends ShownRow {
  readonly number: string
  readonly sellerOrderId: string
  readonly hiddenReason: string | null
}

/** What is said of a product, newest first, after one of them. Ids rise with time. Index: review_product_shown_idx. */
export const listOfProduct = (productId: string, before: string | null, limit: number) => sql<ShownRow>`
  select review.id, buyer.name as "buyerName", item_thumb as item, seller_thumb as seller, text, review.created_at as "createdAt",
         review.edited_at as "editedAt", answer, answered_at as "answeredAt", hidden_at as "hiddenAt",
         product.id as "productId", product.slug, product.title
  from review
  join app_user as buyer on buyer.id = review.buyer_id
  join product on product.id = review.product_id
  where review.product_id = ${productId}
    and review.hidden_at is null
    and review.item_thumb is not null
    and review.id < coalesce(${before}::uuid, ${NEWEST}::uuid)
  order by review.id desc
  limit ${limit}`

/** What is said of a shop and what it sold, newest first, after one of them. Index: review_seller_id_id_idx. */
export const listOfShop = (sellerId: string, before: string | null, limit: number) => sql<ShownRow>`
  select review.id, buyer.name as "buyerName", item_thumb as item, seller_thumb as seller, text, review.created_at as "createdAt",
         review.edited_at as "editedAt", answer, answered_at as "answeredAt", hidden_at as "hiddenAt",
         product.id as "productId", product.slug, product.title
  from review
  join app_user as buyer on buyer.id = review.buyer_id
  join product on product.id = review.product_id
  where review.seller_id = ${sellerId}
    and review.hidden_at is null
    and review.id < coalesce(${before}::uuid, ${NEWEST}::uuid)
  order by review.id desc
  limit ${limit}`

/** The same for the shop itself: with the order each is about, and with what is hidden. Index: review_seller_id_id_idx. */
export const listForShop = (sellerId: string, before: string | null, limit: number) => sql<ShopRow>`
  select review.id, buyer.name as "buyerName", item_thumb as item, seller_thumb as seller, text, review.created_at as "createdAt",
         review.edited_at as "editedAt", answer, answered_at as "answeredAt", hidden_at as "hiddenAt",
         hidden_reason as "hiddenReason", product.id as "productId", product.slug, product.title, "order".number,
         line.seller_order_id as "sellerOrderId"
  from review
  join app_user as buyer on buyer.id = review.buyer_id
  join product on product.id = review.product_id
  join order_line as line on line.id = review.line_id
  join "order" on "order".id = line.order_id
  where review.seller_id = ${sellerId}
    and review.id < coalesce(${before}::uuid, ${NEWEST}::uuid)
  order by review.id desc
  limit ${limit}`

/** The same of one of its orders, all of them. Index: seller_order_pkey, order_line_seller_order_id_idx, review_line_id_key. */
export const listForOrder = (sellerId: string, sellerOrderId: string) => sql<ShopRow>`
  select review.id, buyer.name as "buyerName", item_thumb as item, seller_thumb as seller, text, review.created_at as "createdAt",
         review.edited_at as "editedAt", answer, answered_at as "answeredAt", hidden_at as "hiddenAt",
         hidden_reason as "hiddenReason", product.id as "productId", product.slug, product.title, "order".number,
         line.seller_order_id as "sellerOrderId"
  from seller_order as part
  join order_line as line on line.seller_order_id = part.id
  join review on review.line_id = line.id
  join app_user as buyer on buyer.id = review.buyer_id
  join product on product.id = review.product_id
  join "order" on "order".id = line.order_id
  where part.id = ${sellerOrderId} and part.seller_id = ${sellerId}
  order by review.id desc`

export interface MarketRow extends ShownRow {
  readonly shopName: string
  readonly handle: string
  readonly hiddenReason: string | null
}

/** What is said on the whole market, newest first, after one of them, with what is hidden. Index: review_pkey. */
export const listOfMarket = (before: string | null, limit: number) => sql<MarketRow>`
  select review.id, buyer.name as "buyerName", item_thumb as item, seller_thumb as seller, text, review.created_at as "createdAt",
         review.edited_at as "editedAt", answer, answered_at as "answeredAt", hidden_at as "hiddenAt",
         hidden_reason as "hiddenReason", product.id as "productId", product.slug, product.title, shop.name as "shopName",
         shop.handle
  from review
  join app_user as buyer on buyer.id = review.buyer_id
  join product on product.id = review.product_id
  join seller as shop on shop.id = review.seller_id
  where review.id < coalesce(${before}::uuid, ${NEWEST}::uuid)
  order by review.id desc
  limit ${limit}`

export interface BoughtRow extends Received {
  readonly lineId: string
  readonly number: string
  /** Null where there is no review, like all that follows. */
  readonly reviewId: string | null
  readonly item: Said['item']
  readonly seller: Said['seller']
  readonly text: string | null
  readonly createdAt: Date | null
  readonly editedAt: Date | null
  readonly answer: string | null
  readonly answeredAt: Date | null
  readonly hiddenAt: Date | null
  readonly hiddenReason: string | null
}

/** The goods of a buyer's orders and what the buyer says about them. Index: order_number_key, order_line_order_id_variant_id_key. */
export const listBought = (buyerId: string, numbers: readonly string[]) => sql<BoughtRow>`
  select line.id as "lineId", "order".number, part.delivered_at as "deliveredAt", part.cancelled_at as "cancelledAt",
         line.quantity, line.refunded_quantity as "refundedQuantity", shop.user_id = "order".buyer_id as "isOwnShop",
         review.id as "reviewId", review.item_thumb as item, review.seller_thumb as seller, review.text,
         review.created_at as "createdAt", review.edited_at as "editedAt", review.answer, review.answered_at as "answeredAt",
         review.hidden_at as "hiddenAt", review.hidden_reason as "hiddenReason"
  from "order"
  join order_line as line on line.order_id = "order".id
  join seller_order as part on part.id = line.seller_order_id
  join seller as shop on shop.id = part.seller_id
  left join review on review.line_id = line.id
  where "order".number = any(${numbers}::text[])
    and "order".buyer_id = ${buyerId}
    and "order".status = 'paid'
    and line.kind = 'goods'
  order by line.id`
