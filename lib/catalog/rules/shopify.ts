import type { Condition } from '#prisma/enums'
import { ok, type Result } from '#lib/result'
import type { ProductTexts } from '../types.ts'
import { readCsv, type CsvRefusal, type CsvRow } from './csv.ts'
import { cleanLine, cut, quote, textOfHtml } from './plain-text.ts'
import { KEYWORDS_MAX, PICTURES_MAX } from './product.ts'
import { categoryOf } from './shopify-category.ts'
import { isVariant, readOptionNames, readVariants } from './shopify-variants.ts'

/** What happened to a part of the file. For what was taken, `field` is the product's handle; else it is the column. */
export interface PlanNote {
  readonly line: number
  readonly kind: 'taken' | 'defaulted' | 'refused' | 'warning'
  readonly field: string
  readonly message: string
}

export interface PlannedVariant {
  readonly line: number
  readonly optionValues: readonly string[]
  readonly sku: string | null
  readonly priceCents: bigint
  readonly compareAtCents: bigint | null
  readonly quantity: number
}

export interface PlannedPicture {
  readonly line: number
  readonly url: string
  readonly alt: string
}

export interface PlannedProduct {
  readonly handle: string
  readonly line: number
  readonly texts: ProductTexts
  readonly optionNames: readonly string[]
  readonly variants: readonly PlannedVariant[]
  readonly pictures: readonly PlannedPicture[]
}

/** What an import is going to do, decided before anything is written. */
export interface ImportPlan {
  readonly products: readonly PlannedProduct[]
  readonly notes: readonly PlanNote[]
}

export type Remark = (line: number, kind: PlanNote['kind'], field: string, message: string) => void

const REQUIRED = ['Handle', 'Title', 'Variant Price']
/** Columns that a seller would miss, and that have no place here. */
const LEFT_OUT = ['Vendor', 'Variant Barcode', 'Variant Image', 'SEO Title', 'SEO Description', 'Cost per item']
const TITLE_MAX = 140
const DESCRIPTION_MAX = 10_000

/**
 * Reads a product export of Shopify: several rows make a product, further rows may carry only a picture.
 * Guarantees: never throws; a bad row or product is left out with a note and the others go on.
 * Refuses: a file that cannot be read as a whole.
 */
export function planShopifyImport(bytes: Uint8Array): Result<ImportPlan, CsvRefusal> {
  const file = readCsv(bytes, REQUIRED)
  if (!file.ok) return file
  const notes: PlanNote[] = []
  const remark: Remark = (line, kind, field, message) => void notes.push({ line, kind, field, message })
  const { rows } = file.value
  const missed = LEFT_OUT.filter((column) => rows.some((row) => row.cell(column) !== ''))
  if (missed.length > 0)
    remark(1, 'warning', 'Columns', `Left out, since they have no place here: ${missed.join(', ')}.`)
  const products = [...groupByHandle(rows, remark)].flatMap(([handle, own]) => readProduct(handle, own, remark) ?? [])
  notes.sort((left, right) => left.line - right.line)
  return ok({ products, notes })
}

function groupByHandle(rows: readonly CsvRow[], remark: Remark): Map<string, CsvRow[]> {
  const groups = new Map<string, CsvRow[]>()
  for (const row of rows) {
    const handle = cleanLine(row.cell('Handle')).toLowerCase()
    if (!handle || handle.length > 255) {
      const message = handle
        ? 'The handle is too long.'
        : 'The handle is missing: nothing says which product this row is of.'
      remark(row.line, 'refused', 'Handle', message)
      continue
    }
    const group = groups.get(handle)
    if (group) group.push(row)
    else groups.set(handle, [row])
  }
  return groups
}

function readProduct(handle: string, rows: readonly CsvRow[], remark: Remark): PlannedProduct | null {
  const [first] = rows
  if (!first) return null
  const refuseIt = (field: string, message: string) => {
    remark(first.line, 'refused', field, message)
    return null
  }
  if (first.cell('Gift Card').toLowerCase() === 'true') return refuseIt('Gift Card', 'Gift cards cannot be sold here.')
  const title = cleanLine(textOfHtml(first.cell('Title')))
  if ([...title].length < 2) return refuseIt('Title', `The product ${cut(handle, 80)} has no title.`)
  for (const row of rows.filter((each) => !isVariant(each) && !each.cell('Image Src') && each !== first)) {
    remark(row.line, 'refused', 'Row', 'This row has neither a price nor a picture.')
  }
  const optionNames = readOptionNames(rows, remark)
  const variants = readVariants(rows, optionNames, remark)
  if (variants.length === 0) {
    return refuseIt('Variant Price', `The product ${cut(title, 80)} has no version that could be taken.`)
  }
  const texts = readTexts(first, title, remark)
  const pictures = readPictures(rows, remark)
  return { handle, line: first.line, texts, optionNames, variants, pictures }
}

function readTexts(row: CsvRow, title: string, remark: Remark): ProductTexts {
  const description = textOfHtml(row.cell('Body (HTML)'))
  const tags = row.cell('Tags').split(',').map(cleanLine).filter(Boolean)
  const category = categoryOf(row.cell('Type'), tags)
  if (!category) {
    remark(row.line, 'defaulted', 'Type', 'Neither type nor tags name a category of ours; it is “Everything else”.')
  }
  if (title.length > TITLE_MAX) remark(row.line, 'defaulted', 'Title', `Cut to ${TITLE_MAX} characters.`)
  if (description.length > DESCRIPTION_MAX) {
    remark(row.line, 'defaulted', 'Body (HTML)', 'The description was cut to 10,000 characters.')
  }
  return {
    title: cut(title, TITLE_MAX),
    description: cut(description, DESCRIPTION_MAX),
    categorySlug: category ?? 'other',
    condition: readCondition(row, remark),
    keywords: readKeywords(row, tags, remark),
  }
}

function readKeywords(row: CsvRow, tags: readonly string[], remark: Remark): string[] {
  const known = new Map(tags.filter((tag) => tag.length <= 40).map((tag) => [tag.toLowerCase(), tag] as const))
  const keywords = [...known.values()].slice(0, KEYWORDS_MAX)
  const lost = tags.some((tag) => tag.length > 40) || known.size > KEYWORDS_MAX
  if (lost) remark(row.line, 'defaulted', 'Tags', `Kept ${keywords.length} tags of at most 40 characters each.`)
  return keywords
}

function readCondition(row: CsvRow, remark: Remark): Condition {
  const written = row.cell('Google Shopping / Condition').toLowerCase()
  if (written === '' || written === 'new') return 'new'
  if (written === 'used' || written === 'refurbished') return written === 'used' ? 'good' : 'like_new'
  remark(row.line, 'defaulted', 'Google Shopping / Condition', `${quote(written)} is not known; it is “New”.`)
  return 'new'
}

function readPictures(rows: readonly CsvRow[], remark: Remark): PlannedPicture[] {
  const found = new Map<string, PlannedPicture & { position: number }>()
  for (const row of rows) {
    const url = row.cell('Image Src')
    if (!url) continue
    if (url.length > 2_000 || !/^https?:\/\//i.test(url) || !URL.canParse(url)) {
      remark(row.line, 'warning', 'Image Src', 'This is not a web address; the picture was left out.')
    } else if (found.has(url)) {
      if (!isVariant(row)) remark(row.line, 'warning', 'Image Src', 'This product has this picture already.')
    } else {
      const position = Number(row.cell('Image Position')) || found.size + 1
      found.set(url, { line: row.line, url, alt: cut(cleanLine(row.cell('Image Alt Text')), 200), position })
    }
  }
  const sorted = [...found.values()].sort((left, right) => left.position - right.position)
  for (const { line } of sorted.slice(PICTURES_MAX)) {
    remark(line, 'warning', 'Image Src', `A product can have ${PICTURES_MAX} pictures at most; this one was left out.`)
  }
  return sorted.slice(0, PICTURES_MAX).map(({ line, url, alt }) => ({ line, url, alt }))
}
