import type { ErrorTable } from '#lib/errors'

export const authErrors = {
  'handle-taken': { status: 409, message: 'This handle is taken. Choose another one.' },
  'handle-reserved': { status: 409, message: 'This handle is kept for the market itself. Choose another one.' },
  'email-taken': { status: 409, message: 'There is an account with this e-mail address already. Sign in instead.' },
  'common-password': { status: 422, message: 'Too many people use this password. Choose another one.' },
  'personal-password': { status: 422, message: 'The password must not contain your handle.' },
  'too-many-tokens': { status: 409, message: 'You have 100 tokens that work. Revoke one that you do not need.' },
  'wrong-credentials': { status: 401, message: 'The handle or e-mail address and the password do not fit together.' },
} as const satisfies ErrorTable

export type AuthCode = keyof typeof authErrors

/** The form field that a refusal of a sign-up is about. */
export const fieldOfCode: Partial<Record<string, string>> = {
  'handle-taken': 'handle',
  'handle-reserved': 'handle',
  'email-taken': 'email',
  'common-password': 'password',
  'personal-password': 'password',
}
