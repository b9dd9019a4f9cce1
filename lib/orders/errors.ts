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
  'not-sent-there': { status: 409, message: 'One of the shops does not send to this country.' },
  'shipping-gone': {
    status: 409,
    message: 'One of the shops does not send it this way any more. Choose another way and look at the total.',
  },
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
      'No money moves here, so only the test cards of the checkout work: 4242 4242 4242 4242 pays, ' +
      '4000 0027 6000 3184 asks you first, 4000 0000 0000 0002 is declined.',
  },
  'card-missing': { status: 400, message: 'Say which card pays.' },
  'card-not-taken': {
    status: 400,
    message: 'Cards are asked for on the page of the payment provider: send the order without one.',
  },
  'challenge-over': { status: 409, message: 'This was answered before, or the payment is over.' },
  'bad-signature': { status: 400, message: 'This was not signed by the payment provider, or too long ago.' },
  'wrong-state': { status: 409, message: 'That cannot be done to this order as it is now. Look at it again.' },
  'dispute-over': { status: 409, message: 'The time to complain about this order is over.' },
  'nothing-left': { status: 409, message: 'All of this order is refunded already, or on its way back.' },
  'unknown-line': { status: 400, message: 'This line is not part of the order.' },
  'more-than-left': { status: 409, message: 'That is more than is left to refund of this line.' },
  'refund-refused': {
    status: 422,
    message: 'The payment provider would not give the money back. Nothing was refunded; the money is where it was.',
  },
  'rules-changed': {
    status: 409,
    message: 'Somebody else changed these rules meanwhile. Look at them as they are now; nothing was saved.',
  },
  'unknown-names': { status: 400, message: 'A rule names a shop or a category that there is not. Nothing was saved.' },
} as const satisfies ErrorTable

export type OrderCode = keyof typeof orderErrors
