import type { FacetsView, FoundView } from '../schema.ts'
import { FOUND_MAX, PRICE_BANDS, priceBand } from './places.ts'

/** One value of one facet and how often it was found, or their total. */
export interface FacetRow {
  readonly isTotal: boolean
  readonly category: string | null
  readonly categoryName: string | null
  readonly condition: FacetsView['conditions'][number]['condition'] | null
  /** Which of `PRICE_BANDS`, from 1. */
  readonly band: number | null
  readonly isInStock: boolean | null
  readonly count: number
}

/** What each facet is counted from: all that is found, or what would be found without what is chosen of it. */
export type FacetRows = Readonly<Record<'all' | 'category' | 'condition' | 'price' | 'stock', readonly FacetRow[]>>

/** What is said of a number that was counted up to one more than `FOUND_MAX`. */
export function foundOf(count: number): FoundView {
  return { count: Math.min(count, FOUND_MAX), isCapped: count > FOUND_MAX }
}

/** The facets as they are shown: categories with most first, the rest in the order of their values; none without a product. */
export function facetsOf({ all, category, condition, price, stock }: FacetRows): FacetsView {
  const categories = category.flatMap(({ category: slug, categoryName: name, count }) =>
    slug === null ? [] : [{ slug, name: name ?? slug, count }],
  )
  return {
    categories: categories.toSorted((left, right) => right.count - left.count || (left.name < right.name ? -1 : 1)),
    conditions: CONDITIONS.flatMap((value) =>
      condition.filter((row) => row.condition === value).map(({ count }) => ({ condition: value, count })),
    ),
    prices: PRICE_BANDS.flatMap((_, index) => {
      const band = priceBand(index)
      const row = price.find((each) => each.band === index + 1)
      if (!band || !row) return []
      const { minPriceCents: from, maxPriceCents: to } = band
      return [{ minPriceCents: from.toString(), maxPriceCents: to?.toString() ?? null, count: row.count }]
    }),
    inStock: stock.find((row) => row.isInStock)?.count ?? 0,
    isCapped: [all, category, condition, price, stock].some((rows) =>
      rows.some((row) => row.isTotal && row.count > FOUND_MAX),
    ),
  }
}

const CONDITIONS = ['new', 'like_new', 'good', 'fair'] as const
