import { setImmediate as breathe } from 'node:timers/promises'
import { formatMoney, type Cents } from '#lib/money'
import { formatRate, type InvoiceLine } from '../rules/invoice.ts'
import { LEFT, openSheet, PAGE, RIGHT, type Sheet } from './invoice-sheet.ts'
import { wrap } from './invoice-text.ts'
import type { Invoice } from './invoice.ts'

const SIZE = 9
const LEADING = 12.5
const COLUMNS = { quantity: 348, unit: 424, rate: 468 } as const
const TITLE_WIDTH = 262
/** After so many lines other requests have their turn. */
const TURN = 20

/**
 * An invoice as a PDF to print: A4, as many pages as it needs, the columns' names on each.
 * Guarantees: the same invoice is the same bytes; no text, in whatever script, makes it fail.
 */
export async function printInvoice(invoice: Invoice): Promise<Buffer> {
  const { number, seller, paidAt } = invoice
  const sheet = openSheet({ title: `Invoice ${number}`, author: seller.name, at: paidAt })
  const money = (cents: Cents) => formatMoney(cents, 'en-IE', invoice.currency)
  printHead(sheet, invoice)
  const isTaxed = invoice.sums.taxes.length > 0
  printColumns(sheet, isTaxed)
  for (const [index, line] of invoice.lines.entries()) {
    if (index % TURN === TURN - 1) await breathe()
    printLine(sheet, line, { money, isTaxed, shippingMethod: invoice.shippingMethod })
  }
  printSums(sheet, invoice, money)
  return sheet.finish((page, pages) => {
    sheet.y = PAGE.height - 42
    sheet.text(`Invoice ${number} · ${seller.name}`.slice(0, 90), LEFT, { size: 8, color: 'muted' })
    sheet.text(`Page ${page} of ${pages}`, RIGHT, { size: 8, color: 'muted', end: true })
  })
}

function printHead(sheet: Sheet, invoice: Invoice): void {
  const { number, orderNumber, paidAt, seller, buyer } = invoice
  sheet.y += 22
  sheet.text('Invoice', LEFT, { size: 26, weight: 'bold', color: 'accent' })
  sheet.text(number, RIGHT, { size: 13, weight: 'bold', end: true })
  sheet.y += 34
  const top = sheet.y
  printBlock(sheet, LEFT, 160, 'From', [seller.name, `Shop ${seller.handle} on Souk`])
  const afterSeller = sheet.y
  sheet.y = top
  printBlock(sheet, LEFT + 175, 170, 'To', buyer)
  const afterBuyer = sheet.y
  sheet.y = top
  printBlock(sheet, LEFT + 360, RIGHT - LEFT - 360, 'Order', [orderNumber, `Paid ${dateOf(paidAt)}`])
  sheet.y = Math.max(afterSeller, afterBuyer, sheet.y) + 18
}

function printBlock(sheet: Sheet, x: number, width: number, name: string, [first = '', ...rest]: readonly string[]) {
  sheet.text(name, x, { size: 8, color: 'muted' })
  sheet.y += 14
  sheet.paragraph(first, x, width, { size: 10, weight: 'bold', leading: LEADING })
  for (const line of rest) sheet.paragraph(line, x, width, { size: SIZE, leading: LEADING })
}

function printColumns(sheet: Sheet, isTaxed: boolean): void {
  const look = { size: 8, color: 'muted', end: true } as const
  sheet.text('Item', LEFT, { ...look, end: false })
  sheet.text('Quantity', COLUMNS.quantity, look)
  sheet.text('Price', COLUMNS.unit, look)
  if (isTaxed) sheet.text('Tax', COLUMNS.rate, look)
  sheet.text('Total', RIGHT, look)
  sheet.y += 6
  sheet.rule()
  sheet.y += 14
}

interface LinePrint {
  readonly money: (cents: Cents) => string
  readonly isTaxed: boolean
  readonly shippingMethod: string | null
}

function printLine(sheet: Sheet, line: InvoiceLine, { money, isTaxed, shippingMethod }: LinePrint): void {
  const details = line.kind === 'shipping' && shippingMethod ? [shippingMethod] : line.optionValues
  const [title = '', ...others] = wrap(line.title, 'regular', SIZE, TITLE_WIDTH)
  const notes = details.length > 0 ? wrap(details.join(', '), 'regular', 8, TITLE_WIDTH) : []
  if (!sheet.hasRoom((1 + others.length + notes.length) * LEADING)) {
    sheet.newPage()
    printColumns(sheet, isTaxed)
  }
  // In the order of reading, which is the one in which it is copied and read aloud.
  sheet.text(title, LEFT)
  sheet.text(line.quantity.toLocaleString('en-IE'), COLUMNS.quantity, { end: true })
  sheet.text(money(line.unitPriceCents), COLUMNS.unit, { end: true })
  if (isTaxed && line.taxCents > 0n) sheet.text(formatRate(line.taxBps), COLUMNS.rate, { color: 'muted', end: true })
  sheet.text(money(line.totalCents), RIGHT, { end: true })
  sheet.y += LEADING
  for (const more of others) {
    sheet.text(more, LEFT)
    sheet.y += LEADING
  }
  for (const note of notes) {
    sheet.text(note, LEFT, { size: 8, color: 'muted' })
    sheet.y += LEADING
  }
  sheet.y += 4
}

interface Row {
  readonly term: string
  readonly cents: Cents
  readonly isMain?: boolean
  readonly isNote?: boolean
}

function printSums(sheet: Sheet, invoice: Invoice, money: (cents: Cents) => string): void {
  const rows = rowsOf(invoice, money)
  if (!sheet.hasRoom(rows.length * 18)) sheet.newPage()
  sheet.rule()
  sheet.y += 18
  for (const { term, cents, isMain = false, isNote = false } of rows) {
    if (isMain) sheet.y += 6
    const look = {
      size: isMain ? 12 : SIZE,
      weight: isMain ? 'bold' : 'regular',
      color: isNote ? 'muted' : 'ink',
    } as const
    sheet.text(term, RIGHT - 250, look)
    sheet.text(money(cents), RIGHT, { ...look, end: true })
    sheet.y += isMain ? 20 : 15
  }
}

/** The sum from its parts to what is left of it, in the order of reading. */
function rowsOf({ sums, refunds }: Invoice, money: (cents: Cents) => string): Row[] {
  const tax = (bps: number) => `Tax ${formatRate(bps)}`
  const parts: Row[] = [{ term: 'Goods', cents: sums.goodsCents }]
  if (sums.shippingCents !== null) parts.push({ term: 'Shipping', cents: sums.shippingCents })
  for (const row of sums.taxes.filter(({ isIncluded }) => !isIncluded)) {
    parts.push({ term: `${tax(row.bps)} on ${money(row.netCents)}`, cents: row.taxCents })
  }
  const total: Row = { term: 'Total', cents: sums.totalCents, isMain: true }
  const included = sums.taxes
    .filter(({ isIncluded }) => isIncluded)
    .map((row) => ({ term: `${tax(row.bps)} in it, on ${money(row.netCents)}`, cents: row.taxCents, isNote: true }))
  if (refunds.length === 0) return [...parts, total, ...included]
  const back = refunds.flatMap(({ at, isPending, totalCents, taxCents }): Row[] => [
    { term: `${isPending ? 'Refund on its way since' : 'Refunded'} ${dateOf(at)}`, cents: -totalCents },
    ...(taxCents > 0n ? [{ term: 'Tax in it', cents: -taxCents, isNote: true }] : []),
  ])
  const left = refunds.reduce((sum, refund) => sum - refund.totalCents, sums.totalCents)
  return [...parts, total, ...included, ...back, { term: 'After refunds', cents: left, isMain: true }]
}

function dateOf(at: Date): string {
  return at.toLocaleDateString('en-IE', { dateStyle: 'long', timeZone: 'UTC' })
}
