import { sql } from '#lib/db'

export interface ListFilter {
  readonly category: string | null
  readonly sellerId: string | null
  readonly sellerHandle: string | null
  readonly limit: number
}

/** Published products, the newest first, after a place. Index: product_status_published_at_id_idx. */
export const listNewest = (filter: ListFilter, place: { before: Date; id: string } | null) => sql<{
  id: string
  key: Date
}>`
  select product.id, product.published_at as key
  from product
  where product.status = 'published'
    and (${filter.category}::text is null or product.category_slug = ${filter.category})
    and (${filter.sellerId}::uuid is null or product.seller_id = ${filter.sellerId}::uuid)
    and (
      ${filter.sellerHandle}::text is null
      or product.seller_id = (select seller.id from seller where seller.handle = ${filter.sellerHandle})
    )
    and (
      ${place?.before ?? null}::timestamptz is null
      or product.published_at < ${place?.before ?? null}::timestamptz
      or (product.published_at = ${place?.before ?? null}::timestamptz and product.id > ${place?.id ?? null}::uuid)
    )
  order by product.published_at desc, product.id
  limit ${filter.limit}`

/**
 * Published products by the price of their cheapest version, after a place. `sign` is 1 for the cheapest first and -1
 * for the dearest first: the key is the price times the sign. Reads every product that fits, by variant_product_id_position_idx.
 */
export const listByPrice = (filter: ListFilter, sign: 1 | -1, place: { after: bigint; id: string } | null) => sql<{
  id: string
  key: bigint
}>`
  select product.id, price.key
  from product
  cross join lateral (
    select min(variant.price_cents) * ${sign}::bigint as key
    from variant
    where variant.product_id = product.id
      and variant.retired_at is null
  ) as price
  where product.status = 'published'
    and (${filter.category}::text is null or product.category_slug = ${filter.category})
    and (${filter.sellerId}::uuid is null or product.seller_id = ${filter.sellerId}::uuid)
    and (
      ${filter.sellerHandle}::text is null
      or product.seller_id = (select seller.id from seller where seller.handle = ${filter.sellerHandle})
    )
    and (
      ${place?.after ?? null}::bigint is null
      or (price.key, product.id) > (${place?.after ?? null}::bigint, ${place?.id ?? null}::uuid)
    )
  order by price.key, product.id
  limit ${filter.limit}`

/** Drops that open soon, or opened within the last day: the next first, then the latest. Index: product_status_published_at_id_idx. */
export const listDropIds = (limit: number) => sql<{ id: string }>`
  select id
  from product
  where status = 'published'
    and opens_at > now() - interval '1 day'
  order by opens_at < now(), abs(extract(epoch from opens_at - now())), id
  limit ${limit}`

/** Index: category_pkey. */
export const readCategoryNames = () => sql<{ slug: string; name: string }>`
  select slug, name
  from category
  order by position`

/** Every category with what it shows. Index: product_category_slug_status_published_at_idx. */
export const readCategories = () => sql<{
  slug: string
  name: string
  productCount: number
  pictureId: string | null
}>`
  select category.slug, category.name, coalesce(published.products, 0) as "productCount",
         cover.picture_id as "pictureId"
  from category
  left join (
    select category_slug, count(*)::int as products
    from product
    where status = 'published'
    group by category_slug
  ) as published on published.category_slug = category.slug
  left join lateral (
    select product_picture.picture_id
    from product
    join product_picture on product_picture.product_id = product.id
    where product.category_slug = category.slug
      and product.status = 'published'
    order by product.published_at desc, product.id, product_picture.position
    limit 1
  ) as cover on true
  order by category.position`

/** The shops with the most to show. Index: product_status_published_at_id_idx, product_picture_pkey. */
export const readShops = (limit: number) => sql<{
  id: string
  handle: string
  name: string
  about: string
  pictureId: string | null
  productCount: number
  pictures: string[]
}>`
  with stocked as (
    select seller_id, count(*)::int as products
    from product
    where status = 'published'
    group by seller_id
    order by products desc, seller_id
    limit ${limit}
  )
  select seller.id, seller.handle, seller.name, seller.about, seller.picture_id as "pictureId",
         stocked.products as "productCount", coalesce(shown.pictures, '{}') as pictures
  from stocked
  join seller on seller.id = stocked.seller_id
  left join lateral (
    select array_agg(newest.picture_id order by newest.published_at desc, newest.id) as pictures
    from (
      select product.id, product.published_at, cover.picture_id
      from product
      cross join lateral (
        select picture_id
        from product_picture
        where product_id = product.id
        order by position
        limit 1
      ) as cover
      where product.seller_id = seller.id
        and product.status = 'published'
      order by product.published_at desc, product.id
      limit 3
    ) as newest
  ) as shown on true
  order by stocked.products desc, seller.id`

/** Index: category_pkey. */
export const hasCategory = (slug: string) => sql<{ slug: string }>`
  select slug
  from category
  where slug = ${slug}`
