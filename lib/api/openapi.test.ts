import { createConfig, lintFromString } from '@redocly/openapi-core'
import { expect, test } from 'vitest'
import { apiDocument } from './app.ts'
import type { ApiResponse, JsonSchema } from './openapi/types.ts'

const document = apiDocument()
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ at: `${method.toUpperCase()} ${path}`, ...operation })),
)

test('an OpenAPI linter at its recommended rules has nothing to say', async () => {
  const config = await createConfig({ extends: ['recommended'] })
  const found = await lintFromString({ source: JSON.stringify(document), absoluteRef: '/openapi.json', config })
  expect(found.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer])).toEqual([])
})

test('every operation has a name of its own, says what it does and belongs to a group that is described', () => {
  const tags = document.tags.filter(({ description }) => description).map(({ name }) => name)
  const faults = operations.filter(
    ({ operationId, summary, description, tags: [tag = ''], responses }) =>
      !/^[a-z]+([A-Z][a-z]+)+$/.test(operationId) ||
      !summary ||
      description.length < 20 ||
      !tags.includes(tag) ||
      !responses,
  )
  expect(faults.map(({ at }) => at)).toEqual([])
  const names = operations.map(({ operationId }) => operationId)
  expect(names.filter((name, place) => names.indexOf(name) !== place)).toEqual([])
  expect(names).toContain('holdInCart')
})

test('every parameter and every field has a description, and every value an example', () => {
  const faults: string[] = []
  for (const { operationId, parameters = [], responses } of operations) {
    for (const { name, description, schema } of parameters) {
      if (!description) faults.push(`${operationId} ?${name}: description`)
      if (!schema.examples) faults.push(`${operationId} ?${name}: example`)
    }
    for (const [status, response] of Object.entries(responses)) {
      const { content = {} } = response as ApiResponse
      for (const { schema } of Object.values(content)) look(schema, `${operationId} ${status}`, faults)
    }
  }
  for (const [name, schema] of Object.entries(document.components.schemas)) {
    if (!schema.description) faults.push(`${name}: description`)
    look(schema, name, faults)
  }
  expect(faults).toEqual([])
})

test('every status has its codes, and the schemas of bodies have names', () => {
  const faults: string[] = []
  for (const { at, responses, requestBody } of operations) {
    for (const [status, response] of Object.entries(responses)) {
      const told = resolved(response)
      const isRefusal = Number(status) >= 400
      const codes = Object.keys(told.content?.['application/problem+json']?.examples ?? {})
      if (!told.description || isRefusal !== codes.length > 0) faults.push(`${at} ${status}`)
    }
    const sent = requestBody?.content['application/json']
    if (sent && !sent.schema.$ref) faults.push(`${at}: the body has no name`)
  }
  expect(faults).toEqual([])
})

test('the document stays small: what many operations share is in it once', () => {
  expect(operations.length).toBeGreaterThan(70)
  expect(JSON.stringify(document).length / operations.length).toBeLessThan(5_000)
})

function resolved(response: object): ApiResponse {
  if (!('$ref' in response)) return response as ApiResponse
  const name = String(response.$ref).split('/').at(-1) ?? ''
  return document.components.responses[name] ?? { description: '' }
}

function look(schema: JsonSchema, at: string, faults: string[]): void {
  for (const [name, field] of Object.entries(schema.properties ?? {})) {
    const isPlain = !field.properties && !field.items?.properties && !field.items?.$ref && !field.anyOf
    if (!field.$ref && !field.description) faults.push(`${at}.${name}: description`)
    if (!field.$ref && isPlain && !field.examples && field.format !== 'binary') faults.push(`${at}.${name}: example`)
    look(field, `${at}.${name}`, faults)
  }
  for (const inner of [...(schema.anyOf ?? []), ...(schema.items ? [schema.items] : [])]) look(inner, at, faults)
}
