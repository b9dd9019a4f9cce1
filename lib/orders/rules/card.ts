import type { DeclineCode } from '../types.ts'

/** What the sandbox does with a card. */
export type CardBehaviour =
  'pay' | 'pay-slowly' | 'ask' | 'pay-late' | 'lose-answer' | 'card-declined' | 'insufficient-funds'

/** The cards the sandbox provider knows; nothing else is accepted, so that nobody types in a real one. */
export const TEST_CARDS: readonly { number: string; meaning: string; does: CardBehaviour }[] = [
  { number: '4242424242424242', meaning: 'pays', does: 'pay' },
  { number: '4000002760003184', meaning: 'asks you first', does: 'ask' },
  { number: '4000000000000077', meaning: 'pays slowly', does: 'pay-slowly' },
  { number: '4000000000000259', meaning: 'is confirmed later', does: 'pay-late' },
  { number: '4000000000000119', meaning: 'loses the answer', does: 'lose-answer' },
  { number: '4000000000000002', meaning: 'is declined', does: 'card-declined' },
  { number: '4000000000009995', meaning: 'has insufficient funds', does: 'insufficient-funds' },
]

/** What a card of the sandbox does; undefined for any other card. Takes bare digits. */
export function behaviourOf(number: string): CardBehaviour | undefined {
  return TEST_CARDS.find((card) => card.number === number)?.does
}

/** A card number as people type it, in groups: only its digits count. */
export function cardDigits(text: string): string {
  return text.replace(/[\s-]/g, '')
}

/** Whether the check digit fits (Luhn): catches a mistyped digit and most swapped neighbours. Takes bare digits. */
export function isCardNumber(digits: string): boolean {
  if (!/^\d{12,19}$/.test(digits)) return false
  let sum = 0
  for (let index = 0; index < digits.length; index++) {
    const digit = Number(digits[digits.length - 1 - index])
    const weighed = index % 2 === 0 ? digit : digit * 2
    sum += weighed > 9 ? weighed - 9 : weighed
  }
  return sum % 10 === 0
}

/** Whether a card marked MM/YY is over. It is good until the last day of its month ends, wherever on earth that is. */
export function isExpired(expiry: string, now: Date): boolean {
  const [month = 0, year = 0] = expiry.split('/').map(Number)
  // The first moment of the following month, and the twelve hours by which the last time zone is late.
  return now.getTime() >= Date.UTC(2000 + year, month, 1, 12)
}

/** The only part of a number that is ever kept. */
export function lastFour(digits: string): string {
  return digits.slice(-4)
}

/** Why nothing was charged, for the buyer. */
export function declineReason(code: DeclineCode): string {
  switch (code) {
    case 'card-declined':
      return 'The bank declined this card. Try another one.'
    case 'insufficient-funds':
      return 'There is not enough money on this card. Try another one.'
    case 'challenge-failed':
      return 'The payment was not confirmed. Try again, or take another card.'
    case 'provider-refused':
      return 'The payment provider does not take this payment. Nothing was charged.'
    case 'abandoned':
      return 'The payment was interrupted before it was made. Please pay again.'
  }
}
