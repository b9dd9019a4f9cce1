import { parseAmount } from '#lib/money'
import type { DraftVariant, ProductDraft } from './draft.tsx'

/** What the form says, in the API's words. What cannot be read is sent as it cannot be: the API refuses it with the rest. */
export function detailsOf(draft: ProductDraft) {
  return {
    title: draft.title,
    description: draft.description,
    categorySlug: draft.categorySlug,
    condition: draft.condition,
    keywords: draft.keywords,
    opensAt: draft.opensAt || null,
    cap: draft.cap.trim() === '' ? null : wholeNumber(draft.cap),
  }
}

/** The versions of a product that is not there yet. */
export function newVariantsOf(draft: ProductDraft) {
  return { optionNames: optionNamesOf(draft), variants: draft.variants.map(variantOf) }
}

/** The whole set of a product that is there: a version keeps its id. */
export function variantsOf(draft: ProductDraft) {
  const variants = draft.variants.map((row) => ({ ...variantOf(row), ...(row.id ? { id: row.id } : {}) }))
  return { optionNames: optionNamesOf(draft), variants }
}

export function picturesOf(draft: ProductDraft) {
  return { pictures: draft.pictures.map(({ id, alt }) => ({ id, alt })) }
}

/** The API's sentences by field, in the form's words where the form's words are others: it shows amounts, not cents. */
export function sentencesFor(fields: Record<string, string>, draft: ProductDraft): Record<string, string> {
  const own = draft.variants.flatMap((row, index) => [
    [`variants.${index}.priceCents`, amountFault(row.price) ?? ''],
    [`variants.${index}.compareAtCents`, row.compareAt.trim() ? (amountFault(row.compareAt) ?? '') : ''],
  ])
  const faults = own.filter(([path = '', sentence]) => sentence && path in fields)
  return { ...fields, ...(Object.fromEntries(faults) as Record<string, string>) }
}

function amountFault(text: string): string | null {
  if (text.trim() === '') return 'Please give a price.'
  return parseAmount(text) === null ? 'Write an amount such as 12.50.' : null
}

function optionNamesOf({ options }: ProductDraft): string[] {
  return options.filter((option) => option.values.length > 0).map((option) => option.name)
}

function variantOf(row: DraftVariant) {
  return {
    optionValues: row.optionValues,
    sku: row.sku.trim() || null,
    priceCents: centsOf(row.price),
    compareAtCents: row.compareAt.trim() === '' ? null : centsOf(row.compareAt),
    quantity: row.id ? 0 : wholeNumber(row.quantity),
  }
}

function centsOf(text: string): string {
  return parseAmount(text)?.toString() ?? ''
}

/** NaN becomes null on the wire, which is no number. */
function wholeNumber(text: string): number {
  return /^\d{1,9}$/.test(text.trim()) ? Number(text) : NaN
}
