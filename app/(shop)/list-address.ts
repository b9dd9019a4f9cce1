import type { ProductSort } from '#lib/catalog/schema'

/** What stands after the question mark, as Next hands it to a page. */
export type AddressParams = Record<string, string | string[] | undefined>

/** What an address says about a list of products. */
export interface ListAddress {
  sort: ProductSort
  cursor: string | null
}

/** A list from its beginning in its first order. */
export const FIRST_PAGE: ListAddress = { sort: 'newest', cursor: null }

const SORTS: Record<ProductSort, string> = {
  newest: 'Newest',
  'price-asc': 'Price, low first',
  'price-desc': 'Price, high first',
}

/** Reads a list's address; what it does not know it leaves at the default, since addresses are typed by people too. */
export function readListAddress(params: AddressParams): ListAddress {
  const sort = one(params.sort)
  return {
    sort: sort && isSort(sort) ? sort : 'newest',
    cursor: one(params.cursor)?.slice(0, 500) ?? null,
  }
}

/** The address of a list from its beginning. The default sort is not mentioned. */
export function listHref(path: string, { sort }: { sort: ProductSort }): string {
  return sort === 'newest' ? path : `${path}?sort=${sort}`
}

/** The links that sort a list anew. */
export function sortLinks(path: string): { value: ProductSort; label: string; href: string }[] {
  return Object.entries(SORTS).map(([value, label]) => ({
    value: value as ProductSort,
    label,
    href: listHref(path, { sort: value as ProductSort }),
  }))
}

function isSort(text: string): text is ProductSort {
  return Object.hasOwn(SORTS, text)
}

function one(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value
}
