import { sql, type Db } from '#lib/db'

/** What a cart and an order need to know of a variant, as it is now. */
export interface Sellable {
  readonly variantId: string
  readonly productId: string
  readonly sellerId: string
  readonly sellerName: string
  readonly sellerHandle: string
  readonly slug: string
  readonly title: string
  readonly optionValues: string[]
  readonly priceCents: bigint
  readonly categorySlug: string
  readonly pictureId: string | null
  readonly isPublished: boolean
}

/** Index: variant_pkey, product_pkey, seller_pkey, product_picture_pkey. */
export function listSellable(db: Db, variantIds: readonly string[]): Promise<Sellable[]> {
  return db.run(sql<Sellable>`
    select variant.id as "variantId", product.id as "productId", seller.id as "sellerId", seller.name as "sellerName",
           seller.handle as "sellerHandle", product.slug, product.title, variant.option_values as "optionValues",
           variant.price_cents as "priceCents", product.category_slug as "categorySlug", cover.picture_id as "pictureId",
           product.status = 'published' and variant.retired_at is null as "isPublished"
    from variant
    join product on product.id = variant.product_id
    join seller on seller.id = product.seller_id
    left join lateral (
      select picture_id
      from product_picture
      where product_id = product.id
      order by position
      limit 1
    ) as cover on true
    where variant.id = any(${variantIds}::uuid[])`)
}
