import type { RouteConfig } from '@hono/zod-openapi'
import { once } from '#lib/once'
import { headers } from './openapi/headers.ts'
import { info, securitySchemes } from './openapi/info.ts'
import { operationOf } from './openapi/operations.ts'
import { createRefusals } from './openapi/refusals.ts'
import { createSchemas } from './openapi/schemas.ts'
import type { ApiDocument, ApiOperation } from './openapi/types.ts'
import { problemView } from './problem.ts'

/** The OpenAPI 3.1 document of these routes: all that is in it comes from them and from their zod schemas. */
export function documentOf(routes: readonly RouteConfig[]): ApiDocument {
  const schemas = createSchemas()
  // What every refusal refers to.
  schemas.schemaOf(problemView, 'output')
  const shared: Pick<ApiDocument['components'], 'examples' | 'responses'> = { examples: {}, responses: {} }
  const refusals = createRefusals(shared)
  const paths: ApiDocument['paths'] = {}
  for (const route of routes) {
    const operations = (paths[pathOf(route.path)] ??= {})
    operations[route.method] = withOneName(route.path, operationOf(route, schemas, refusals))
  }
  const used = JSON.stringify([paths, shared])
  return {
    ...info,
    paths,
    components: {
      schemas: sorted(schemas.components),
      ...shared,
      headers: Object.fromEntries(Object.entries(headers).filter(([name]) => used.includes(`/headers/${name}"`))),
      securitySchemes: { ...securitySchemes },
    },
  }
}

/** Makes the document of this process's routes known to its pages, which are loaded without the routes. */
export function offerDocument(make: () => ApiDocument): void {
  once('openapi-maker', () => make)
}

/** The document of this process's routes, made when it is first asked for. Throws in a process that has none. */
export function openApiDocument(): ApiDocument {
  return once('openapi', () =>
    once<() => ApiDocument>('openapi-maker', () => {
      throw new Error('This process has no routes to make a document of.')
    })(),
  )
}

/** A document has one name for what stands at one place of a path. A product is read by its id too. */
function pathOf(path: string): string {
  return path.replace('/products/{slug}', '/products/{id}')
}

function withOneName(path: string, operation: ApiOperation): ApiOperation {
  if (path === pathOf(path)) return operation
  return {
    ...operation,
    parameters: (operation.parameters ?? []).map((each) =>
      each.in === 'path' && each.name === 'slug' ? { ...each, name: 'id', description: 'Its slug, or its id.' } : each,
    ),
  }
}

function sorted<T>(components: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(components).toSorted(([a], [b]) => a.localeCompare(b)))
}
