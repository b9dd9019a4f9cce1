import { sql } from '#lib/db'

/** Those of some words that nothing on sale has, begun or whole. Index: search_document_words_idx. */
export const listUnknown = (words: readonly string[]) => sql<{ word: string }>`
  select word
  from unnest(${words}::text[]) as word
  where numnode(to_tsquery('souk', quote_literal(word))) > 0
    and not exists (
      select
      from search_document
      where words @@ to_tsquery('souk', quote_literal(word) || ':*')
    )`

/** Words that a mistyped one may have meant, the likest first. Index: search_word_pkey, search_word_word_idx. */
export const listAlike = (word: string, transposed: readonly string[]) => sql<{ word: string }>`
  select word
  from search_word
  where word % ${word} or word = any(${transposed})
  order by similarity(word, ${word}) desc, word
  limit 20`

/** Titles of what is on sale with such words in them, the newest first. Index: search_document_words_idx. */
export const listTitles = (whole: string, begun: string, limit: number) => sql<{ title: string }>`
  select title
  from (
    select distinct on (lower(product.title)) product.title, found.published_at
    from (
      select product_id, published_at
      from search_document
      where words @@ (websearch_to_tsquery('souk', ${whole}) && to_tsquery('souk', ${begun}))
      order by published_at desc, product_id
      limit 100
    ) as found
    join product on product.id = found.product_id
    order by lower(product.title), found.published_at desc
  ) as titles
  order by published_at desc
  limit ${limit}`
