import { listCards } from '#lib/catalog/queries'
import { searchDb } from '#lib/db'
import { getSeller } from '#lib/sellers/queries'
import { facetsOf, foundOf, type FacetRows } from './rules/facets.ts'
import { readPlace, sortOf, writePlace } from './rules/places.ts'
import { cleanQuery, exchangeWords, listDoubtful, nearestWord, readWording, transpositions } from './rules/words.ts'
import type { SearchQuery, SearchSort, SearchView } from './schema.ts'
import { countFacets, countFound } from './sql/count.ts'
import { listCheapest, listDearest, listNewest, listRelevant, type Filter, type FoundRow } from './sql/list.ts'
import { listAlike, listTitles, listUnknown } from './sql/words.ts'

/**
 * A page of what is found. Where a word is in nothing that is on sale, the likest word that is, is looked for instead.
 * Invariant: pages that follow each other by their cursors neither repeat nor skip a product, as long as nothing is edited.
 */
export async function search(query: SearchQuery): Promise<SearchView> {
  const seller = query.seller === undefined ? null : await getSeller(query.seller)
  if (query.seller !== undefined && !seller) return nothing(query)
  const text = cleanQuery(query.q)
  const filter = filterOf(text, query, seller?.id ?? null)
  const result = await lookFor(filter, query)
  if (result.items.length > 0 || !filter.hasWords) return result
  const corrected = await correct(text)
  if (corrected === null) return result
  const instead = await lookFor(filterOf(corrected, query, filter.sellerId), query)
  return instead.found.count > 0 ? { ...instead, corrected } : result
}

/** The page and the numbers side by side. Who ranks has counted already, unless a cursor leads past the end. */
async function lookFor(filter: Filter, query: SearchQuery): Promise<SearchView> {
  const sort = sortOf(query.sort, filter.hasWords)
  const isCounted = sort === 'relevance' && query.cursor === undefined
  const [rows, numbers] = await Promise.all([
    listRows(filter, sort, query),
    query.facets ? countFacetsOf(filter) : isCounted ? null : countAll(filter),
  ])
  return { ...(await pageOf(rows, sort, query)), ...(numbers ?? { found: foundOf(rows[0]?.found ?? 0) }) }
}

const SUGGESTIONS = 8

/** Titles that go on as somebody has begun to type, the newest first, each once. */
export async function suggestTitles(text: string): Promise<string[]> {
  const { whole, begun } = readWording(cleanQuery(text))
  if (!whole && !begun) return []
  return (await searchDb.run(listTitles(whole, begun, SUGGESTIONS))).map((row) => row.title)
}

function filterOf(text: string, query: SearchQuery, sellerId: string | null): Filter {
  return {
    ...readWording(text),
    hasWords: text !== '',
    category: query.category ?? null,
    sellerId,
    conditions: query.condition ?? null,
    minPriceCents: query.minPriceCents ?? null,
    maxPriceCents: query.maxPriceCents ?? null,
    inStock: query.inStock,
  }
}

async function pageOf(rows: readonly FoundRow[], sort: SearchSort, { limit }: SearchQuery) {
  const shown = rows.slice(0, limit)
  const last = rows.length > limit ? shown.at(-1) : undefined
  return {
    items: await listCards(shown.map((row) => row.id)),
    nextCursor: last ? writePlace({ ...last, sort }) : null,
  }
}

function listRows(filter: Filter, sort: SearchSort, query: SearchQuery): Promise<FoundRow[]> {
  const marked = query.cursor === undefined ? null : readPlace(query.cursor)
  const place = marked?.sort === sort ? marked : null
  const limit = query.limit + 1
  if (sort === 'relevance') return searchDb.run(listRelevant(filter, place, limit))
  if (sort === 'newest') return searchDb.run(listNewest(filter, place, limit))
  return searchDb.run((sort === 'price-asc' ? listCheapest : listDearest)(filter, place, limit))
}

async function countAll(filter: Filter): Promise<Pick<SearchView, 'found'>> {
  const [row] = await searchDb.run(countFound(filter))
  return { found: foundOf(row?.count ?? 0) }
}

/**
 * How much there is, and how it is spread. A facet counts what would be found with another of its values, so one that is chosen
 * is counted without itself.
 */
async function countFacetsOf(filter: Filter): Promise<Pick<SearchView, 'found' | 'facets'>> {
  const count = (change: Partial<Filter>, hasStock = false) =>
    searchDb.run(countFacets({ ...filter, ...change }, hasStock))
  const hasPrice = filter.minPriceCents !== null || filter.maxPriceCents !== null
  const [all, category, condition, price, stock] = await Promise.all([
    count({}, true),
    filter.category === null ? null : count({ category: null }),
    filter.conditions === null ? null : count({ conditions: null }),
    hasPrice ? count({ minPriceCents: null, maxPriceCents: null }) : null,
    filter.inStock ? count({ inStock: false }, true) : null,
  ])
  const rows: FacetRows = {
    all,
    category: category ?? all,
    condition: condition ?? all,
    price: price ?? all,
    stock: stock ?? all,
  }
  return { found: foundOf(all.find((row) => row.isTotal)?.count ?? 0), facets: facetsOf(rows) }
}

/** The query with each word that nothing has exchanged for the likest; null when there is no such word, or none alike. */
async function correct(text: string): Promise<string | null> {
  const unknown = await searchDb.run(listUnknown(listDoubtful(text)))
  if (unknown.length === 0) return null
  const better = new Map<string, string>()
  for (const { word } of unknown) {
    const alike = await searchDb.run(listAlike(word, transpositions(word)))
    const nearest = nearestWord(
      word,
      alike.map((row) => row.word),
    )
    if (nearest === null) return null
    better.set(word, nearest)
  }
  return exchangeWords(text, better)
}

function nothing(query: SearchQuery): SearchView {
  const none = { categories: [], conditions: [], prices: [], inStock: 0, isCapped: false }
  return { items: [], nextCursor: null, found: foundOf(0), ...(query.facets ? { facets: none } : {}) }
}
