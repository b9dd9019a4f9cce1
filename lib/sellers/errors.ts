import type { ErrorTable } from '#lib/errors'

export const sellerErrors = {
  'already-seller': { status: 409, message: 'You have a shop already.' },
  'shop-handle-taken': { status: 409, message: 'A shop with this handle exists. Choose another one.' },
  'shop-handle-reserved': { status: 409, message: 'This handle is kept for the market itself. Choose another one.' },
  'not-your-picture': { status: 409, message: 'This picture is not one you uploaded.' },
} as const satisfies ErrorTable

export type SellerCode = keyof typeof sellerErrors

/** The form field that a refusal is about. */
export const fieldOfCode: Partial<Record<string, string>> = {
  'shop-handle-taken': 'handle',
  'shop-handle-reserved': 'handle',
  'not-your-picture': 'pictureId',
}
