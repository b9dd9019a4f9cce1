import type { Words } from './words.ts'

/** Refusals, people, shops, sessions, and what every list has. */
export const people: Words = {
  // The refusal
  type: ['An address that explains the code.', '/docs/errors#sold-out'],
  'Problem.title': ['A sentence for people.', 'The last piece is taken.'],
  'Problem.status': ['The HTTP status once more.', 409],
  code: ['What a program decides on. It never changes its meaning.', 'sold-out'],
  detail: ['Numbers and names that help to go on, by code.', { available: 0 }],
  fields: [
    'For input that does not fit: a sentence for each field, by its path.',
    { quantity: 'must be a whole number' },
  ],

  // People and shops
  handle: ['The short name in addresses, lower-case.', 'lamp-room'],
  'NewAccount.handle': ['Your short name, unique in the market.', 'ada'],
  'Account.handle': ['The short name of the account.', 'ada'],
  'user.handle': ['Your short name.', 'ada'],
  name: ['As people read it.', 'The Lamp Room'],
  'NewAccount.name': ['Your name.', 'Ada Lovelace'],
  'user.name': ['Your name.', 'Ada Lovelace'],
  'AddressInput.name': ['Who it is sent to.', 'Ada Lovelace'],
  'address.name': ['Who it was sent to.', 'Ada Lovelace'],
  'CardInput.name': ['The name on the card.', 'Ada Lovelace'],
  'TokenRequest.name': ['', 'my script'],
  'Token.name': ['What it is for.', 'my script'],
  'Category.name': ['As people read it.', 'Home and living'],
  'category.name': ['As people read it.', 'Home and living'],
  'methods.name': ['What buyers read.', 'Parcel'],
  'duties.name': ['The duty.', 'settle'],
  email: ['An e-mail address; nobody else is shown it.', 'ada@example.org'],
  password: ['At least 10 characters, and not one that many use.', 'correct horse battery'],
  login: ['Your handle or your e-mail address.', 'ada'],
  role: ['`admin` operates the market.', 'member'],
  about: ['What the shop says of itself.', 'Lamps, restored by hand.'],
  user: ['Who asks; null when nobody is signed in.'],
  seller: ['The shop.'],
  'user.seller': ['Your shop; null without one.'],
  'rules.seller': ['The handle of a shop; null for all of them.', null],
  sellerHandle: ['The handle of the shop.', 'lamp-room'],
  sellerName: ['The name of the shop.', 'The Lamp Room'],
  sellerId: ['The id of the shop.', '0198c5f2-6f3a-7c1e-9b1d-2f4a6c8e0b01'],
  shop: ['The name of the shop.', 'The Lamp Room'],
  cartCount: ['Pieces in your cart.', 2],

  // Sessions and tokens
  sid: ['The id of the session.', '0198c5f2-6f3a-7c1e-9b1d-2f4a6c8e0b02'],
  userAgent: ['What the browser called itself.', 'Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0'],
  isCurrent: ['Whether it is the one that asks.', true],
  lastSeenAt: ['When it asked last.', '2026-11-21T10:30:00.000Z'],
  sessions: ['The sign-ins that hold.'],
  tokens: ['The tokens that work.'],
  token: ['The token.', 'souk_4mQ8vT2xJc7RkW1nZb5LpY9dHs3GfA6e'],
  ended: ['How many ended.', 2],

  // Every list
  id: ['Its id.', '0198c5f2-6f3a-7c1e-9b1d-2f4a6c8e0b03'],
  items: ['This page of them.'],
  nextCursor: ['To be sent as `cursor` for the next page; null on the last one.', null],
  createdAt: ['When it was made.', '2026-11-21T10:30:00.000Z'],
  expiresAt: ['Until when it holds.', '2026-11-21T10:40:00.000Z'],
  serverNow: ['The clock of the database, for countdowns.', '2026-11-21T10:30:00.000Z'],
  status: ['How far it is.'],
  count: ['', 2],
  currency: ['ISO 4217.', 'EUR'],
}
