import type { ErrorTable } from '#lib/errors'

export const orderErrors = {
  'empty-cart': { status: 409, message: 'There is nothing in the cart to pay for.' },
  'lines-lapsed': {
    status: 409,
    message: 'The time of a line in the cart is over. Hold it again or remove it, then pay.',
  },
  'being-paid': { status: 409, message: 'This cart is being paid for just now, perhaps in another window.' },
  'not-for-sale': { status: 409, message: 'Something in the cart is not for sale any more. Remove it, then pay.' },
  'own-product': { status: 409, message: 'A shop cannot buy from itself. Remove your own product, then pay.' },
  'total-changed': { status: 409, message: 'The total changed meanwhile. Look at the new one and pay again.' },
  'in-progress': {
    status: 409,
    message: 'This order is still being worked on. Ask again in a moment with the same key.',
  },
  'key-reused': { status: 422, message: 'This Idempotency-Key was used for another request. Take a new key.' },
  'payment-declined': { status: 422, message: 'The payment was declined. Nothing was charged and nothing ordered.' },
  'card-expired': { status: 400, message: 'This card has expired.' },
  'unknown-test-card': {
    status: 400,
    message:
      'No money moves here, so only test cards work: 4242 4242 4242 4242 pays, 4000 0000 0000 0077 pays slowly, ' +
      '4000 0000 0000 0002 is declined, 4000 0000 0000 9995 has insufficient funds.',
  },
} as const satisfies ErrorTable

export type OrderCode = keyof typeof orderErrors
