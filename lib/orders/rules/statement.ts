import type { Cents } from '#lib/money'
import { DAY_MS } from '#lib/time'

/** Days of UTC as YYYY-MM-DD, both in it. */
export interface DayRange {
  readonly from: string
  readonly to: string
}

export const STATEMENT_DAYS = { usual: 30, most: 366 } as const

/** The days that are asked for: without a beginning the 30 before the end, without an end all to this day, but never too many. */
export function rangeOf({ from, to }: Partial<Record<keyof DayRange, string | undefined>>, now: Date): DayRange {
  const today = dayOf(now)
  if (to) return { from: from ?? addDays(to, 1 - STATEMENT_DAYS.usual), to }
  if (!from) return { from: addDays(today, 1 - STATEMENT_DAYS.usual), to: today }
  const last = addDays(from, STATEMENT_DAYS.most - 1)
  // What begins later than today is a day that has not come yet.
  return { from, to: from > today ? from : today < last ? today : last }
}

/** From the first moment of the first day to the first moment after the last. */
export function spanOf({ from, to }: DayRange): { readonly since: Date; readonly until: Date } {
  return { since: new Date(`${from}T00:00:00Z`), until: new Date(Date.parse(`${to}T00:00:00Z`) + DAY_MS) }
}

/** How many days are in it; below one when it ends before it begins. */
export function countDays({ from, to }: DayRange): number {
  return (Date.parse(to) - Date.parse(from)) / DAY_MS + 1
}

/** What a posting of a seller's account says to people. Units: cents; below nothing it took from the seller. */
export interface StatementLine {
  readonly at: Date
  readonly kind: string
  readonly orderNumber: string | null
  readonly title: string | null
  readonly commissionCents: Cents
  readonly taxCents: Cents
  readonly netCents: Cents
  readonly balanceCents: Cents
  readonly payoutId: string | null
}

export const STATEMENT_COLUMNS = [
  'date',
  'kind',
  'order',
  'product',
  'gross',
  'commission',
  'tax',
  'net',
  'balance',
  'payout',
] as const

/** The cells of a row, in the order of the columns. Gross less commission and tax is net; a payout has only a net. */
export function cellsOf(line: StatementLine): string[] {
  const isPayout = line.payoutId !== null
  const amounts = isPayout
    ? ['', '', '']
    : [grossOf(line), line.commissionCents, line.taxCents].map((cents) => signedAmount(cents))
  return [
    line.at.toISOString(),
    line.kind,
    guardCell(line.orderNumber ?? ''),
    guardCell(line.title ?? ''),
    ...amounts,
    signedAmount(line.netCents),
    signedAmount(line.balanceCents),
    line.payoutId ?? '',
  ]
}

/** The row before the first and the one behind the last: the balance then. */
export function balanceCells(kind: 'opening' | 'closing', at: Date, balanceCents: Cents): string[] {
  return [at.toISOString(), kind, '', '', '', '', '', '', signedAmount(balanceCents), '']
}

export function grossOf(line: { netCents: Cents; commissionCents: Cents; taxCents: Cents }): Cents {
  return line.netCents + line.commissionCents + line.taxCents
}

/** "-12.50": what a spreadsheet reads as a number. */
export function signedAmount(cents: Cents): string {
  const digits = (cents < 0n ? -cents : cents).toString().padStart(3, '0')
  return `${cents < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/**
 * Text that a spreadsheet shows and does not calculate: a title that begins like a formula gets an apostrophe before it.
 * Amounts do not pass through here: a minus before a number is a number.
 * Source: OWASP, CSV injection.
 */
export function guardCell(text: string): string {
  return /^[=+\-@\t\r\n\uff0b\uff0d\uff1d\uff20]/.test(text) ? `'${text}` : text
}

function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10)
}

function addDays(day: string, days: number): string {
  return dayOf(new Date(Date.parse(day) + days * DAY_MS))
}
