import { writeAmount } from '#lib/money'
import type { ProductView } from '#lib/catalog/schema'

/** A product as it is being typed: text as it stands in the fields, so that nothing typed is lost. */
export interface ProductDraft {
  title: string
  description: string
  categorySlug: string
  condition: ProductView['condition']
  keywords: string[]
  pictures: DraftPicture[]
  options: DraftOption[]
  variants: DraftVariant[]
  /** ISO, or empty for a product that is on sale as soon as it is published. */
  opensAt: string
  cap: string
}

export interface DraftPicture {
  id: string
  alt: string
}

export interface DraftOption {
  name: string
  values: string[]
}

export interface DraftVariant {
  /** Null until it is saved for the first time. */
  id: string | null
  optionValues: string[]
  sku: string
  price: string
  compareAt: string
  /** Pieces to begin with; a saved variant has its own stock. */
  quantity: string
}

export const MAX_OPTIONS = 3
export const MAX_PICTURES = 8

const FIRST: DraftVariant = { id: null, optionValues: [], sku: '', price: '', compareAt: '', quantity: '1' }

export function emptyDraft(categorySlug: string): ProductDraft {
  return {
    title: '',
    description: '',
    categorySlug,
    condition: 'new',
    keywords: [],
    pictures: [],
    options: [],
    variants: [FIRST],
    opensAt: '',
    cap: '',
  }
}

/** A saved amount as the field shows it. */
export function amountText(cents: string | null): string {
  return cents === null ? '' : writeAmount(BigInt(cents))
}

/**
 * The rows that the options make, in order: one for every combination of their values.
 * Invariant: a row keeps its id and all that was typed as long as a combination stands for it, also when an option is
 * added or taken away; no row is used twice.
 */
export function variantsFor(options: readonly DraftOption[], rows: readonly DraftVariant[]): DraftVariant[] {
  const left = new Set(rows)
  const combinations = combine(options.filter((option) => option.values.length > 0))
  const exact = combinations.map((values) => take(left, (row) => isSame(row.optionValues, values)))
  return combinations.map((optionValues, index) => {
    const row = exact[index] ?? take(left, (each) => isPart(each.optionValues, optionValues) || isPart(optionValues, each.optionValues))
    return row ? { ...row, optionValues } : { ...freshRow(rows), optionValues }
  })
}

/** A new row costs what its neighbours cost. */
function freshRow(rows: readonly DraftVariant[]): DraftVariant {
  const [first = FIRST] = rows
  return { ...FIRST, price: first.price, compareAt: first.compareAt }
}

function combine(options: readonly DraftOption[]): string[][] {
  return options.reduce<string[][]>(
    (combinations, option) => combinations.flatMap((values) => option.values.map((value) => [...values, value])),
    [[]],
  )
}

function take(rows: Set<DraftVariant>, fits: (row: DraftVariant) => boolean): DraftVariant | undefined {
  const row = [...rows].find(fits)
  if (row) rows.delete(row)
  return row
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index])
}

/** Whether `part` is what is left of `whole` when some of its values are taken away. */
function isPart(part: readonly string[], whole: readonly string[]): boolean {
  if (part.length >= whole.length) return false
  let at = 0
  for (const value of whole) if (value === part[at]) at++
  return at === part.length
}
