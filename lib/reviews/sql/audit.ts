import { sql } from '#lib/db'

/** A rating that is not what the reviews come to. */
export interface RatingBreach {
  readonly what: 'seller-rating' | 'product-rating'
  readonly id: string
  readonly up: number
  readonly down: number
  /** By the reviews that are shown. */
  readonly expectedUp: number
  readonly expectedDown: number
}

/**
 * Ratings that are not the count of the reviews shown, of shops and of products. One statement sees one moment, so it may be
 * asked at any time. Reads all reviews.
 */
export const listUnevenRatings = () => sql<RatingBreach>`
  with thumb as (
    select 'seller-rating' as what, seller_id as id, seller_thumb as thumb from review where hidden_at is null
    union all
    select 'product-rating', product_id, item_thumb from review where hidden_at is null
  ), due as (
    select what, id, (count(*) filter (where thumb = 'up'))::int as up, (count(*) filter (where thumb = 'down'))::int as down
    from thumb
    group by what, id
  ), rating as (
    select 'seller-rating' as what, seller_id as id, up, down from seller_rating
    union all
    select 'product-rating', product_id, up, down from product_rating
  )
  select coalesce(due.what, rating.what) as what, coalesce(due.id, rating.id) as id, coalesce(rating.up, 0) as up,
         coalesce(rating.down, 0) as down, coalesce(due.up, 0) as "expectedUp", coalesce(due.down, 0) as "expectedDown"
  from due
  full join rating on rating.what = due.what and rating.id = due.id
  where coalesce(rating.up, 0) <> coalesce(due.up, 0)
    or coalesce(rating.down, 0) <> coalesce(due.down, 0)
  order by 1, 2`

/** How many reviews there are. */
export const countReviews = () => sql<{ reviews: number }>`
  select count(*)::int as reviews
  from review`
