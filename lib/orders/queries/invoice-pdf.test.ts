import fc from 'fast-check'
import { extractText, getDocumentProxy } from 'unpdf'
import { expect, test } from 'vitest'
import { printable, sumInvoice, type InvoiceLine } from '../rules/invoice.ts'
import { printInvoice } from './invoice-pdf.ts'
import { listRuns, widthOf, wrap } from './invoice-text.ts'
import type { Invoice } from './invoice.ts'

const line = (over: Partial<InvoiceLine> = {}): InvoiceLine => ({
  kind: 'goods',
  title: 'Mug',
  optionValues: [],
  quantity: 2,
  unitPriceCents: 999n,
  totalCents: 1_998n,
  taxBps: 0,
  taxCents: 0n,
  isTaxIncluded: true,
  ...over,
})

const invoice = (lines: readonly InvoiceLine[], over: Partial<Invoice> = {}): Invoice => ({
  number: 'S-7K3M9QXD-1',
  orderNumber: 'S-7K3M9QXD',
  paidAt: new Date('2026-11-21T12:00:00Z'),
  currency: 'EUR',
  seller: { name: 'Clay & Co', handle: 'clay' },
  buyer: ['Ada Lovelace', 'Lane 1', '10115 Berlin', 'Germany'],
  shippingMethod: null,
  lines,
  sums: sumInvoice(lines),
  refunds: [],
  ...over,
})

/** Without spaces: where they are drawn, a reader guesses from distances. */
async function textOf(bytes: Buffer): Promise<string[]> {
  const pdf = await getDocumentProxy(new Uint8Array(bytes))
  const { text } = await extractText(pdf)
  return text.map((page) => page.replace(/\s/g, ''))
}

test('it says who sold what to whom, what it cost, and what of it is tax', async () => {
  const lines = [
    line({ title: 'Teapot', optionValues: ['Blue', 'Large'], taxBps: 1900, taxCents: 319n }),
    line({
      kind: 'shipping',
      title: 'Shipping',
      quantity: 1,
      unitPriceCents: 490n,
      totalCents: 583n,
      taxBps: 1900,
      taxCents: 93n,
      isTaxIncluded: false,
    }),
  ]
  const refunds = [{ at: new Date('2026-11-23T00:00:00Z'), isPending: false, totalCents: 999n, taxCents: 160n }]
  const [text = '', ...others] = await textOf(await printInvoice(invoice(lines, { refunds, shippingMethod: 'Parcel' })))
  expect(others).toEqual([])
  for (const words of [
    'S-7K3M9QXD-1',
    'Clay&Co',
    'AdaLovelace',
    '10115Berlin',
    'Paid21November2026',
    'Blue,Large',
    'Parcel',
  ])
    expect(text).toContain(words)
  expect(text).toContain('Teapot2€9.9919%€19.98')
  const sums = ['Goods€19.98', 'Shipping€4.90', 'Tax19%on€4.90€0.93', 'Total€25.81', 'Tax19%init,on€16.79€3.19']
  for (const words of [...sums, 'Refunded23November2026-€9.99', 'Taxinit-€1.60', 'Afterrefunds€15.82', 'Page1of1'])
    expect(text).toContain(words)
})

test('a thousand lines are many pages, each with the names of the columns and its number', async () => {
  const lines = Array.from({ length: 1_000 }, (_, index) =>
    line({ title: `Thing ${index}`, totalCents: BigInt(index) }),
  )
  const bytes = await printInvoice(invoice(lines))
  expect(bytes.length).toBeLessThan(500_000)
  const pages = await textOf(bytes)
  expect(pages.length).toBeGreaterThan(20)
  for (const [index, page] of pages.entries()) {
    if (page.includes('Thing')) expect(page).toContain('ItemQuantityPrice')
    expect(page).toContain(`Page${index + 1}of${pages.length}`)
  }
  for (const index of lines.keys()) expect(pages.some((page) => page.includes(`Thing${index}2€`))).toBe(true)
  expect(pages.at(-1)).toContain('Total€4,995.00')
})

test('the same invoice is the same bytes', async () => {
  const printed = await Promise.all([1, 2].map(() => printInvoice(invoice([line({ title: '陶瓷 кружка كوب' })]))))
  expect(printed[0]?.equals(printed[1] ?? Buffer.alloc(0))).toBe(true)
})

test('every script is printed with signs that the reader can search for', async () => {
  const titles = ['陶瓷杯子', '한국어', 'हिन्दी', 'ไทย', 'Ελληνικά', 'Жук', 'Đặng', '😀']
  const [text] = await textOf(await printInvoice(invoice(titles.map((title) => line({ title })))))
  for (const title of titles) expect(text).toContain(title)
})

test('what is read from right to left is drawn so, numbers and brackets within it the way they are read', () => {
  const drawn = (text: string) => listRuns(text, 'regular').map((run) => run.text)
  expect(drawn('abc 123')).toEqual(['abc 123'])
  expect(drawn('abc שלום 123')).toEqual(['abc ', '123', 'שלום '])
  expect(drawn('(שלום) 12')).toEqual(['12', ')שלום( '])
})

test('lines fit, and nothing is lost where they break', () => {
  const word = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 80 })
    .map((text) => printable(text).replaceAll(' ', ''))
  fc.assert(
    fc.property(fc.array(word.filter(Boolean), { minLength: 1, maxLength: 12 }), (words) => {
      const lines = wrap(words.join(' '), 'regular', 9, 120)
      expect(lines.join('').replaceAll(' ', '')).toBe(words.join(''))
      for (const each of lines) expect(widthOf(each, 'regular', 9) <= 121 || [...each].length <= 12).toBe(true)
    }),
    { numRuns: 50 },
  )
})

test('no text makes it fail', async () => {
  const any = fc.string({ unit: 'binary', maxLength: 60 }).map(printable)
  await fc.assert(
    fc.asyncProperty(fc.array(any, { minLength: 1, maxLength: 8 }), async (titles) => {
      const bytes = await printInvoice(
        invoice(
          titles.map((title) => line({ title, optionValues: titles })),
          { buyer: titles, seller: { name: titles[0] ?? '', handle: 'x' } },
        ),
      )
      expect(bytes.subarray(0, 5).toString()).toBe('%PDF-')
    }),
    { numRuns: 30 },
  )
})
