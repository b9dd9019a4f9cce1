export const KEYWORDS_MAX = 10
export const OPTIONS_MAX = 3
export const PICTURES_MAX = 8
/** Ten digits: 99,999,999.99. */
export const PRICE_CENTS_MAX = 9_999_999_999n
export const VARIANTS_MAX = 100

/** A place in a list: the sort key of the last item shown, and its id for those that share the key. */
export interface Place {
  readonly key: string
  readonly id: string
}

/** The opaque text of a place: what a list hands out as `nextCursor`. */
export function writeCursor({ key, id }: Place): string {
  return `${key}~${id}`
}

const CURSOR =
  /^(\d{1,19}|-\d{1,19}|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)~([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

/** The place a cursor marks; null when we never gave it out. */
export function readCursor(text: string): Place | null {
  const [, key, id] = CURSOR.exec(text) ?? []
  return key && id ? { key, id } : null
}

/** A place in a list by time. */
export function readTimeCursor(text: string | null | undefined): { before: Date; id: string } | null {
  const place = text ? readCursor(text) : null
  const before = place?.key.endsWith('Z') ? new Date(place.key) : null
  return place && before && !Number.isNaN(before.getTime()) ? { before, id: place.id } : null
}

/** A place in a list by price. Units: cents, below zero when the dearest come first. */
export function readPriceCursor(text: string | null | undefined): { after: bigint; id: string } | null {
  const place = text ? readCursor(text) : null
  return place && !place.key.endsWith('Z') && place.key.length < 19 ? { after: BigInt(place.key), id: place.id } : null
}

/** Whether a cursor marks a place in a list of this order; none is the beginning. */
export function isCursorOf(sort: 'newest' | 'price-asc' | 'price-desc', text: string | undefined): boolean {
  if (text === undefined) return true
  return sort === 'newest' ? readTimeCursor(text) !== null : readPriceCursor(text) !== null
}

interface Offered {
  readonly priceCents: bigint
  readonly compareAtCents: bigint | null
}

/** The range of prices, and what the cheapest version cost before where that was more. */
export function priceRange(variants: readonly Offered[]): {
  priceFromCents: string
  priceToCents: string
  compareAtCents: string | null
} {
  let [from] = variants
  let to = 0n
  for (const variant of variants) {
    if (from && variant.priceCents < from.priceCents) from = variant
    if (variant.priceCents > to) to = variant.priceCents
  }
  const compareAt = from?.compareAtCents ?? null
  return {
    priceFromCents: (from?.priceCents ?? 0n).toString(),
    priceToCents: to.toString(),
    compareAtCents: from && compareAt !== null && compareAt > from.priceCents ? compareAt.toString() : null,
  }
}

/** Why versions do not make a set that a buyer can choose from; null when they do. */
export function faultOfVariants(
  optionNames: readonly string[],
  variants: readonly { readonly optionValues: readonly string[] }[],
): 'option-names-twice' | 'option-values-missing' | 'versions-alike' | null {
  if (new Set(optionNames.map(fold)).size < optionNames.length) return 'option-names-twice'
  if (variants.some((variant) => variant.optionValues.length !== optionNames.length)) return 'option-values-missing'
  const combinations = variants.map((variant) => JSON.stringify(variant.optionValues.map(fold)))
  return new Set(combinations).size < combinations.length ? 'versions-alike' : null
}

/** Blue and blue are one value. */
function fold(text: string): string {
  return text.trim().toLowerCase()
}
