import type { Cents } from '#lib/money'
import type { LineKind } from '#prisma/enums'

/** A line as an invoice prints it. Units: cents, basis points, pieces. */
export interface InvoiceLine {
  readonly kind: LineKind
  readonly title: string
  readonly optionValues: readonly string[]
  readonly quantity: number
  readonly unitPriceCents: Cents
  /** With the tax, also where that comes on top. */
  readonly totalCents: Cents
  readonly taxBps: number
  readonly taxCents: Cents
  readonly isTaxIncluded: boolean
}

/** The tax of all lines with one rate, and what it was taken of. */
export interface TaxRow {
  readonly bps: number
  readonly isIncluded: boolean
  readonly netCents: Cents
  readonly taxCents: Cents
}

export interface InvoiceSums {
  /** The pieces at their prices. */
  readonly goodsCents: Cents
  /** Null when nobody said how it is sent. */
  readonly shippingCents: Cents | null
  /** By rate, the lowest first; what prices had in them before what came on top. No tax, no row. */
  readonly taxes: readonly TaxRow[]
  readonly totalCents: Cents
}

/**
 * What stands below the lines.
 * Guarantees: goods, shipping and the tax that comes on top sum to the total, which is the lines'; net and tax of all rows sum
 * to the total of the lines that are taxed.
 */
export function sumInvoice(lines: readonly InvoiceLine[]): InvoiceSums {
  const shipping = lines.filter((line) => line.kind === 'shipping')
  const taxed = lines.filter((line) => line.taxCents > 0n)
  const groups = Map.groupBy(taxed, ({ taxBps, isTaxIncluded }) => `${isTaxIncluded} ${taxBps}`)
  const taxes = [...groups.values()].map((group) => {
    const taxCents = sumOf(group, (line) => line.taxCents)
    return {
      bps: group[0]?.taxBps ?? 0,
      isIncluded: group[0]?.isTaxIncluded ?? true,
      netCents: sumOf(group, (line) => line.totalCents) - taxCents,
      taxCents,
    }
  })
  return {
    goodsCents: sumOf(
      lines.filter((line) => line.kind === 'goods'),
      priceOf,
    ),
    shippingCents: shipping.length > 0 ? sumOf(shipping, priceOf) : null,
    taxes: taxes.toSorted((a, b) => Number(b.isIncluded) - Number(a.isIncluded) || a.bps - b.bps),
    totalCents: sumOf(lines, (line) => line.totalCents),
  }
}

/** Without a tax that comes on top. */
function priceOf(line: InvoiceLine): Cents {
  return line.totalCents - (line.isTaxIncluded ? 0n : line.taxCents)
}

function sumOf<T>(rows: readonly T[], valueOf: (row: T) => Cents): Cents {
  return rows.reduce((sum, row) => sum + valueOf(row), 0n)
}

/** "19%", "7.7%". */
export function formatRate(bps: number): string {
  return `${(bps / 100).toString()}%`
}

/**
 * Text that can be set in one line of print: without controls, and without signs that turn the direction of what comes after
 * them; whole characters only.
 */
export function printable(text: string): string {
  return text
    .toWellFormed()
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/[\p{Cf}--[\u200c\u200d]]/gv, '')
    .trim()
}
