/** The head of the OpenAPI document; the paths come from the routes. */
export const openApiInfo = {
  openapi: '3.1.0',
  info: {
    title: 'Souk',
    version: '1',
    description:
      'Everything the site can do. Amounts are strings of minor units ("1250" is 12.50), times are ISO 8601 in UTC. ' +
      'A refusal is a problem document with a stable `code`.',
    license: { name: 'MIT', identifier: 'MIT' },
  },
  servers: [{ url: '/' }],
}
