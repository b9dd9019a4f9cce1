import type { ErrorTable } from '#lib/errors'

export const traderErrors = {
  'account-taken': { status: 409, message: 'Another shop is paid into this account. Give your own.' },
} as const satisfies ErrorTable

export type TraderCode = keyof typeof traderErrors

/** The form field that a refusal is about. */
export const fieldOfCode: Partial<Record<string, string>> = { 'account-taken': 'account' }
