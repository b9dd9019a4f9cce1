import type { ErrorTable } from '#lib/errors'

export const inventoryErrors = {
  'sold-out': { status: 409, message: 'The last piece is taken.' },
  'not-enough': { status: 409, message: 'There are not that many left.' },
  'not-on-sale': { status: 409, message: 'This is not on sale at the moment.' },
  'not-open-yet': { status: 409, message: 'This has not opened yet.' },
  'over-cap': { status: 409, message: 'That is more than one buyer may have.' },
  'address-full': {
    status: 409,
    message: 'Too many of these are held from your network. Try again when some are back.',
  },
  'sign-in-for-more': { status: 409, message: 'The rest of these is kept for buyers who are signed in.' },
  'cooling-down': {
    status: 409,
    message: 'You had this for a while. Others may take it now; then it is your turn again.',
  },
  'being-paid': { status: 409, message: 'This line is being paid for just now.' },
  'cart-full': { status: 409, message: 'The cart is full. Check out or remove something first.' },
  'unknown-variant': { status: 404, message: 'This product version does not exist.' },
  'still-available': { status: 409, message: 'There are enough of these left. Put it in your cart.' },
  'too-many-places': { status: 409, message: 'You are waiting for as many things as one can. Leave a waitlist first.' },
  'stock-changed': { status: 409, message: 'The stock changed meanwhile. Look at the new number and try again.' },
  'below-held': { status: 409, message: 'Buyers hold more pieces than that would leave.' },
  'over-capacity': { status: 409, message: 'You may not have that many pieces on sale at once.' },
} as const satisfies ErrorTable

export type InventoryCode = keyof typeof inventoryErrors
