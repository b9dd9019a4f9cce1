import fc from 'fast-check'
import type { ApiDocument, ApiOperation, ApiParameter } from '#lib/api/openapi/types'
import { fitting, hostile, hostileTexts, jsonOf, spoilt, type Known } from './values.ts'

/** A request as it goes over the wire. */
export interface WireRequest {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer | null
}

/** Requests to one operation: good ones, ones with a fault, and ones that are nothing but faults. */
export function requestsTo(
  at: { readonly method: string; readonly path: string },
  operation: ApiOperation,
  document: ApiDocument,
  known: Known,
): fc.Arbitrary<WireRequest> {
  const { parameters = [] } = operation
  const { schemas } = document.components
  const valueOf = ({ schema, name, in: place }: ApiParameter) => {
    const good = fitting(schema, name, known, schemas).map((value) => textOf(value))
    const bad = fc.oneof(fc.constantFrom(...hostileTexts), fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }))
    const text = fc.oneof({ arbitrary: good, weight: 5 }, { arbitrary: bad, weight: 1 })
    return place === 'path' ? text.map((value) => value || 'x') : text
  }
  const values = fc.record(Object.fromEntries(parameters.map((each) => [each.name, valueOf(each)])), {
    requiredKeys: parameters.filter((each) => each.in === 'path').map(({ name }) => name),
  })
  const query = fc.option(fc.tuple(fc.constantFrom('surprise', '__proto__', 'limit', 'cursor'), junkText()), {
    freq: 8,
  })
  return fc
    .tuple(values, query, bodyOf(operation, document, known), strangeHeaders())
    .map(([given, more, sent, strange]) => ({
      method: at.method.toUpperCase(),
      path: document.servers[0]?.url + addressOf(at.path, parameters, given, more),
      headers: { ...strange, ...headersOf(parameters, given), ...sent?.headers },
      body: sent?.body ?? null,
    }))
    .filter(({ path }) => path.length <= ADDRESS_MOST)
}

/** With its headers, a request of more than 16 KB is refused by Node's parser (431), before any of it is ours to answer. */
const ADDRESS_MOST = 8_000

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).join(',')
  return typeof value === 'string' ? value : jsonOf(value)
}

function junkText() {
  return hostile.map((value) => textOf(value).slice(0, 2_000))
}

function addressOf(
  path: string,
  parameters: readonly ApiParameter[],
  given: Readonly<Record<string, string>>,
  more: [string, string] | null,
): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => escaped((given[name] ?? 'x').slice(0, 2_000)))
  const asked = parameters.filter((each) => each.in === 'query' && given[each.name] !== undefined)
  const pairs = asked.map(({ name }) => [name, (given[name] ?? '').slice(0, 2_000)])
  if (more) pairs.push(more)
  return pairs.length === 0
    ? filled
    : `${filled}?${pairs.map((pair) => pair.map((each) => escaped(each ?? '')).join('=')).join('&')}`
}

/** Percent-encoded byte by byte; half a character becomes the three bytes that no UTF-8 has. A path's `..` stays in its place. */
function escaped(text: string): string {
  const bytes = text.isWellFormed() ? Buffer.from(text) : Buffer.from([0x61, 0xed, 0xa0, 0x80])
  return [...bytes].map((byte) => escapedByte(byte)).join('')
}

function escapedByte(byte: number): string {
  const sign = String.fromCharCode(byte)
  return /[\w-]/.test(sign) ? sign : `%${byte.toString(16).padStart(2, '0')}`
}

function headersOf(parameters: readonly ApiParameter[], given: Readonly<Record<string, string>>) {
  const sent = parameters.filter((each) => each.in === 'header' && given[each.name] !== undefined)
  return Object.fromEntries(sent.map(({ name }) => [name, sendable(given[name] ?? '')]))
}

/** What Node lets into a header at all. */
function sendable(text: string): string {
  return text.replace(/[^\t\x20-\x7e\x80-\xff]/g, '?').slice(0, 2_000)
}

function strangeHeaders(): fc.Arbitrary<Record<string, string>> {
  const names = [
    'If-Match',
    'If-None-Match',
    'X-Forwarded-For',
    'Accept',
    'Range',
    'Cookie',
    'Origin',
    'Content-Encoding',
  ]
  const one = fc.tuple(fc.constantFrom(...names, 'X-Http-Method-Override', 'Accept-Language'), junkText())
  return fc
    .oneof({ arbitrary: fc.constant(null), weight: 6 }, { arbitrary: one, weight: 1 })
    .map((pair) => (pair ? { [pair[0]]: sendable(pair[1]) } : {}))
}

interface Sent {
  readonly headers: Record<string, string>
  readonly body: Buffer
}

const JSON_TYPE = { 'Content-Type': 'application/json' }

function bodyOf(operation: ApiOperation, document: ApiDocument, known: Known): fc.Arbitrary<Sent | null> {
  const raw = fc.constantFrom(...rawBodies())
  const content = operation.requestBody?.content
  if (!content) return fc.oneof({ arbitrary: fc.constant(null), weight: 6 }, { arbitrary: raw, weight: 1 })
  if (!content['application/json']) return fc.oneof(fc.constantFrom(...uploads()), raw, fc.constant(null))
  const good = fitting(content['application/json'].schema, '', known, document.components.schemas)
  const sample = fc.constant(content['application/json'].example)
  const json = (value: unknown): Sent => ({ headers: JSON_TYPE, body: Buffer.from(jsonOf(value)) })
  return fc.oneof(
    { arbitrary: good.map(json), weight: 4 },
    { arbitrary: spoilt(fc.oneof(good, sample)).map(json), weight: 4 },
    { arbitrary: raw, weight: 2 },
    { arbitrary: fc.constant(null), weight: 1 },
  )
}

/** Bodies that are no JSON, too much of it, or not what they are called. */
function rawBodies(): Sent[] {
  const json = [
    '',
    '{',
    'null',
    '[]',
    '"x"',
    '1',
    '{"a":1}{}',
    '\ufeff{}',
    '{"__proto__":{"role":"admin"}}',
    '{"a":1,"a":2}',
  ]
  const deep = [
    '['.repeat(100_000),
    '['.repeat(100_000) + ']'.repeat(100_000),
    '{"a":'.repeat(20_000) + '1' + '}'.repeat(20_000),
  ]
  const bytes = [
    Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]),
    Buffer.alloc(300_000, 'x'),
    Buffer.alloc(1_000),
  ]
  const types = [
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/xml',
    'application/json; charset=utf-16',
    'APPLICATION/JSON',
    'application/json;;;',
    'application/jsonp',
    'multipart/form-data',
    'multipart/form-data; boundary=',
    'é',
  ]
  return [
    ...[...json, ...deep].map((text) => ({ headers: JSON_TYPE, body: Buffer.from(text) })),
    ...bytes.map((body) => ({ headers: JSON_TYPE, body })),
    ...types.map((type) => ({ headers: { 'Content-Type': type }, body: Buffer.from('{"quantity":1}') })),
    { headers: {}, body: Buffer.from('{}') },
  ]
}

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

function uploads(): Sent[] {
  const csv = 'Handle,Title,Variant Price\nlamp,Lamp,12.50\n'
  const files: [string, string, Buffer][] = [
    ['file', 'picture.png', PIXEL],
    ['file', '../../etc/passwd', PIXEL.subarray(0, 20)],
    ['file', 'a\u0000b.csv', Buffer.from(csv)],
    ['file', 'products.csv', Buffer.from(csv)],
    ['file', 'empty', Buffer.alloc(0)],
    ['file', 'bad.csv', Buffer.from([0xff, 0xfe, 0x00, 0x22, 0x0a])],
    ['file', 'open.csv', Buffer.from('Handle,Title,Variant Price\n"lamp,')],
    ['file', 'large.csv', Buffer.alloc(400_000, 'Handle,')],
    ['other', 'picture.png', PIXEL],
  ]
  const whole = files.map(([name, fileName, bytes]) => multipart(name, fileName, bytes))
  const [first] = whole
  return first ? [...whole, { ...first, body: first.body.subarray(0, 60) }, text('file')] : whole
}

function multipart(name: string, fileName: string, bytes: Buffer): Sent {
  const head = `--edge\r\nContent-Disposition: form-data; name="${name}"; filename="${fileName}"\r\nContent-Type: text/csv\r\n\r\n`
  return {
    headers: { 'Content-Type': 'multipart/form-data; boundary=edge' },
    body: Buffer.concat([Buffer.from(head), bytes, Buffer.from('\r\n--edge--\r\n')]),
  }
}

/** The field is there, and is no file. */
function text(name: string): Sent {
  const body = Buffer.from(`--edge\r\nContent-Disposition: form-data; name="${name}"\r\n\r\nx\r\n--edge--\r\n`)
  return { headers: { 'Content-Type': 'multipart/form-data; boundary=edge' }, body }
}
