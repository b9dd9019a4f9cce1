import type { ApiDocument } from './types.ts'

/** The head of the OpenAPI document. The sentences about conventions are drawn on `/docs/api` too. */
export const info: Pick<ApiDocument, 'openapi' | 'info' | 'servers' | 'tags'> = {
  openapi: '3.1.0',
  info: {
    title: 'Souk',
    version: '1',
    summary: 'Everything the site can do, because the site itself lives on it.',
    description:
      'Amounts are strings of minor units ("1250" is 12.50), times are ISO 8601 in UTC, ids are UUIDs. What a request ' +
      'names and the API does not know is refused, never ignored. A refusal is a problem document (RFC 9457) with a ' +
      'stable `code`; every code has a sentence at `/docs/errors`. Every request stands alone: any node answers it. ' +
      'The same changes are told as they happen by the live channel, which `/api/v1/asyncapi.json` describes.',
    license: { name: 'MIT', identifier: 'MIT' },
  },
  servers: [{ url: '/api/v1', description: 'The market that serves this document' }],
  tags: [
    { name: 'Accounts', description: 'Signing up, tokens for programs, and where one is signed in.' },
    { name: 'Products', description: 'What everyone may look at: categories, products, prices.' },
    { name: 'Stock', description: 'Live counts for everyone, and the changes that a seller makes to them.' },
    {
      name: 'Cart',
      description: 'A line of a cart holds its pieces: nobody else can take them until its time is over.',
    },
    { name: 'Waitlist', description: 'A place in line for what is sold out.' },
    { name: 'Orders', description: 'Paying for what a cart holds, and what follows.' },
    { name: 'Reviews', description: 'Thumbs and words of who received something, and the ratings they come to.' },
    { name: 'Payments', description: 'What payment providers tell, and the sandbox in their place.' },
    { name: 'Sellers', description: 'Shops, and how they send.' },
    { name: 'Selling', description: 'What a shop does with its products, orders and money.' },
    { name: 'Pictures', description: 'Uploads for products and shops.' },
    { name: 'Operating', description: 'What operators of the market decide and see.' },
  ],
}

export const securitySchemes = {
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: 'souk.session',
    description:
      'What signing in on the site sets; on a market served over https it is called `__Host-souk.session`. ' +
      'Every write with it needs an `Origin` of the market itself.',
  },
  token: {
    type: 'http',
    scheme: 'bearer',
    description:
      'From `POST /tokens`, sent as `Authorization: Bearer …`. It needs no Origin, because no browser adds it. Each operation ' +
      'names the scope that a token needs for it: `read`, `buy`, `sell`, `account` or `operate`.',
  },
  visitor: {
    type: 'apiKey',
    in: 'cookie',
    name: 'souk.cart',
    description: 'A visitor’s cart: the first piece that is held sets it, and signing in makes the cart the member’s.',
  },
} as const
