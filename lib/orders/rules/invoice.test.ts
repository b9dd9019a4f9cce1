import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatRate, printable, sumInvoice, type InvoiceLine } from './invoice.ts'

const line = (over: Partial<InvoiceLine> = {}): InvoiceLine => ({
  kind: 'goods',
  title: 'Mug',
  optionValues: [],
  quantity: 1,
  unitPriceCents: 1_000n,
  totalCents: 1_000n,
  taxBps: 0,
  taxCents: 0n,
  isTaxIncluded: true,
  ...over,
})

test('without shipping and tax there is nothing but the goods', () => {
  expect(sumInvoice([line(), line()])).toEqual({
    goodsCents: 2_000n,
    shippingCents: null,
    taxes: [],
    totalCents: 2_000n,
  })
})

test('tax is summed by rate; what prices have in them comes before what is added to them', () => {
  const sums = sumInvoice([
    line({ taxBps: 1900, taxCents: 160n }),
    line({ taxBps: 700, taxCents: 65n }),
    line({ taxBps: 1900, taxCents: 160n }),
    line({ kind: 'shipping', totalCents: 595n, taxBps: 1900, taxCents: 95n, isTaxIncluded: false }),
  ])
  expect(sums).toEqual({
    goodsCents: 3_000n,
    shippingCents: 500n,
    taxes: [
      { bps: 700, isIncluded: true, netCents: 935n, taxCents: 65n },
      { bps: 1900, isIncluded: true, netCents: 1_680n, taxCents: 320n },
      { bps: 1900, isIncluded: false, netCents: 500n, taxCents: 95n },
    ],
    totalCents: 3_595n,
  })
})

test('whatever the lines, what stands above the total sums to it', () => {
  const any = fc
    .record({
      kind: fc.constantFrom('goods' as const, 'shipping' as const),
      taxBps: fc.constantFrom(0, 700, 1900),
      isTaxIncluded: fc.boolean(),
      totalCents: fc.bigInt({ min: 0n, max: 100_000n }),
      share: fc.bigInt({ min: 0n, max: 100n }),
    })
    .map(({ share, ...rest }) => line({ ...rest, taxCents: rest.taxBps === 0 ? 0n : (rest.totalCents * share) / 100n }))
  fc.assert(
    fc.property(fc.array(any, { maxLength: 30 }), (lines) => {
      const { goodsCents, shippingCents, taxes, totalCents } = sumInvoice(lines)
      const added = taxes.filter((row) => !row.isIncluded).reduce((sum, row) => sum + row.taxCents, 0n)
      expect(goodsCents + (shippingCents ?? 0n) + added).toBe(totalCents)
      expect(totalCents).toBe(lines.reduce((sum, each) => sum + each.totalCents, 0n))
      const taxed = lines.filter((each) => each.taxCents > 0n).reduce((sum, each) => sum + each.totalCents, 0n)
      expect(taxes.reduce((sum, row) => sum + row.netCents + row.taxCents, 0n)).toBe(taxed)
    }),
  )
})

test.each([
  ['evil\u202etxt.exe\u0007', 'eviltxt.exe'],
  ['a\r\n\tb', 'a b'],
  ['soft\u00adly \u200b', 'softly'],
  ['half \ud83d', 'half \ufffd'],
  ['می\u200cخواهم', 'می\u200cخواهم'],
])('%j is printed as %j', (text, printed) => {
  expect(printable(text)).toBe(printed)
})

test.each([
  [1900, '19%'],
  [770, '7.7%'],
  [5, '0.05%'],
])('%i basis points are %s', (bps, text) => {
  expect(formatRate(bps)).toBe(text)
})
