import { resolve } from '#lib/api/openapi/sample'
import type { ApiDocument, JsonSchema } from '#lib/api/openapi/types'
import { Prose } from './prose.tsx'

type Components = ApiDocument['components']['schemas']

/** The fields of an object, each with what it means and what it may be; objects inside are opened by a click. */
export function Fields({ schema, schemas }: { schema: JsonSchema; schemas: Components }) {
  const whole = resolve(schema, schemas)
  const options = whole.anyOf ?? whole.oneOf
  if (options) {
    return options.map((each, place) => (
      <div key={place}>
        {place > 0 ? <p className="my-2 text-sm text-muted">or</p> : null}
        <Fields schema={each} schemas={schemas} />
      </div>
    ))
  }
  return (
    <ul className="divide-y divide-line border-y border-line">
      {Object.entries(whole.properties ?? {}).map(([name, field]) => (
        <li key={name} className="py-2.5">
          <Field name={name} schema={field} schemas={schemas} isRequired={whole.required?.includes(name) ?? false} />
        </li>
      ))}
    </ul>
  )
}

/** One field or parameter. */
export function Field({
  name,
  schema,
  schemas,
  isRequired,
}: {
  name: string
  schema: JsonSchema
  schemas: Components
  isRequired: boolean
}) {
  const inside = insideOf(schema, schemas)
  const example = schema.examples?.[0]
  return (
    <>
      <p className="flex flex-wrap items-baseline gap-x-2">
        <code className="font-semibold wrap-anywhere">{name}</code>
        <span className="text-sm text-muted">{kindOf(schema, schemas)}</span>
        {isRequired ? null : <span className="text-sm text-muted">· may be left out</span>}
      </p>
      <p className="text-sm">
        <Prose text={descriptionOf(schema, schemas)} />
      </p>
      <p className="text-sm wrap-anywhere text-muted">
        {limitsOf(schema).map((limit) => (
          <span key={limit} className="mr-3">
            {limit}
          </span>
        ))}
        {example === undefined ? null : <>Such as {JSON.stringify(example)}</>}
      </p>
      {inside ? (
        <details className="mt-1">
          <summary className="min-h-9 cursor-pointer py-1 text-sm underline-offset-4 hover:underline pointer-coarse:min-h-11">
            Fields of <code>{name}</code>
          </summary>
          <div className="mt-1 border-l-2 border-line pl-4">
            <Fields schema={inside} schemas={schemas} />
          </div>
        </details>
      ) : null}
    </>
  )
}

/** The object that a field is, or a list of them. */
function insideOf(schema: JsonSchema, schemas: Components): JsonSchema | null {
  const whole = resolve(schema, schemas)
  if (whole.properties) return whole
  if (whole.items) return insideOf(whole.items, schemas)
  const option = whole.anyOf?.find(({ type }) => type !== 'null')
  return option ? insideOf(option, schemas) : null
}

function descriptionOf(schema: JsonSchema, schemas: Components): string {
  return schema.description ?? resolve(schema, schemas).description ?? ''
}

function kindOf(schema: JsonSchema, schemas: Components): string {
  const whole = resolve(schema, schemas)
  if (whole.anyOf) return whole.anyOf.map((each) => kindOf(each, schemas)).join(' or ')
  const types = [whole.type ?? 'anything'].flat()
  const named = types.map((type) =>
    type === 'array' && whole.items ? `list of ${kindOf(whole.items, schemas)}` : type,
  )
  const format = whole.format ? ` (${whole.format})` : ''
  return `${named.join(' or ')}${format}`
}

function limitsOf(schema: JsonSchema): string[] {
  const { minLength, maxLength, minimum, maximum, minItems, maxItems } = schema
  const spans = [
    spanOf(minLength, maxLength, 'characters'),
    spanOf(minimum, maximum, ''),
    spanOf(minItems, maxItems, 'entries'),
  ]
  const one = schema.enum ? [`One of ${schema.enum.map((each) => String(each)).join(', ')}.`] : []
  const left = schema.default === undefined ? [] : [`Left out: ${JSON.stringify(schema.default)}.`]
  return [...one, ...spans.filter((each) => each !== null), ...left]
}

function spanOf(least: number | undefined, most: number | undefined, of: string): string | null {
  const unit = of ? ` ${of}` : ''
  if (least && most !== undefined) return `${least} to ${most.toLocaleString('en')}${unit}.`
  if (most !== undefined) return `${most.toLocaleString('en')}${unit} at most.`
  return least ? `${least}${unit} at least.` : null
}
