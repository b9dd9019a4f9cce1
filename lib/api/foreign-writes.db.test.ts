import { expect, test } from 'vitest'
import { cookieOf, HOST, OURS, serveApi } from '../../scripts/test-api.ts'
import { useTestDatabase } from '../../scripts/test-database.ts'
import { makeSeller } from '../../scripts/test-market.ts'

process.env.SOUK_SECRET = 'a secret of at least thirty-two characters'
process.env.RATE_LIMIT_FACTOR = '1000'
await useTestDatabase()

const { ask, listOperations } = serveApi()
const cookie = await cookieOf((await makeSeller()).userId)
const FORM = { 'content-type': 'application/x-www-form-urlencoded' }
const foreign = [403, 'foreign-origin']
const wrongType = [415, 'wrong-content-type']

/** What another site can make a browser send, and what it has to come to on every write. */
const tries: readonly [string, Record<string, string>, string | undefined, readonly unknown[]][] = [
  ['a form of another site', { ...cookie, ...FORM, origin: 'https://evil.test' }, 'quantity=1', foreign],
  ['a form of a page without an address', { ...cookie, ...FORM, origin: 'null' }, 'quantity=1', foreign],
  ['a form that hides where it comes from', { ...cookie, ...FORM }, 'quantity=1', foreign],
  ['a sister site', { ...cookie, origin: `http://shop.${HOST}` }, '{}', foreign],
  ['a request without a body', { ...cookie }, undefined, foreign],
  ['one that only the browser gives away', { 'sec-fetch-site': 'cross-site' }, '{}', foreign],
  ['a sister site that only the browser gives away', { 'sec-fetch-site': 'same-site' }, '{}', foreign],
  ['JSON that is called text', { ...OURS, ...cookie, 'content-type': 'text/plain' }, '{}', wrongType],
  ['a form of our own', { ...OURS, ...cookie, ...FORM }, 'quantity=1', wrongType],
  ['an empty form of our own', { ...OURS, ...cookie, ...FORM, 'content-length': '0' }, undefined, wrongType],
]

test.each(tries)('no write there is takes %s', async (_, headers, body, refusal) => {
  const writes = listOperations().filter(
    ({ method, path }) => method !== 'get' && !path.startsWith('/payments/webhooks/'),
  )
  expect(writes.length).toBeGreaterThan(30)
  for (const { method, path } of writes) {
    const { status, json } = await ask(method, path, headers, body)
    expect([status, json.code], `${method} ${path}`).toEqual(refusal)
  }
})

test('what our own pages send is taken', async () => {
  const fetched = { ...OURS, ...cookie, 'sec-fetch-site': 'same-origin' }
  expect((await ask('delete', '/cart', fetched)).status).toBe(200)
  expect((await ask('patch', '/seller', fetched, { about: 'Lamps.' })).status).toBe(200)
})
