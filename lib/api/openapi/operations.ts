import type { RouteConfig } from '@hono/zod-openapi'
import * as z from 'zod'
import { kernelErrors, type ErrorTable } from '#lib/errors'
import { IF_NONE_MATCH } from '../tag.ts'
import { headersOf } from './headers.ts'
import { codesOf, commonCodes } from './refusals.ts'
import { resolve, sampleOf } from './sample.ts'
import type { Schemas } from './schemas.ts'
import type { ApiOperation, ApiParameter, ApiResponse, Media, Ref, WhoMay } from './types.ts'

type ResponseConfig = Extract<RouteConfig['responses'][string], { description: string; content?: unknown }>
type Codes = ReturnType<typeof codesOf>
type Security = ApiOperation['security']

const SIGNED_IN: Security = [{ session: [] }, { token: [] }]
/** Open to everyone, and yet they look at who asks: what is there besides a sign-in. */
const OPEN: Readonly<Record<string, Security>> = { '/session': [{}], '/cart': [{}, { visitor: [] }] }

/** One operation of the document, from what the route says of itself. */
export function operationOf(
  route: RouteConfig,
  schemas: Schemas,
  refusals: (codes: Codes) => Record<string, ApiResponse | Ref>,
): ApiOperation {
  const { operationId = '', tags = [], summary = '', description = '', request = {} } = route
  const own = codesOf(route.responses)
  const parameters = [...parametersOf(route, schemas), ...writtenOut(route)]
  const body = request.body && contentOf(request.body.content, schemas, 'input')
  const common = commonCodes({ isWrite: route.method !== 'get', isWebhook: operationId === 'hearWebhook' })
  return {
    operationId,
    tags,
    summary,
    description,
    security: securityOf(route, own),
    'x-who-may': whoMay(route.path, own),
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: { required: true, description: 'What is sent.', content: body } }),
    responses: { ...successesOf(route, parameters, schemas), ...refusals({ ...own, ...scopeCode(route), ...common }) },
  }
}

/** As its refusals say it: who is asked to sign in has to, and who may be not allowed has to be somebody. */
function whoMay(path: string, codes: Codes): WhoMay {
  if (!('sign-in-required' in codes)) return 'anyone'
  if (!('not-allowed' in codes)) return 'member'
  return path.startsWith('/admin/') ? 'operator' : 'seller'
}

function securityOf(route: RouteConfig, codes: Codes): Security {
  const signedIn = (route.security as Security | undefined) ?? SIGNED_IN
  if ('sign-in-required' in codes) return signedIn
  const open = Object.entries(OPEN).find(([start]) => route.path === start || route.path.startsWith(`${start}/`))
  return open ? [...open[1], ...signedIn] : []
}

/** A token may have been made for something else. */
function scopeCode({ security = [] }: RouteConfig): Codes {
  const row = (kernelErrors as ErrorTable)['scope-missing']
  return row && security.some(({ token = [] }) => token.length > 0) ? { 'scope-missing': row } : {}
}

const PLACES = { params: 'path', query: 'query', headers: 'header' } as const

function parametersOf({ operationId = '', request = {} }: RouteConfig, schemas: Schemas): ApiParameter[] {
  return Object.entries(PLACES).flatMap(([key, place]) => {
    const schema = request[key as keyof typeof PLACES]
    if (!(schema instanceof z.ZodType)) return []
    const { properties = {}, required = [] } = schemas.schemaOf(schema, 'input', operationId)
    return Object.entries(properties).map(([name, { description = '', ...rest }]) => {
      const isRequired = required.includes(name)
      return { name: nameIn(place, name), in: place, required: isRequired, description, schema: rest }
    })
  })
}

function nameIn(place: string, name: string): string {
  return place === 'header' ? name.replace(/(^|-)\w/g, (start) => start.toUpperCase()) : name
}

/** Parameters that are written as the document does, because they are read by hand. */
function writtenOut({ parameters = [], responses }: RouteConfig): ApiParameter[] {
  const all = '304' in responses ? [...parameters, IF_NONE_MATCH] : parameters
  return (all as (ApiParameter & { example?: unknown })[]).map(({ example, ...parameter }) => ({
    ...parameter,
    ...(example !== undefined && { schema: { ...parameter.schema, examples: [example] } }),
  }))
}

function successesOf(route: RouteConfig, parameters: ApiParameter[], schemas: Schemas): Record<string, ApiResponse> {
  const { operationId = '', responses } = route
  const successes = Object.entries(responses).filter(([status]) => /^[23]/.test(status))
  return Object.fromEntries(
    successes.map(([status, response]) => {
      const { description, content } = response as ResponseConfig
      const media = content ? contentOf(content as object, schemas, 'output') : undefined
      const [first] = Object.values(media ?? {})
      const answer = first && resolve(first.schema, schemas.components)
      const isKnownAnswered = '304' in responses
      const told = { operationId, parameters, mediaTypes: Object.keys(media ?? {}), answer, isKnownAnswered }
      return [status, { description, headers: headersOf(told), ...(media && { content: media }) }]
    }),
  )
}

function contentOf(content: object, schemas: Schemas, io: 'input' | 'output'): Record<string, Media> {
  return Object.fromEntries(
    Object.entries(content as Record<string, { schema: z.ZodType }>).map(([type, { schema: zod }]) => {
      const schema = schemas.schemaOf(zod, io)
      const isSent = io === 'input' && type === 'application/json'
      return [type, { schema, ...(isSent && { example: sampleOf(schema, schemas.components) }) }]
    }),
  )
}
