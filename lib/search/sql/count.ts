import { sql } from '#lib/db'
import { FOUND_MAX, PRICE_BANDS } from '../rules/places.ts'
import type { FacetRow } from '../rules/facets.ts'
import type { Filter } from './list.ts'

/** How much is found, counted up to one more than `FOUND_MAX`. Index: as `listRelevant`. */
export const countFound = (filter: Filter) => sql<{ count: number }>`
  select count(*)::int as count
  from (
    select
    from (
      select product_id
      from search_document
      where (
          not ${filter.hasWords}::boolean
          or words @@ (websearch_to_tsquery('souk', ${filter.whole}) && to_tsquery('souk', ${filter.begun}))
        )
        and (${filter.category}::text is null or category_slug = ${filter.category})
        and (${filter.sellerId}::uuid is null or seller_id = ${filter.sellerId}::uuid)
        and (${filter.conditions}::condition[] is null or condition = any(${filter.conditions}::condition[]))
        and (${filter.minPriceCents}::bigint is null or price_cents >= ${filter.minPriceCents}::bigint)
        and (${filter.maxPriceCents}::bigint is null or price_cents <= ${filter.maxPriceCents}::bigint)
      order by published_at desc, product_id
    ) as newest
    where not ${filter.inStock}::boolean
    or (
      select true
      from stock
      where stock.product_id = newest.product_id
        and on_sale
        and available > 0
        and (opens_at is null or opens_at <= now())
      limit 1
    )
    limit ${FOUND_MAX + 1}
  ) as found`

/**
 * How the newest of what is found, one more than `FOUND_MAX` at most, are spread. Whether each has a piece is asked where that is
 * wanted. Index: as `listRelevant`; stock_product_id_idx.
 */
export const countFacets = (filter: Filter, hasStock: boolean) => sql<FacetRow>`
  with found as materialized (
    select *
    from (
      select product_id, category_slug, condition, price_cents
      from search_document
      where (
          not ${filter.hasWords}::boolean
          or words @@ (websearch_to_tsquery('souk', ${filter.whole}) && to_tsquery('souk', ${filter.begun}))
        )
        and (${filter.category}::text is null or category_slug = ${filter.category})
        and (${filter.sellerId}::uuid is null or seller_id = ${filter.sellerId}::uuid)
        and (${filter.conditions}::condition[] is null or condition = any(${filter.conditions}::condition[]))
        and (${filter.minPriceCents}::bigint is null or price_cents >= ${filter.minPriceCents}::bigint)
        and (${filter.maxPriceCents}::bigint is null or price_cents <= ${filter.maxPriceCents}::bigint)
      order by published_at desc, product_id
    ) as newest
    where not ${filter.inStock}::boolean
    or (
      select true
      from stock
      where stock.product_id = newest.product_id
        and on_sale
        and available > 0
        and (opens_at is null or opens_at <= now())
      limit 1
    )
    limit ${FOUND_MAX + 1}
  ),
  shown as (
    select category_slug, condition, width_bucket(price_cents, ${PRICE_BANDS}::bigint[]) as band,
           ${filter.inStock}::boolean or ${hasStock}::boolean and coalesce((
             select true
             from stock
             where stock.product_id = found.product_id and on_sale and available > 0
               and (opens_at is null or opens_at <= now())
             limit 1
           ), false) as is_in_stock
    from found
  ),
  counted as (
    select grouping(category_slug, condition, band, is_in_stock) = 15 as is_total, category_slug, condition, band, is_in_stock,
           count(*)::int as count
    from shown
    group by grouping sets ((), (category_slug), (condition), (band), (is_in_stock))
  )
  select is_total as "isTotal", category_slug as category, category.name as "categoryName", condition, band,
         is_in_stock as "isInStock", count
  from counted
  left join category on category.slug = category_slug`
