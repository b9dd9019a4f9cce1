import type { JsonSchema } from './types.ts'
import { vocabulary } from './vocabulary.ts'

/**
 * Gives every field of a schema a description and an example. A word means one thing in the whole API, so most come from the
 * vocabulary; what a field says of itself in its noun's schema goes before.
 * A word is looked for as `Schema.field`, then as `parent.field`, then as `field`.
 */
export function describeFields(name: string, schema: JsonSchema): JsonSchema {
  return describeInside(schema, name, name)
}

function describeInside(schema: JsonSchema, name: string, parent: string): JsonSchema {
  const inner = (each: JsonSchema) => describeInside(each, '', parent)
  return {
    ...schema,
    ...(schema.properties && { properties: describeEach(schema.properties, name, parent) }),
    ...(schema.items && { items: inner(schema.items) }),
    ...(schema.anyOf && { anyOf: schema.anyOf.map((each) => describeInside(each, name, parent)) }),
  }
}

function describeEach(properties: Record<string, JsonSchema>, name: string, parent: string) {
  const described = Object.entries(properties).map(([field, schema]) => {
    const inside = describeInside(schema, '', field)
    if (schema.$ref) return [field, schema] as const
    const words = [vocabulary[`${name}.${field}`], vocabulary[`${parent}.${field}`], vocabulary[field]]
    const description = schema.description ?? words.find((word) => word?.[0])?.[0]
    const example = schema.examples ?? exampleOf(schema, words.find((word) => word?.length === 2)?.[1])
    return [field, { ...(description && { description }), ...inside, ...(example && { examples: example }) }] as const
  })
  return Object.fromEntries(described)
}

/** A list of values is shown as one; an object, or a list of them, by the fields it has. */
function exampleOf(schema: JsonSchema, example: unknown): unknown[] | undefined {
  if (schema.properties ?? schema.items?.properties ?? schema.items?.$ref ?? schema.anyOf) return undefined
  if (schema.const !== undefined) return [schema.const]
  if (schema.enum) return [schema.enum.includes(example) ? example : schema.enum[0]]
  if (schema.type === 'boolean') return [typeof example === 'boolean' ? example : true]
  return example === undefined ? undefined : [example]
}
