import fc from 'fast-check'
import { resolve } from '#lib/api/openapi/sample'
import type { ApiDocument, JsonSchema } from '#lib/api/openapi/types'

type Components = ApiDocument['components']['schemas']

/** Real values by the name of their field: ids of things that are there, so that requests get past the first check. */
export type Known = Readonly<Record<string, readonly unknown[]>>

/** Values that fit the schema: real ones, the document's own examples, and whatever else it allows. */
export function fitting(schema: JsonSchema, name: string, known: Known, components: Components): fc.Arbitrary<unknown> {
  const options: fc.Arbitrary<unknown>[] = [madeFrom(resolve(schema, components), known, components)]
  if (schema.examples) options.push(fc.constantFrom(...schema.examples))
  const real = known[name]
  if (real && real.length > 0) options.push(fc.constantFrom(...real), fc.constantFrom(...real))
  return fc.oneof(...options)
}

function madeFrom(schema: JsonSchema, known: Known, components: Components): fc.Arbitrary<unknown> {
  const inner = (each: JsonSchema, name = '') => fitting(each, name, known, components)
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  const options = schema.anyOf ?? schema.oneOf
  if (options) return fc.oneof(...options.map((each) => inner(each)))
  const types = [schema.type ?? 'null'].flat()
  return fc.oneof(...types.map((type) => ofType(type, schema, inner)))
}

function ofType(type: string, schema: JsonSchema, inner: (each: JsonSchema, name?: string) => fc.Arbitrary<unknown>) {
  const { minimum: min = -1_000, maximum: max = 1_000_000 } = schema
  if (type === 'boolean') return fc.boolean()
  if (type === 'integer') return fc.oneof(fc.integer({ min, max }), fc.constantFrom(min, max))
  if (type === 'number') return fc.double({ min, max, noNaN: true })
  if (type === 'string') return text(schema)
  if (type === 'array') {
    const { minItems: minLength = 0, maxItems = 3, items = {} } = schema
    return fc.array(inner(items), { minLength, maxLength: Math.max(minLength, Math.min(maxItems, 3)) })
  }
  if (type !== 'object') return fc.constant(null)
  const fields = Object.entries(schema.properties ?? {}).map(([name, each]) => [name, inner(each, name)] as const)
  return fc.record(Object.fromEntries(fields), { requiredKeys: schema.required ?? [] })
}

function text({ format, pattern, minLength = 0, maxLength = 80 }: JsonSchema): fc.Arbitrary<string> {
  if (format === 'uuid') return fc.uuid()
  if (format === 'email') return fc.emailAddress()
  if (format === 'date') return fc.date({ noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10))
  if (format === 'date-time') return fc.date({ noInvalidDate: true }).map((date) => date.toISOString())
  // Of a class of characters fast-check knows only the plain ones.
  if (pattern && !pattern.includes('\\p')) return fc.stringMatching(new RegExp(pattern))
  const unit = fc.constantFrom('grapheme', 'binary') as fc.Arbitrary<'grapheme' | 'binary'>
  return unit.chain((each) => fc.string({ unit: each, minLength, maxLength: Math.min(maxLength, minLength + 60) }))
}

/** Text that somebody sends who wants to see something break. */
export const hostileTexts: readonly string[] = [
  '',
  ' ',
  "'; drop table app_user; --",
  "' or '1'='1",
  'a\u0000b',
  '\ud800',
  'x\udfffy',
  '__proto__',
  'constructor',
  '../../../../etc/passwd',
  '..\\..\\windows\\win.ini',
  '<script>alert(1)</script>',
  '\u202Eevil\u202C',
  'a\r\nSet-Cookie: x=1',
  '${7*7}{{7*7}}%s%n%x',
  '١٢٣',
  '-1',
  '1e309',
  '0x10',
  '9'.repeat(30),
  '99999999999999999999999999999999999999',
  'true',
  'null',
  'NaN',
  '2026-02-30',
  '0000-00-00T00:00:00Z',
  '+275760-09-13T00:00:00.001Z',
  '9999-12-31T23:59:59.999999999Z',
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  'a'.repeat(5_000),
  'é'.repeat(70_000),
  '👩‍👩‍👧‍👦'.repeat(20),
]

/** A number that JavaScript cannot write stands between these signs, and without quotes in the request. */
const RAW = /"@@([^@]+)@@"/g

/** JSON of a value, with the numbers in it that only a text can have. */
export function jsonOf(value: unknown): string {
  return (JSON.stringify(value) ?? 'null').replace(RAW, '$1')
}

const odd: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  2 ** 31,
  2 ** 53,
  -(2 ** 63),
  '@@1e400@@',
  '@@-1e400@@',
  '@@123456789012345678901234567890@@',
  '@@1e-400@@',
  [],
  {},
  [null],
  [[[[[]]]]],
  { $gt: '' },
  JSON.parse('{"__proto__":{"role":"admin"},"constructor":{"prototype":{"role":"admin"}}}'),
  Array(3_000).fill('x'),
  Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`key${index}`, index])),
]

/** What does not belong where it stands. */
export const hostile: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(...odd),
  fc.constantFrom(...hostileTexts),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.double(),
)

/** The value with one thing wrong with it, somewhere: replaced, left out, or too much. */
export function spoilt(value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const fault = fc.constantFrom('replace', 'replace', 'remove', 'add')
  const name = fc.constantFrom(
    '__proto__',
    'constructor',
    'role',
    'id',
    'toString',
    'a\u0000',
    '\ud800',
    'x'.repeat(2_000),
  )
  return fc
    .tuple(value, fc.nat(), fault, hostile, name)
    .map(([whole, place, what, junk, key]) => spoil(structuredClone(whole), place, what, junk, key))
}

function spoil(whole: unknown, place: number, what: string, junk: unknown, key: string): unknown {
  const places = listPlaces(whole)
  const spot = places[place % Math.max(1, places.length)]
  if (!spot) return junk
  const [holder, field] = spot
  if (what === 'remove') delete holder[field]
  else if (what === 'replace') holder[field] = junk
  else Object.defineProperty(holder, key, { value: junk, enumerable: true, configurable: true, writable: true })
  return whole
}

function listPlaces(value: unknown): [Record<string, unknown>, string][] {
  if (typeof value !== 'object' || value === null) return []
  const holder = value as Record<string, unknown>
  return Object.keys(holder).flatMap((field) => [
    [holder, field] as [Record<string, unknown>, string],
    ...listPlaces(holder[field]),
  ])
}
