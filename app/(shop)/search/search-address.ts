import type { FacetsView, SearchQuery, SearchSort } from '#lib/search/schema'
import { isPlace } from '#lib/search/rules/places'
import { cleanQuery } from '#lib/search/rules/words'
import { parseAmount } from '#lib/money'
import type { AddressParams } from '../list-address.ts'

type Condition = FacetsView['conditions'][number]['condition']

const CONDITIONS: readonly Condition[] = ['new', 'like_new', 'good', 'fair']
const SORTS: Record<SearchSort, string> = {
  relevance: 'Best match',
  newest: 'Newest',
  'price-asc': 'Price, low first',
  'price-desc': 'Price, high first',
}

/** What the address of a search says. Prices are as somebody typed them. */
export interface SearchAddress {
  readonly q: string
  readonly category: string | null
  readonly seller: string | null
  readonly conditions: readonly Condition[]
  readonly from: string
  readonly to: string
  readonly inStock: boolean
  readonly sort: SearchSort
  readonly cursor: string | null
}

/** Reads it; what it does not know it leaves out, since addresses are typed by people too. Prices stay, to be told what is wrong. */
export function readSearchAddress(params: AddressParams): SearchAddress {
  const q = cleanQuery(one(params.q) ?? '')
  const sort = one(params.sort) ?? ''
  const [category, seller] = [one(params.category) ?? '', (one(params.seller) ?? '').toLowerCase()]
  const cursor = one(params.cursor) ?? ''
  const conditions = new Set([params.condition ?? []].flat())
  return {
    q,
    category: /^[a-z0-9-]{1,60}$/.test(category) ? category : null,
    seller: /^[a-z0-9-]{1,60}$/.test(seller) ? seller : null,
    conditions: CONDITIONS.filter((condition) => conditions.has(condition)),
    from: (one(params.from) ?? '').trim().slice(0, 20),
    to: (one(params.to) ?? '').trim().slice(0, 20),
    inStock: one(params.inStock) === 'true',
    sort: isSort(sort) && (sort !== 'relevance' || q) ? sort : q ? 'relevance' : 'newest',
    cursor: isPlace(cursor) ? cursor : null,
  }
}

/** The price range in cents, and what is wrong with it, for each field. What is wrong does not count. */
export function readPrices({ from, to }: Pick<SearchAddress, 'from' | 'to'>) {
  const [least, most] = [from ? parseAmount(from) : null, to ? parseAmount(to) : null]
  const isReversed = least !== null && most !== null && least > most
  return {
    minPriceCents: least ?? undefined,
    maxPriceCents: isReversed ? undefined : (most ?? undefined),
    fromError: from && least === null ? AMOUNT : null,
    toError: to && most === null ? AMOUNT : isReversed ? 'This is below the lowest price.' : null,
  }
}

const AMOUNT = 'Give an amount like 12 or 12.50.'

/** The address as a search. */
export function queryOf(address: SearchAddress): SearchQuery {
  const { minPriceCents, maxPriceCents } = readPrices(address)
  return {
    q: address.q,
    category: address.category ?? undefined,
    seller: address.seller ?? undefined,
    condition: address.conditions.length > 0 ? [...address.conditions] : undefined,
    minPriceCents,
    maxPriceCents,
    inStock: address.inStock,
    sort: address.sort,
    cursor: address.cursor ?? undefined,
    limit: 24,
    facets: true,
  }
}

/** The address with something changed, from its beginning. What is at its default is not mentioned. */
export function searchHref(address: SearchAddress, change: Partial<SearchAddress> = {}): string {
  const { q, category, seller, conditions, from, to, inStock, sort } = { ...address, ...change }
  const params = new URLSearchParams()
  if (q) params.set('q', q)
  if (category) params.set('category', category)
  if (seller) params.set('seller', seller)
  for (const condition of conditions) params.append('condition', condition)
  if (from) params.set('from', from)
  if (to) params.set('to', to)
  if (inStock) params.set('inStock', 'true')
  if (sort !== (q ? 'relevance' : 'newest')) params.set('sort', sort)
  return params.size > 0 ? `/search?${params}` : '/search'
}

/** The same words without any filter. */
export function withoutFilters({ q }: SearchAddress): string {
  return q ? `/search?${new URLSearchParams({ q })}` : '/search'
}

/** The links that sort what was found anew; without words nothing is a better match than another. */
export function searchSorts(address: SearchAddress): { value: SearchSort; label: string; href: string }[] {
  return (Object.keys(SORTS) as SearchSort[])
    .filter((sort) => sort !== 'relevance' || address.q)
    .map((sort) => ({ value: sort, label: SORTS[sort], href: searchHref(address, { sort }) }))
}

function isSort(text: string): text is SearchSort {
  return Object.hasOwn(SORTS, text)
}

function one(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value
}
