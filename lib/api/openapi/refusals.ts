import { kernelErrors, type ErrorTable } from '#lib/errors'
import { problemView, unexpected } from '../problem.ts'
import type { ApiDocument, ApiResponse, Ref } from './types.ts'

type Rows = Readonly<Record<string, { readonly status: number; readonly message: string }>>

/** A refusal's answer as a route documents it: its codes, and what the types of the client know of it. */
interface ProblemResponse {
  description: string
  content: { 'application/problem+json': { schema: typeof problemView } }
  codes: Rows
}

/**
 * The refusals a route documents, one response per status with its codes named.
 * Typed as "any 4xx", which is what a client has to be ready for anyway.
 */
export function problems(table: ErrorTable, ...codes: string[]): { '4XX': ProblemResponse } {
  const all: ErrorTable = { ...kernelErrors, ...table }
  const responses: Record<number, ProblemResponse> = {}
  for (const code of new Set(['invalid-input', ...codes])) {
    const row = all[code]
    if (!row) throw new Error(`A route documents the code "${code}", which no error table has.`)
    responses[row.status] = {
      description: '',
      content: { 'application/problem+json': { schema: problemView } },
      codes: { ...responses[row.status]?.codes, [code]: row },
    }
  }
  return responses as unknown as { '4XX': ProblemResponse }
}

/** The codes of a route's own responses. */
export function codesOf(responses: Readonly<Record<string, unknown>>): Rows {
  return Object.assign(
    {},
    ...Object.values(responses).map((each) => (each as Partial<ProblemResponse>).codes ?? {}),
  ) as Rows
}

const EVERYWHERE = [
  'broken-text',
  'length-required',
  'too-large',
  'too-many-requests',
  'outcome-unknown',
  'busy',
] as const
/** A webhook has no principal. */
const OF_CALLERS = ['unknown-token'] as const
const OF_WRITES = ['foreign-origin', 'wrong-content-type'] as const

/** What a request can be answered with before its route is asked, or when all goes wrong. A webhook is guarded by its signature. */
export function commonCodes({ isWrite, isWebhook }: { isWrite: boolean; isWebhook: boolean }): Rows {
  const own = isWebhook ? [] : isWrite ? [...OF_CALLERS, ...OF_WRITES] : OF_CALLERS
  const codes = [...EVERYWHERE, ...own]
  return {
    'invalid-input': kernelErrors['invalid-input'],
    ...Object.fromEntries(codes.map((code) => [code, kernelErrors[code]])),
    unexpected: { status: unexpected.status, message: unexpected.title },
  }
}

/** Puts refusals into the document: one component for each code, and for each set of codes that many operations share. */
export function createRefusals(components: Pick<ApiDocument['components'], 'examples' | 'responses'>) {
  return (codes: Rows): Record<string, ApiResponse | Ref> => {
    const byStatus = Object.entries(Object.groupBy(Object.entries(codes), ([, { status }]) => String(status)))
    return Object.fromEntries(byStatus.map(([status, rows = []]) => [status, responseOf(components, rows)]))
  }
}

const FEW = 3

function responseOf(
  components: Pick<ApiDocument['components'], 'examples' | 'responses'>,
  rows: [string, Rows[string]][],
): ApiResponse | Ref {
  const refs = rows.map(([code, row]) => [code, exampleOf(components.examples, code, row)] as const)
  const waits = rows.some(([code, { status }]) => status === 429 || status === 503 || code === 'in-progress')
  const names = [
    ...(waits ? ['Retry-After'] : []),
    // Who was too late is told the revision there is now.
    ...(rows.some(([, { status }]) => status === 412) ? ['ETag'] : []),
    ...(rows.some(([, { status }]) => status === 401) ? ['WWW-Authenticate'] : []),
  ]
  const headers = Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]))
  const response: ApiResponse = {
    description: rows.map(([code, { message }]) => `\`${code}\`: ${message}`).join(' '),
    ...(names.length > 0 && { headers }),
    content: {
      'application/problem+json': {
        schema: { $ref: '#/components/schemas/Problem' },
        examples: Object.fromEntries(refs.map(([code, name]) => [code, { $ref: `#/components/examples/${name}` }])),
      },
    },
  }
  if (rows.length > FEW) return response
  const name = refs
    .map(([, example]) => example)
    .toSorted()
    .map(pascal)
    .join('Or')
  components.responses[name] ??= response
  return { $ref: `#/components/responses/${name}` }
}

/** Two nouns may use one code, each with a sentence of its own. */
function exampleOf(examples: ApiDocument['components']['examples'], code: string, row: Rows[string]): string {
  for (let turn = 1; ; turn++) {
    const name = turn === 1 ? code : `${code}-${turn}`
    examples[name] ??= {
      summary: row.message,
      value: { type: `/docs/errors#${code}`, title: row.message, status: row.status, code, detail: {} },
    }
    if (examples[name].summary === row.message && examples[name].value.status === row.status) return name
  }
}

function pascal(code: string): string {
  return code.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase())
}
