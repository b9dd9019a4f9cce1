import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { productInput } from '../schema.ts'
import { inChunks } from './import-chunks.ts'
import { planShopifyImport, type ImportPlan, type PlannedProduct } from './shopify.ts'

// Counted from the files with another CSV reader: rows, handles, rows with a price, addresses of pictures by handle.
const FILES = [
  { name: 'apparel.csv', rows: 22, products: 20, variants: 22, pictures: 20, leftOut: 'Vendor' },
  { name: 'home-and-garden.csv', rows: 21, products: 20, variants: 21, pictures: 21, leftOut: 'Vendor' },
  { name: 'jewelery.csv', rows: 41, products: 20, variants: 23, pictures: 41, leftOut: 'Vendor, Variant Image' },
] as const

const COLUMNS = [
  'Handle',
  'Title',
  'Body (HTML)',
  'Type',
  'Tags',
  'Option1 Name',
  'Option1 Value',
  'Option2 Name',
  'Option2 Value',
  'Option3 Name',
  'Option3 Value',
  'Variant SKU',
  'Variant Inventory Qty',
  'Variant Price',
  'Variant Compare At Price',
  'Image Src',
  'Image Position',
  'Image Alt Text',
  'Gift Card',
  'Google Shopping / Condition',
] as const

type Row = Partial<Record<(typeof COLUMNS)[number], string>>

const lamp = { Handle: 'lamp', Title: 'Lamp', 'Variant Price': '10', 'Variant Inventory Qty': '1' }

function csv(rows: readonly Row[]): Uint8Array {
  const lines = [Object.fromEntries(COLUMNS.map((name) => [name, name])), ...rows].map((row: Row) =>
    COLUMNS.map((name) => `"${(row[name] ?? '').replaceAll('"', '""')}"`).join(','),
  )
  return new TextEncoder().encode(lines.join('\n'))
}

function planOf(bytes: Uint8Array): ImportPlan {
  const plan = planShopifyImport(bytes)
  if (!plan.ok) throw new Error(plan.refusal.code)
  return plan.value
}

function notesOf(...rows: Row[]) {
  return planOf(csv(rows)).notes.map(({ line, kind, field }) => [line, kind, field])
}

/** The lines that became a part of a product, or that a note speaks of. */
function accounted({ products, notes }: ImportPlan): Set<number> {
  const parts = products.flatMap((product) => [product, ...product.variants, ...product.pictures])
  return new Set([...parts, ...notes].map(({ line }) => line))
}

/** The lines that rows begin on: those before which every quotation mark is closed. */
function firstLines(text: string): number[] {
  let isOpen = false
  return text.split(/\r?\n/).flatMap((line, index) => {
    const begins = !isOpen && line !== ''
    if (line.split('"').length % 2 === 0) isOpen = !isOpen
    return begins ? index + 1 : []
  })
}

/** As a form would send it. */
function inputOf({ texts, optionNames, variants }: PlannedProduct) {
  const rows = variants.map(({ line: _line, priceCents, compareAtCents, ...variant }) => ({
    ...variant,
    priceCents: String(priceCents),
    compareAtCents: compareAtCents === null ? null : String(compareAtCents),
  }))
  return { ...texts, optionNames, variants: rows }
}

test.each(FILES)('$name is planned complete, and each of its lines is accounted for', (file) => {
  const bytes = readFileSync(join(import.meta.dirname, '..', '..', '..', 'e2e', 'fixtures', 'shopify', file.name))
  const plan = planOf(bytes)
  expect(plan.products).toHaveLength(file.products)
  expect(plan.products.flatMap((product) => product.variants)).toHaveLength(file.variants)
  expect(plan.products.flatMap((product) => product.pictures)).toHaveLength(file.pictures)
  const message = `Left out, since they have no place here: ${file.leftOut}.`
  expect(plan.notes).toEqual([{ line: 1, kind: 'warning', field: 'Columns', message }])
  const lines = firstLines(bytes.toString())
  expect(lines).toHaveLength(1 + file.rows)
  expect([...accounted(plan)].sort((left, right) => left - right)).toEqual(lines)
  for (const product of plan.products) expect(productInput.parse(inputOf(product))).toMatchObject(product.texts)
})

test('three options, eight pictures and a hundred versions are the most, and what is over is said by its line', () => {
  const options: Row = {
    'Option1 Name': 'Size',
    'Option1 Value': 'S',
    'Option2 Name': 'Colour',
    'Option2 Value': 'Red',
    'Option3 Name': 'Wood',
    'Option3 Value': 'Oak',
  }
  const versions = Array.from({ length: 101 }, (_, index) => ({ ...lamp, ...options, 'Option3 Value': `Oak ${index}` }))
  const pictures = Array.from({ length: 9 }, (_, index) => ({ Handle: 'lamp', 'Image Src': `https://a.test/${index}` }))
  const { products, notes } = planOf(csv([...versions, ...pictures]))
  expect(products).toMatchObject([{ optionNames: ['Size', 'Colour', 'Wood'] }])
  expect(products.map((product) => [product.variants.length, product.pictures.length])).toEqual([[100, 8]])
  expect(notes.map(({ line, kind, field }) => [line, kind, field])).toEqual([
    [2, 'defaulted', 'Type'],
    [102, 'refused', 'Variant'],
    [111, 'warning', 'Image Src'],
  ])
})

test('what is wrong is refused by its line and column, and the rest of the product stays', () => {
  const sized = { ...lamp, Type: 'Lighting', 'Option1 Name': 'Size', 'Option1 Value': 'S' }
  expect(
    notesOf(
      sized,
      { ...sized, 'Option1 Value': 'M', 'Variant Price': 'ten' },
      { ...sized, 'Option1 Value': 's' },
      { ...sized, 'Option1 Value': 'L', 'Variant Price': '100000000.00' },
      { ...sized, 'Option1 Value': 'XL', 'Variant Inventory Qty': '-3' },
      { ...sized, 'Option1 Value': 'XXL', 'Variant Compare At Price': '9' },
      { ...sized, 'Option1 Value': '' },
      { Handle: 'lamp' },
      { Handle: 'lamp', 'Image Src': 'ftp://a.test/lamp.jpg' },
      { Handle: 'lamp', 'Image Src': 'https://a.test/lamp.jpg' },
      { Handle: 'lamp', 'Image Src': 'https://a.test/lamp.jpg' },
      { Title: 'Nobody' },
      { ...lamp, Handle: 'card', 'Gift Card': 'TRUE' },
      { ...lamp, Handle: 'nameless', Title: '<b></b>' },
    ),
  ).toEqual([
    [3, 'refused', 'Variant Price'],
    [4, 'refused', 'Option1 Value'],
    [5, 'refused', 'Variant Price'],
    [6, 'defaulted', 'Variant Inventory Qty'],
    [7, 'defaulted', 'Variant Compare At Price'],
    [8, 'refused', 'Option1 Value'],
    [9, 'refused', 'Row'],
    [10, 'warning', 'Image Src'],
    [12, 'warning', 'Image Src'],
    [13, 'refused', 'Handle'],
    [14, 'refused', 'Gift Card'],
    [15, 'refused', 'Title'],
  ])
})

test('no text is cut through a character, wherever it is cut', () => {
  // Two lengths, so that a limit falls into the middle of a sign in one of them, whether it is odd or even.
  for (const start of ['', 'x']) {
    const long = start + '🏺'.repeat(6_000)
    const short = start + '🏺'.repeat(25)
    const rows: Row[] = [
      { ...lamp, Title: long, 'Body (HTML)': long, Tags: long, 'Google Shopping / Condition': long },
      { ...lamp, 'Option1 Name': long, 'Option1 Value': short, 'Variant Inventory Qty': long },
      { ...lamp, 'Option1 Value': long, 'Variant Price': long },
      { ...lamp, 'Option1 Value': 'S', 'Variant Price': long },
      { ...lamp, 'Option1 Value': 'M', 'Variant Compare At Price': long, 'Variant SKU': long },
      { Handle: 'lamp', 'Image Src': 'https://a.test/', 'Image Alt Text': long },
      { ...lamp, Handle: start + '🏺'.repeat(60), Title: '' },
      { ...lamp, Handle: 'vase', Title: long, 'Variant Price': '' },
      { ...lamp, Handle: 'bowl', 'Option1 Name': long, 'Option1 Value': 'S' },
    ]
    const plan = planOf(csv(rows))
    expect(plan.products.map((product) => product.handle)).toEqual(['lamp', 'bowl'])
    expect(textsOf(plan).filter((text) => !text.isWellFormed() || text.includes('\ufffd'))).toEqual([])
  }
})

test('whatever a file holds, reading it never throws, and each product could be a form’s', () => {
  const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 20 }), fc.constantFrom('🏺'.repeat(80), '&#xD83C;', ''))
  const amount = fc.oneof(fc.constantFrom('10.00', '0', '-1', '1e9', '9999999999.99', ''), text)
  const option = fc.oneof(fc.constantFrom('S', 'M', 'Default Title', ''), text)
  const columns: Record<(typeof COLUMNS)[number], fc.Arbitrary<string>> = {
    Handle: fc.oneof(fc.constantFrom('lamp', 'vase', ''), text),
    Title: fc.oneof(fc.constantFrom('Lamp', '<b>Lamp</b>'), text),
    'Body (HTML)': text,
    Type: fc.oneof(fc.constant('constructor'), text),
    Tags: text,
    'Option1 Name': option,
    'Option1 Value': option,
    'Option2 Name': option,
    'Option2 Value': option,
    'Option3 Name': option,
    'Option3 Value': option,
    'Variant SKU': text,
    'Variant Inventory Qty': amount,
    'Variant Price': amount,
    'Variant Compare At Price': amount,
    'Image Src': fc.oneof(fc.constantFrom('https://a.test/1', 'https://a.test/2', 'http://', ''), fc.webUrl(), text),
    'Image Position': fc.oneof(fc.constantFrom('1', 'NaN', 'Infinity', '-1'), text),
    'Image Alt Text': text,
    'Gift Card': fc.constantFrom('false', 'true'),
    'Google Shopping / Condition': fc.oneof(fc.constantFrom('used', 'new'), text),
  }
  const files = fc.oneof(
    { weight: 4, arbitrary: fc.array(fc.record(columns, { requiredKeys: [] }), { maxLength: 8 }).map(csv) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 400 }) },
    { weight: 1, arbitrary: text.map((cells) => new TextEncoder().encode(`Handle,Title,Variant Price\n${cells}`)) },
  )
  fc.assert(
    fc.property(files, (bytes) => {
      const plan = planShopifyImport(bytes)
      if (!plan.ok) return
      for (const product of plan.value.products) {
        expect(productInput.safeParse(inputOf(product)).error?.issues).toBeUndefined()
        expect(product.pictures.length).toBeLessThanOrEqual(8)
        expect(product.pictures.every(({ url, alt }) => URL.canParse(url) && alt.length <= 200)).toBe(true)
      }
      // Neither half a character nor the one sign that PostgreSQL's text cannot hold.
      expect(textsOf(plan.value).filter((each) => !each.isWellFormed() || each.includes('\0'))).toEqual([])
      expect(inChunks(plan.value.products).flat()).toEqual(plan.value.products)
    }),
    { numRuns: 1_000 },
  )
})

test('what is written together is a hundred versions and pictures at most, or one product', () => {
  const rows = Array.from({ length: 250 }, (_, index) => ({ ...lamp, Handle: `lamp ${index}` }))
  const large = Array.from({ length: 100 }, (_, index) => ({
    ...lamp,
    'Option1 Name': 'Size',
    'Option1 Value': `${index}`,
  }))
  const chunks = inChunks(
    planOf(csv([...large, ...rows, ...large.map((row) => ({ ...row, Handle: 'vase' }))])).products,
  )
  expect(chunks.map((chunk) => chunk.length)).toEqual([1, 100, 100, 51])
})

/** All texts of a plan, wherever they stand in it. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(textsOf) : []
}
