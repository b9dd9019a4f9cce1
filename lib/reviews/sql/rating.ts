import { sql } from '#lib/db'
import type { Thumbs } from '../types.ts'

export interface RatingRow extends Thumbs {
  readonly version: number
}

/**
 * Moves a shop's counts by so many, whatever they are by then, and raises the version. Nothing is counted anew: of writers at
 * once each adds its own. Locks the row until the commit. Index: seller_rating_pkey.
 */
export const moveSellerRating = (sellerId: string, { up, down }: Thumbs) => sql<RatingRow>`
  insert into seller_rating as rating (seller_id, up, down, version)
  values (${sellerId}, greatest(${up}::int, 0), greatest(${down}::int, 0), 1)
  on conflict (seller_id) do update
  set up = rating.up + ${up}::int, down = rating.down + ${down}::int, version = rating.version + 1
  returning up, down, version`

/** The same of a product. Index: product_rating_pkey. */
export const moveProductRating = (productId: string, { up, down }: Thumbs) => sql<RatingRow>`
  insert into product_rating as rating (product_id, up, down, version)
  values (${productId}, greatest(${up}::int, 0), greatest(${down}::int, 0), 1)
  on conflict (product_id) do update
  set up = rating.up + ${up}::int, down = rating.down + ${down}::int, version = rating.version + 1
  returning up, down, version`

/** Nothing of a shop that nobody has reviewed. Index: seller_rating_pkey. */
export const readSellerRating = (sellerId: string) => sql<RatingRow>`
  select up, down, version
  from seller_rating
  where seller_id = ${sellerId}`

/** Index: product_rating_pkey. */
export const readProductRating = (productId: string) => sql<RatingRow>`
  select up, down, version
  from product_rating
  where product_id = ${productId}`
