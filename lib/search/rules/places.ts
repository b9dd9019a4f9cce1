import type { SearchSort } from '../schema.ts'

/** Of what is found so many are counted and ranked, the newest; more is said to be "500+". */
export const FOUND_MAX = 500

/** Where a band of prices begins. The last one has no end. Units: cents. */
export const PRICE_BANDS = [0n, 2_500n, 5_000n, 10_000n, 25_000n] as const

/** A band's first and last price; null for one without an end. */
export function priceBand(index: number): { minPriceCents: bigint; maxPriceCents: bigint | null } | null {
  const from = PRICE_BANDS[index]
  const next = PRICE_BANDS[index + 1]
  return from === undefined ? null : { minPriceCents: from, maxPriceCents: next === undefined ? null : next - 1n }
}

/** A place in what was found: the keys of the last item shown, in the order they sort by. */
export interface Place {
  readonly sort: SearchSort
  /** A rank, a price or nothing: what is sorted by before the time. */
  readonly key: bigint
  readonly publishedAt: Date
  readonly id: string
}

const CURSOR =
  /^(relevance|newest|price-asc|price-desc)~(\d{1,13})~(\d{1,15})~([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

/** The opaque text of a place. */
export function writePlace({ sort, key, publishedAt, id }: Place): string {
  return Buffer.from(`${sort}~${key}~${publishedAt.getTime()}~${id}`).toString('base64url')
}

/** The place a cursor marks; null when we never gave it out. */
export function readPlace(cursor: string): Place | null {
  const [, sort, key, time, id] = CURSOR.exec(Buffer.from(cursor, 'base64url').toString('latin1')) ?? []
  if (!sort || !key || !time || !id || Number(time) > 8e15 / 1_000) return null
  return { sort: sort as SearchSort, key: BigInt(key), publishedAt: new Date(Number(time)), id }
}

export function isPlace(cursor: string): boolean {
  return readPlace(cursor) !== null
}

/** What a list is sorted by: without words nothing is more relevant than another. */
export function sortOf(sort: SearchSort | undefined, hasWords: boolean): SearchSort {
  const wanted = sort ?? 'relevance'
  return wanted === 'relevance' && !hasWords ? 'newest' : wanted
}
