import { sql } from '#lib/db'

export interface ScarceRow {
  readonly id: string
  readonly title: string
  readonly pictureId: string | null
  readonly available: number
  readonly held: number
}

/**
 * A shop's published products with their pieces, the scarcest first.
 * Index: product_seller_id_created_at_idx, stock_product_id_idx, product_picture_pkey.
 */
export const listScarce = (sellerId: string) => sql<ScarceRow>`
  select product.id, product.title, cover.picture_id as "pictureId",
         count.available::int as available, count.held::int as held
  from product
  cross join lateral (
    select coalesce(sum(stock.available), 0) as available, coalesce(sum(stock.on_hand - stock.available), 0) as held
    from stock
    where stock.product_id = product.id
  ) as count
  left join lateral (
    select picture_id
    from product_picture
    where product_id = product.id
    order by position
    limit 1
  ) as cover on true
  where product.seller_id = ${sellerId}
    and product.status = 'published'
  order by count.available, product.id`

/** A shop's reviews of the last week, and all that wait for an answer. Index: review_seller_id_created_at_idx, review_unanswered_idx. */
export const countFeedback = (sellerId: string) => sql<{ week: number; unanswered: number }>`
  select (
    select count(*)::int
    from review
    where seller_id = ${sellerId} and hidden_at is null and created_at > now() - interval '7 days'
  ) as week, (
    select count(*)::int
    from review
    where seller_id = ${sellerId} and hidden_at is null and answer is null and text <> ''
  ) as unanswered`
