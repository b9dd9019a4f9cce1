import { writeAmount } from '#lib/money'
import type { OwnProductView } from '#lib/catalog/schema'

/** A product as it is being typed: text as it stands in the fields, so that nothing typed is lost. */
export interface ProductDraft {
  title: string
  description: string
  categorySlug: string
  condition: OwnProductView['condition']
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

/** A saved product as the form shows it. */
export function draftOf(product: OwnProductView): ProductDraft {
  const options = product.optionNames.map((name, index) => ({
    name,
    values: [...new Set(product.variants.flatMap((variant) => variant.optionValues[index] ?? []))],
  }))
  return {
    title: product.title,
    description: product.description,
    categorySlug: product.category.slug,
    condition: product.condition,
    keywords: product.keywords,
    pictures: product.pictures.map(({ id, alt }) => ({ id, alt })),
    options,
    variants: product.variants.map((variant) => ({
      id: variant.id,
      optionValues: variant.optionValues,
      sku: variant.sku ?? '',
      price: amountText(variant.priceCents),
      compareAt: amountText(variant.compareAtCents),
      quantity: '0',
    })),
    opensAt: product.opensAt ?? '',
    cap: product.cap?.toString() ?? '',
  }
}

function amountText(cents: string | null): string {
  return cents === null ? '' : writeAmount(BigInt(cents))
}

/**
 * The rows that options make, in order: one for every combination of their values.
 * Invariant: a row keeps its id and all that was typed as long as a combination stands for it, also when an option is
 * added or taken away; no row is used twice; a combination that was taken out by hand stays out.
 */
export function variantsFor(
  options: readonly DraftOption[],
  rows: readonly DraftVariant[],
  before: readonly DraftOption[],
): DraftVariant[] {
  const left = new Set(rows)
  const combinations = combine(withValues(options)).filter((values) => !isLeftOut(values, rows, withValues(before)))
  const exact = combinations.map((values) => take(left, (row) => isSame(row.optionValues, values)))
  return combinations.map((optionValues, index) => {
    const row =
      exact[index] ??
      take(left, (each) => isPart(each.optionValues, optionValues) || isPart(optionValues, each.optionValues))
    return row ? { ...row, optionValues } : { ...freshRow(rows), optionValues }
  })
}

function withValues(options: readonly DraftOption[]): DraftOption[] {
  return options.filter((option) => option.values.length > 0)
}

/** Whether all its values were there before, and still no row stood for it. */
function isLeftOut(values: readonly string[], rows: readonly DraftVariant[], before: readonly DraftOption[]): boolean {
  if (values.length !== before.length || rows.some((row) => isSame(row.optionValues, values))) return false
  return values.every((value, index) => before[index]?.values.includes(value))
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
