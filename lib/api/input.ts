import type { RouteConfig } from '@hono/zod-openapi'
import type { Context, ValidationTargets } from 'hono'
import type * as z from 'zod'
import { fieldProblem, kernelProblem } from './problem.ts'

/**
 * Checks what a request brings against what its route describes, and keeps it for `c.req.valid`: query, path, headers, body.
 * One step for all of it, where the library has a middleware for each part (docs/decisions/0029).
 * Refuses: invalid-input, with a sentence per field or, for what is no JSON and no form at all, none; wrong-content-type.
 */
export async function readInput(c: Context, { query, params, headers, body }: Request = {}): Promise<void> {
  if (query) keep(c, 'query', query, queryOf(c))
  if (params) keep(c, 'param', params, c.req.param())
  if (headers) keep(c, 'header', headers, c.req.header())
  if (body) await readBody(c, body.content)
}

type Request = NonNullable<RouteConfig['request']>

function keep(c: Context, target: keyof ValidationTargets, schema: unknown, value: unknown): void {
  const read = (schema as z.ZodType<object>).safeParse(value)
  if (!read.success) throw fieldProblem(read.error)
  c.req.addValidatedData(target, read.data)
}

/** A name that comes once has its value, one that comes more often a list of them. */
function queryOf(c: Context): Record<string, string | string[] | undefined> {
  const all = Object.entries(c.req.queries())
  return Object.fromEntries(all.map(([name, values]) => [name, values.length === 1 ? values[0] : values]))
}

/** A request without a body says nothing of its kind, and is read as an empty one. */
async function readBody(c: Context, content: NonNullable<Request['body']>['content']): Promise<void> {
  const sent = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase()
  const kind = BODIES.find(({ type }) => type in content)
  const described = kind && content[kind.type]
  if (!described || !('schema' in described))
    throw new Error('Nothing reads a body of the kind that this route describes.')
  if (sent !== undefined && sent !== kind.type) throw kernelProblem('wrong-content-type')
  const value = sent === undefined ? {} : await kind.read(c).catch(refuseUnreadable)
  keep(c, kind.target, described.schema, value)
}

const BODIES = [
  { type: 'application/json', target: 'json', read: (c: Context): Promise<unknown> => c.req.json() },
  {
    type: 'multipart/form-data',
    target: 'form',
    read: (c: Context): Promise<unknown> => c.req.parseBody({ all: true }),
  },
] as const

function refuseUnreadable(): never {
  throw kernelProblem('invalid-input')
}
