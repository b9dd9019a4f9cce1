import type { ErrorTable } from '#lib/errors'

export const inventoryErrors = {
  'sold-out': { status: 409, message: 'The last piece is taken.' },
  'not-enough': { status: 409, message: 'There are not that many left.' },
  'not-on-sale': { status: 409, message: 'This is not on sale at the moment.' },
  'not-open-yet': { status: 409, message: 'This has not opened yet.' },
  'over-cap': { status: 409, message: 'That is more than one buyer may have.' },
  'being-paid': { status: 409, message: 'This line is being paid for just now.' },
  'cart-full': { status: 409, message: 'The cart is full. Check out or remove something first.' },
  'unknown-variant': { status: 404, message: 'This product version does not exist.' },
  'stock-changed': { status: 409, message: 'The stock changed meanwhile. Look at the new number and try again.' },
  'below-held': { status: 409, message: 'Buyers hold more pieces than that would leave.' },
} as const satisfies ErrorTable

export type InventoryCode = keyof typeof inventoryErrors
