import * as z from 'zod'
import { describeFields } from './fields.ts'
import { nameSchemas } from './names.ts'
import type { JsonSchema } from './types.ts'

export interface Schemas {
  /** What `#/components/schemas` is made of: every named schema that was asked for, and those inside them. */
  readonly components: Record<string, JsonSchema>
  /** The schema of what comes in or goes out: a reference where it has a name. `whose` finds words for one that has none. */
  schemaOf(schema: z.ZodType, io: 'input' | 'output', whose?: string): JsonSchema
}

/** Turns zod schemas into those of the document, one component per name. */
export function createSchemas(): Schemas {
  nameSchemas()
  const components: Record<string, JsonSchema> = {}
  const keep = (name: string, schema: JsonSchema) => {
    const before = components[name]
    if (before && JSON.stringify(before) !== JSON.stringify(schema))
      throw new Error(`Two schemas of the document have the name ${name}.`)
    components[name] = schema
  }
  return {
    components,
    schemaOf: (schema, io, whose = '') => {
      const { $defs = {}, ...root } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as RawSchema
      for (const [name, each] of Object.entries($defs)) keep(name, describeFields(name, tidy(each, io)))
      const name = schema.meta()?.id
      if (!name) return describeFields(whose, tidy(root, io))
      // zod puts a named root among the definitions where it is used in itself, else it is the root.
      if (!$defs[name]) keep(name, describeFields(name, tidy(root, io)))
      return { $ref: `#/components/schemas/${name}` }
    },
  }
}

type RawSchema = JsonSchema & { $schema?: string; id?: string; example?: unknown; $defs?: Record<string, RawSchema> }

const SAFE = { least: Number.MIN_SAFE_INTEGER, most: Number.MAX_SAFE_INTEGER }

/** Without what zod says to itself, and with "or null" in the form that people write. */
function tidy(raw: RawSchema, io: 'input' | 'output'): JsonSchema {
  const schema = { ...raw }
  delete schema.$schema
  delete schema.id
  delete schema.$defs
  // OpenAPI had a word of its own for one example; since 3.1 it is the list of JSON Schema.
  if (schema.example !== undefined) schema.examples ??= [schema.example]
  delete schema.example
  const inner = (each: JsonSchema) => tidy(each, io)
  if (schema.$ref) schema.$ref = schema.$ref.replace('#/$defs/', '#/components/schemas/')
  // A format says it already, and every integer of JavaScript has these bounds.
  if (schema.format && schema.format !== 'binary') delete schema.pattern
  if (schema.minimum === SAFE.least) delete schema.minimum
  if (schema.maximum === SAFE.most) delete schema.maximum
  // Who reads an answer has to stand a field that comes later.
  if (io === 'output' && schema.additionalProperties === false) delete schema.additionalProperties
  if (schema.items) schema.items = inner(schema.items)
  if (typeof schema.additionalProperties === 'object') schema.additionalProperties = inner(schema.additionalProperties)
  if (schema.properties)
    schema.properties = Object.fromEntries(Object.entries(schema.properties).map(([name, each]) => [name, inner(each)]))
  if (schema.oneOf) schema.oneOf = schema.oneOf.map(inner)
  if (!schema.anyOf) return schema
  schema.anyOf = schema.anyOf.map(inner)
  return orNull(schema)
}

function orNull(schema: JsonSchema): JsonSchema {
  const [one, other, ...more] = schema.anyOf ?? []
  if (!one || other?.type !== 'null' || more.length > 0 || typeof one.type !== 'string') return schema
  const whole = { ...one, ...schema, type: [one.type, 'null'], ...(one.enum && { enum: [...one.enum, null] }) }
  delete whole.anyOf
  return whole
}
