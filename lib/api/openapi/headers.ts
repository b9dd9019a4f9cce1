import type { ApiHeader, ApiParameter, JsonSchema, Ref } from './types.ts'

/** What answers say beside their body. */
export const headers = {
  'Retry-After': {
    description: 'After how many seconds it is worth asking again.',
    schema: { type: 'integer', minimum: 1, examples: [1] },
  },
  'WWW-Authenticate': {
    description: 'For a bearer token that is not known, was revoked, or is over.',
    schema: { type: 'string', examples: ['Bearer error="invalid_token"'] },
  },
  'RateLimit-Policy': {
    description:
      'What is counted: the name of each limit, how many requests it lets through (q) in how many seconds (w).',
    schema: { type: 'string', examples: ['"address";q=6000;w=60'] },
  },
  RateLimit: {
    description: 'What is left of each limit: how many requests (r), and in how many seconds it is full again (t).',
    schema: { type: 'string', examples: ['"address";r=599;t=60'] },
  },
  ETag: {
    description: 'Which revision this is: to be sent as If-Match with the change that was decided on it.',
    schema: { type: 'string', examples: ['"3"'] },
  },
  Link: {
    description: 'The address of the next page, where there is one (RFC 8288).',
    schema: { type: 'string', examples: ['</api/v1/products?cursor=eyJpZCI6IjAxOThjNWYyIn0>; rel="next"'] },
  },
  'Content-Disposition': {
    description: 'The name of the file.',
    schema: { type: 'string', examples: ['inline; filename="invoice-S-7K2M9QXA.pdf"'] },
  },
  'Set-Cookie': {
    description: 'For a visitor’s first piece: the cookie `souk.cart`, which names the cart that holds it.',
    schema: { type: 'string', examples: ['souk.cart=…; Path=/; HttpOnly; SameSite=Lax'] },
  },
} satisfies Record<string, ApiHeader>

const FILES = ['text/csv', 'application/pdf']

/** The headers of a success. Every request is counted; the rest is told from what the operation takes and gives. */
export function headersOf(operation: {
  readonly operationId: string
  readonly parameters: readonly ApiParameter[]
  readonly mediaTypes: readonly string[]
  readonly answer: JsonSchema | undefined
  readonly isKnownAnswered: boolean
}): Record<string, Ref> {
  const { operationId, parameters, mediaTypes, answer, isKnownAnswered } = operation
  const names: (keyof typeof headers)[] = ['RateLimit-Policy', 'RateLimit']
  if (isKnownAnswered || parameters.some(({ name }) => name === 'If-Match')) names.push('ETag')
  if (answer?.properties?.items && answer.properties.nextCursor) names.push('Link')
  if (mediaTypes.some((type) => FILES.includes(type))) names.push('Content-Disposition')
  if (operationId === 'holdInCart') names.push('Set-Cookie')
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]))
}
