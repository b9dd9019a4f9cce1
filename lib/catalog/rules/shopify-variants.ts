import { parseAmount } from '#lib/money'
import { cleanLine, cut, quote } from './plain-text.ts'
import type { CsvRow } from './csv.ts'
import type { PlannedVariant, Remark } from './shopify.ts'
import { OPTIONS_MAX, PRICE_CENTS_MAX, VARIANTS_MAX } from './product.ts'

const POSITIONS = [1, 2, 3] as const
const QUANTITY_MAX = 100_000
const SKU_MAX = 64
const NAME_MAX = 40
const VALUE_MAX = 60

/** The names of a product's options, from its first row. "Title: Default Title" is how Shopify says that there are none. */
export function readOptionNames(rows: readonly CsvRow[], remark: Remark): string[] {
  const [first] = rows
  if (!first || isDefaultTitle(first)) return []
  const used = POSITIONS.filter((n) => rows.some((row) => row.cell(`Option${n} Value`) !== ''))
  const names = used.slice(0, OPTIONS_MAX).map((n) => {
    const name = cut(cleanLine(first.cell(`Option${n} Name`)), NAME_MAX)
    if (name) return name
    remark(
      first.line,
      'defaulted',
      `Option${n} Name`,
      `This option has values but no name; it is called “Option ${n}”.`,
    )
    return `Option ${n}`
  })
  return names.map((name, index) => {
    const isTaken = names.findIndex((each) => each.toLowerCase() === name.toLowerCase()) < index
    if (isTaken) remark(first.line, 'defaulted', 'Option Name', `Two options are called “${name}”; one got a number.`)
    return isTaken ? `${name} ${index + 1}` : name
  })
}

/** The versions a product's rows describe. A row that is wrong is left out with a note; the others stay. */
export function readVariants(
  rows: readonly CsvRow[],
  optionNames: readonly string[],
  remark: Remark,
): PlannedVariant[] {
  const places = POSITIONS.filter((n) => rows.some((row) => row.cell(`Option${n} Value`) !== '')).slice(0, OPTIONS_MAX)
  const taken = new Map<string, PlannedVariant>()
  for (const row of rows.filter(isVariant)) {
    const variant = readVariant(row, optionNames.length > 0 ? places : [], remark)
    if (!variant) continue
    const key = JSON.stringify(variant.optionValues.map((value) => value.toLowerCase()))
    if (taken.has(key)) {
      const said = variant.optionValues.join(' / ') || 'without options'
      remark(row.line, 'refused', 'Option1 Value', `This product has a version ${said} already.`)
    } else if (taken.size >= VARIANTS_MAX) {
      remark(row.line, 'refused', 'Variant', `A product can have ${VARIANTS_MAX} versions at most.`)
    } else taken.set(key, variant)
  }
  return [...taken.values()]
}

/** A row that names a version, and not only one more picture. */
export function isVariant(row: CsvRow): boolean {
  return ['Variant Price', 'Option1 Value', 'Option2 Value', 'Option3 Value', 'Variant SKU'].some(
    (column) => row.cell(column) !== '',
  )
}

function readVariant(row: CsvRow, places: readonly number[], remark: Remark): PlannedVariant | null {
  const optionValues = places.map((n) => cleanLine(row.cell(`Option${n} Value`)))
  const empty = optionValues.findIndex((value) => value === '')
  const long = optionValues.findIndex((value) => value.length > VALUE_MAX)
  if (empty >= 0 || long >= 0) {
    const field = `Option${places[empty >= 0 ? empty : long]} Value`
    const message =
      empty >= 0 ? 'The value of this option is missing.' : `This can have ${VALUE_MAX} characters at most.`
    remark(row.line, 'refused', field, message)
    return null
  }
  const written = row.cell('Variant Price')
  const priceCents = parseAmount(written)
  if (priceCents === null || priceCents > PRICE_CENTS_MAX) {
    const message = written ? `${quote(written)} is not a price. Write it as 12.50.` : 'The price is missing.'
    remark(row.line, 'refused', 'Variant Price', message)
    return null
  }
  return {
    line: row.line,
    optionValues,
    sku: readSku(row, remark),
    priceCents,
    compareAtCents: readCompareAt(row, priceCents, remark),
    quantity: readQuantity(row, remark),
  }
}

function readSku(row: CsvRow, remark: Remark): string | null {
  const sku = cleanLine(row.cell('Variant SKU'))
  if (sku.length > SKU_MAX) {
    remark(row.line, 'defaulted', 'Variant SKU', `This can have ${SKU_MAX} characters at most and was left out.`)
    return null
  }
  return sku || null
}

function readCompareAt(row: CsvRow, priceCents: bigint, remark: Remark): bigint | null {
  const written = row.cell('Variant Compare At Price')
  if (!written) return null
  const cents = parseAmount(written)
  const isPrice = cents !== null && cents <= PRICE_CENTS_MAX
  if (isPrice && cents > priceCents) return cents
  if (cents !== 0n) {
    const why = isPrice ? 'is not above the price' : 'is not a price'
    remark(row.line, 'defaulted', 'Variant Compare At Price', `${quote(written)} ${why} and was left out.`)
  }
  return null
}

function readQuantity(row: CsvRow, remark: Remark): number {
  const written = row.cell('Variant Inventory Qty')
  const quantity = /^-?\d{1,12}(?:\.0+)?$/.test(written) ? Math.trunc(Number(written)) : null
  if (quantity !== null && quantity >= 0 && quantity <= QUANTITY_MAX) return quantity
  const used = quantity !== null && quantity > QUANTITY_MAX ? QUANTITY_MAX : 0
  const said = written ? `${quote(written)} pieces cannot be` : 'The number of pieces is missing'
  remark(row.line, 'defaulted', 'Variant Inventory Qty', `${said}; it is set to ${used}.`)
  return used
}

function isDefaultTitle(row: CsvRow): boolean {
  return row.cell('Option1 Value') === 'Default Title' && row.cell('Option2 Value') === ''
}
