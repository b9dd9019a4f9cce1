import { sql } from '#lib/db'
import { FOUND_MAX, type Place } from '../rules/places.ts'

/** What is looked for. What is null or empty does not count. */
export interface Filter {
  readonly hasWords: boolean
  /** For `websearch_to_tsquery`. */
  readonly whole: string
  /** For `to_tsquery`. */
  readonly begun: string
  readonly category: string | null
  readonly sellerId: string | null
  readonly conditions: readonly string[] | null
  readonly minPriceCents: bigint | null
  readonly maxPriceCents: bigint | null
  readonly inStock: boolean
}

export interface FoundRow {
  readonly id: string
  readonly key: bigint
  readonly publishedAt: Date
  /** How much was found, where all of it was gone through for its rank. */
  readonly found?: number
}

// Each of these is planned for its own values (`searchPool`): how common the words are decides between walking an index by date
// or price until enough is found, and collecting all that the index of words names. Stock is asked row by row, last.

/**
 * The most relevant first, of equals the newest; of much that is found, the newest `FOUND_MAX` are ranked, and one more; `found` is how many. What is sorted is
 * narrow: the words are fetched for those that are ranked, by where their rows stand.
 * Index: search_document_words_idx, or search_document_published_at_product_id_idx for common words.
 */
export const listRelevant = (filter: Filter, place: Place | null, limit: number) => sql<FoundRow>`
  with found as materialized (
    select place
    from (
      select ctid as place, product_id
      from search_document
      where words @@ (websearch_to_tsquery('souk', ${filter.whole}) && to_tsquery('souk', ${filter.begun}))
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
  ranked as (
    select product_id as id, published_at,
           (ts_rank(
             '{0.05, 0.2, 0.4, 1}', words,
             websearch_to_tsquery('souk', ${filter.whole}) && to_tsquery('souk', ${filter.begun})
           ) * 1e6)::bigint as key
    from found
    join search_document on search_document.ctid = found.place
  )
  select id, key, published_at as "publishedAt", (select count(*)::int from found) as found
  from ranked
  where ${place?.id ?? null}::uuid is null
    or key < ${place?.key ?? null}::bigint
    or (
      key = ${place?.key ?? null}::bigint
      and (
        published_at < ${place?.publishedAt ?? null}::timestamptz
        or (published_at = ${place?.publishedAt ?? null}::timestamptz and id > ${place?.id ?? null}::uuid)
      )
    )
  order by key desc, published_at desc, id
  limit ${limit}`

/** The newest first. Index: search_document_published_at_product_id_idx, or one by category, seller or words. */
export const listNewest = (filter: Filter, place: Place | null, limit: number) => sql<FoundRow>`
  select product_id as id, 0::bigint as key, published_at as "publishedAt"
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
    and (
      not ${filter.inStock}::boolean
      or (
        select true
        from stock
        where stock.product_id = search_document.product_id
          and on_sale
          and available > 0
          and (opens_at is null or opens_at <= now())
        limit 1
      )
    )
    and (
      ${place?.id ?? null}::uuid is null
      or published_at <= ${place?.publishedAt ?? null}::timestamptz
    )
    and (
      ${place?.id ?? null}::uuid is null
      or published_at < ${place?.publishedAt ?? null}::timestamptz
      or product_id > ${place?.id ?? null}::uuid
    )
  order by published_at desc, product_id
  limit ${limit}`

/** The cheapest first. Index: search_document_price_cents_product_id_idx, or one by words, category or seller. */
export const listCheapest = (filter: Filter, place: Place | null, limit: number) => sql<FoundRow>`
  select product_id as id, price_cents as key, published_at as "publishedAt"
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
    and (
      not ${filter.inStock}::boolean
      or (
        select true
        from stock
        where stock.product_id = search_document.product_id
          and on_sale
          and available > 0
          and (opens_at is null or opens_at <= now())
        limit 1
      )
    )
    and (
      ${place?.id ?? null}::uuid is null
      or (price_cents, product_id) > (${place?.key ?? null}::bigint, ${place?.id ?? null}::uuid)
    )
  order by price_cents, product_id
  limit ${limit}`

/** The dearest first. The same index, walked backwards. */
export const listDearest = (filter: Filter, place: Place | null, limit: number) => sql<FoundRow>`
  select product_id as id, price_cents as key, published_at as "publishedAt"
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
    and (
      not ${filter.inStock}::boolean
      or (
        select true
        from stock
        where stock.product_id = search_document.product_id
          and on_sale
          and available > 0
          and (opens_at is null or opens_at <= now())
        limit 1
      )
    )
    and (
      ${place?.id ?? null}::uuid is null
      or (price_cents, product_id) < (${place?.key ?? null}::bigint, ${place?.id ?? null}::uuid)
    )
  order by price_cents desc, product_id desc
  limit ${limit}`
