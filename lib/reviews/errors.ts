import type { ErrorTable } from '#lib/errors'

export const reviewErrors = {
  'not-received': { status: 409, message: 'You can say how it was once it has arrived.' },
  'given-back': { status: 409, message: 'All of it was paid back, so there is nothing to review.' },
  'own-shop': { status: 409, message: 'Nobody reviews their own shop.' },
  'review-hidden': { status: 409, message: 'The market has hidden this review. It stays as it is.' },
} as const satisfies ErrorTable

export type ReviewCode = keyof typeof reviewErrors
