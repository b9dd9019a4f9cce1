import type { ApiDocument, JsonSchema } from './types.ts'

type Components = ApiDocument['components']['schemas']

/**
 * One real value of a schema, put together from the examples of its fields.
 * A field that may be left out is in it only where `all` is wanted: what one sends first is short.
 */
export function sampleOf(schema: JsonSchema, components: Components, all = true): unknown {
  const own = schema.examples?.[0]
  if (own !== undefined) return own
  if (schema.$ref) return sampleOf(resolve(schema, components), components, all)
  if (schema.const !== undefined) return schema.const
  const options = schema.anyOf ?? schema.oneOf
  if (options?.[0]) return sampleOf(options[0], components, all)
  if (schema.enum) return schema.enum[0]
  if (schema.properties) {
    const wanted = Object.entries(schema.properties).filter(([name]) => all || schema.required?.includes(name))
    return Object.fromEntries(wanted.map(([name, each]) => [name, sampleOf(each, components, all)]))
  }
  if (schema.items) return [sampleOf(schema.items, components, all)]
  if (schema.type === 'boolean') return true
  return typeof schema.additionalProperties === 'object' ? {} : null
}

/** The schema itself, where there is only its name. */
export function resolve(schema: JsonSchema, components: Components): JsonSchema {
  if (!schema.$ref) return schema
  const found = components[schema.$ref.slice('#/components/schemas/'.length)]
  if (!found) throw new Error(`The document has no schema ${schema.$ref}.`)
  return found
}
