/** Minor units of the market's currency. Always a bigint: no sum or product may pass through a float. */
export type Cents = bigint

/** The currency of the market. One for all, until the ledger learns more. */
export const CURRENCY = 'EUR'

const AMOUNT = /^(\d{1,10})(?:[.,](\d{1,2}))?$/

/**
 * Reads an amount as a person writes it: "12", "12.5" or "12,50".
 * Refuses: more than two decimals, signs, thousands separators, anything else; then null.
 */
export function parseAmount(text: string): Cents | null {
  const match = AMOUNT.exec(text.trim())
  if (!match) return null
  const [, whole = '0', decimals = ''] = match
  return BigInt(whole) * 100n + BigInt(decimals.padEnd(2, '0'))
}

/** The form of an amount that `parseAmount` reads back: "12.50". */
export function writeAmount(cents: Cents): string {
  const text = cents.toString().padStart(3, '0')
  return `${text.slice(0, -2)}.${text.slice(-2)}`
}

/** The form people read: "€12.50". Used by the one component that prints money, and by the command line. */
export function formatMoney(cents: Cents, locale = 'en-IE', currency = CURRENCY): string {
  const format = formatOf(locale, currency)
  // A decimal string keeps every digit: Intl formats it exactly, a number would round above 2^53.
  return format.format(`${cents < 0n ? '-' : ''}${writeAmount(cents < 0n ? -cents : cents)}` as `${number}`)
}

/**
 * Splits an amount in proportion to weights, to the cent.
 * Guarantees: the parts sum to the amount; no part is a cent or more from its exact share. Who gets the cents that are left
 * over: the largest remainders, and of equal ones the first.
 * Units: cents, not below nothing, like the weights. With no weight at all the first part gets everything.
 * Source: the largest remainder method (Hamilton).
 */
export function splitCents(amount: Cents, weights: readonly bigint[]): Cents[] {
  const sum = weights.reduce((total, weight) => total + weight, 0n)
  if (sum === 0n) return weights.map((_, index) => (index === 0 ? amount : 0n))
  const parts = weights.map((weight) => (amount * weight) / sum)
  const left = amount - parts.reduce((total, part) => total + part, 0n)
  const byRemainder = weights
    .map((weight, index) => ({ index, remainder: (amount * weight) % sum }))
    .toSorted((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1))
  for (const { index } of byRemainder.slice(0, Number(left))) parts[index] = (parts[index] ?? 0n) + 1n
  return parts
}

/** Making one costs far more than using it. */
const formats = new Map<string, Intl.NumberFormat>()

function formatOf(locale: string, currency: string): Intl.NumberFormat {
  const name = `${locale} ${currency}`
  const format = formats.get(name) ?? new Intl.NumberFormat(locale, { style: 'currency', currency })
  formats.set(name, format)
  return format
}
