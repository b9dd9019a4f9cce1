import { sql } from '#lib/db'

/** What was edited, and what its pages show of where it belongs. */
export interface EditRow {
  /** The product's; null for a shop that says something else of itself. */
  readonly productId: string | null
  readonly categorySlug: string | null
  readonly sellerHandle: string
  /** Of a product; of a shop 0. */
  readonly revision: number
  readonly editedAt: Date
}

/**
 * What was edited within the last minute, which is longer than any edit is on the way to its commit. Reads only those.
 * Index: product_edited_at_idx, seller_edited_at_idx.
 */
export const listLatestEdits = () => sql<EditRow>`
  select product.id as "productId", product.category_slug as "categorySlug", seller.handle as "sellerHandle",
         product.revision, product.edited_at as "editedAt"
  from product
  join seller on seller.id = product.seller_id
  where product.edited_at > clock_timestamp() - interval '1 minute'
  union all
  select null, null, handle, 0, edited_at
  from seller
  where edited_at > clock_timestamp() - interval '1 minute'`
