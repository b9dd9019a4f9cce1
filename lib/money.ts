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
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency })
  // A decimal string keeps every digit: Intl formats it exactly, a number would round above 2^53.
  return format.format(`${cents < 0n ? '-' : ''}${writeAmount(cents < 0n ? -cents : cents)}` as `${number}`)
}
