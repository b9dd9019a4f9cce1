import { expect, test } from 'vitest'
import { explain, parseDatabaseUrl } from './external-database.ts'

const url = new URL('postgresql://ann:geheim%21@db.example.org:6000/shop')

test.each(['shop', 'mysql://ann@host/shop', 'postgresql://host', 'postgresql://host/', 'postgres://ho st/shop'])(
  '%s is refused as no PostgreSQL address',
  (text) => {
    expect(() => parseDatabaseUrl(text)).toThrow(/DATABASE_URL is no PostgreSQL address/)
  },
)

test('both spellings of the protocol are taken', () => {
  expect(parseDatabaseUrl('postgres://host/shop').hostname).toBe('host')
  expect(parseDatabaseUrl('postgresql://host/shop').hostname).toBe('host')
})

test.each([
  [{ code: 'ECONNREFUSED', message: '' }, 'No PostgreSQL answers at db.example.org:6000'],
  [{ code: 'ENOTFOUND', message: '' }, 'db.example.org in DATABASE_URL cannot be found'],
  [{ code: '28P01', message: 'password authentication failed' }, 'does not let ann in'],
  [{ code: '3D000', message: 'no database' }, 'has no database shop'],
  [{ message: 'timeout expired' }, 'did not answer within 5 s'],
  [{ message: 'SASL: client password must be a string' }, 'asks for a password'],
])('%j becomes one sentence', (error, part) => {
  const sentence = explain(url, error)
  expect(sentence).toContain(part)
  expect(sentence).toMatch(/^[^\n]+\.$/)
})

test('no sentence carries the password, as written or decoded', () => {
  const sentence = explain(url, { message: 'cannot use ann:geheim%21 nor geheim!' })
  expect(sentence).not.toContain('geheim')
})
