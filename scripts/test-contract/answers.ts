import { Agent, request } from 'node:http'
import * as z from 'zod'
import type { ApiDocument, ApiOperation, ApiResponse, JsonSchema } from '#lib/api/openapi/types'
import type { WireRequest } from './requests.ts'

export interface WireAnswer {
  readonly status: number
  readonly type: string
  readonly text: string
}

const agent = new Agent({ keepAlive: true, maxSockets: 8 })

/** Sends a request as it is, also one that `fetch` would not let out. */
export function send(origin: string, { method, path, headers, body }: WireRequest): Promise<WireAnswer> {
  return new Promise((resolve, reject) => {
    const length: Record<string, string> = body ? { 'Content-Length': String(body.length) } : {}
    const sent = request(`${origin}${path}`, { method, agent, headers: { ...headers, ...length } }, (response) => {
      const pieces: Buffer[] = []
      response.on('data', (piece: Buffer) => pieces.push(piece))
      response.on('error', reject)
      response.on('end', () => {
        const type = response.headers['content-type']?.split(';')[0] ?? ''
        resolve({ status: response.statusCode ?? 0, type, text: Buffer.concat(pieces).toString() })
      })
    })
    sent.on('error', reject)
    sent.end(body ?? undefined)
  })
}

/** What is wrong with an answer by the document; null when it is as the document says. */
export function createJudge(document: ApiDocument) {
  const strict = new Map<string, z.ZodType>()
  const schemaOf = (schema: JsonSchema) => {
    const key = JSON.stringify(schema)
    const made = strict.get(key) ?? strictly(schema, document)
    strict.set(key, made)
    return made
  }
  return (operation: ApiOperation, { status, type, text }: WireAnswer): string | null => {
    if (status >= 500 && status !== 503) return `it broke: ${status} ${text}`
    const told = operation.responses[String(status)]
    if (!told) return `${status} is not documented: ${text.slice(0, 300)}`
    const response = '$ref' in told ? document.components.responses[told.$ref.split('/').at(-1) ?? ''] : told
    const { content = {} }: Partial<ApiResponse> = response ?? {}
    const media = content[type]
    if (!media) return Object.keys(content).length === 0 && text === '' ? null : `${status} is not sent as ${type}`
    if (!type.endsWith('json')) return null
    const body = JSON.parse(text) as { code?: string }
    const fit = schemaOf(media.schema).safeParse(body)
    if (!fit.success) return `${status} has another form: ${z.prettifyError(fit.error)} in ${text.slice(0, 300)}`
    if (status < 400 || Object.hasOwn(media.examples ?? {}, body.code ?? '')) return null
    return `${status} has the code ${body.code}, which is not documented`
  }
}

/** The document's schema as a check that knows no other fields than those it names. */
function strictly(schema: JsonSchema, { components }: ApiDocument): z.ZodType {
  const whole = { ...schema, $defs: components.schemas }
  const closed = JSON.parse(
    JSON.stringify(whole).replaceAll('#/components/schemas/', '#/$defs/'),
    (_, value: unknown) => (isOpen(value) ? { ...value, additionalProperties: false } : value),
  ) as object
  return z.fromJSONSchema(closed as Parameters<typeof z.fromJSONSchema>[0])
}

function isOpen(value: unknown): value is object {
  return (
    typeof value === 'object' && value !== null && 'properties' in value && 'type' in value && value.type === 'object'
  )
}
