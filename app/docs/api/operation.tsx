import { resolve, sampleOf } from '#lib/api/openapi/sample'
import type { ApiDocument, ApiOperation, ApiResponse, WhoMay } from '#lib/api/openapi/types'
import { Badge } from '#components/ui/badge'
import { marketUrl } from '../../market-url.ts'
import { curlOf } from './curl.ts'
import { Field, Fields } from './fields.tsx'
import { Code, Prose } from './prose.tsx'

const WHO: Readonly<Record<WhoMay, string>> = {
  anyone: 'Everyone',
  member: 'Members',
  seller: 'Members with a shop',
  operator: 'Operators of the market',
}

const PART = 'mt-5 mb-2 font-semibold'

/** One operation: what it does, what it takes, how it answers and what it refuses. */
export function Operation({
  method,
  path,
  operation,
  document,
}: {
  method: string
  path: string
  operation: ApiOperation
  document: ApiDocument
}) {
  const { operationId, summary, description, parameters = [], requestBody } = operation
  const { schemas } = document.components
  const [sent] = Object.values(requestBody?.content ?? {})
  const origin = new URL(marketUrl()).origin
  return (
    <section aria-labelledby={operationId} className="border-t border-line py-8">
      <h2 id={operationId} className="scroll-mt-24 font-display text-xl font-semibold">
        <a href={`#${operationId}`} className="underline-offset-4 hover:underline">
          {summary}
        </a>
      </h2>
      <p className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1">
        <Badge tone={method === 'get' ? 'neutral' : 'accent'}>{method.toUpperCase()}</Badge>
        <code className="wrap-anywhere">{path}</code>
      </p>
      <p className="mt-1 text-sm text-muted">
        {WHO[operation['x-who-may']]} · <code>{operationId}</code>
        {scopesOf(operation)}
      </p>
      <p className="mt-3 max-w-prose">
        <Prose text={description} />
      </p>
      {parameters.length > 0 ? (
        <>
          <h3 className={PART}>Parameters</h3>
          <ul className="divide-y divide-line border-y border-line">
            {parameters.map(({ name, in: place, required, description: words, schema }) => (
              <li key={`${place} ${name}`} className="py-2.5">
                <Field
                  name={place === 'header' ? `${name}:` : place === 'query' ? `?${name}` : name}
                  schema={{ ...schema, description: words }}
                  schemas={schemas}
                  isRequired={required}
                />
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {sent ? (
        <>
          <h3 className={PART}>Body</h3>
          <Fields schema={sent.schema} schemas={schemas} />
        </>
      ) : null}
      <h3 className={PART}>Example</h3>
      <Code label={`How to call ${operationId}`}>{curlOf(origin, { method, path, operation }, document)}</Code>
      <Answers operation={operation} document={document} />
      <Refusals operation={operation} document={document} />
    </section>
  )
}

function scopesOf({ security }: ApiOperation): string {
  const scopes = security.flatMap(({ token = [] }) => token)
  return scopes.length > 0 ? ` · a token needs the scope ${scopes.join(', ')}` : ''
}

function Answers({ operation, document }: { operation: ApiOperation; document: ApiDocument }) {
  const { schemas } = document.components
  const successes = Object.entries(operation.responses).filter(([status]) => Number(status) < 400)
  return (
    <>
      <h3 className={PART}>Answers</h3>
      {successes.map(([status, response]) => {
        const { description, content = {} } = response as ApiResponse
        const schema = content['application/json']?.schema
        return (
          <div key={status} className="mb-3">
            <p>
              <strong>{status}</strong> <Prose text={description} />
            </p>
            {schema ? (
              <details className="mt-1">
                <summary className="min-h-9 cursor-pointer py-1 text-sm underline-offset-4 hover:underline pointer-coarse:min-h-11">
                  What {operation.operationId} answers with
                </summary>
                <div className="mt-2 grid gap-4">
                  <Code label={`An answer of ${operation.operationId}`}>
                    {JSON.stringify(sampleOf(schema, schemas), null, 2)}
                  </Code>
                  <Fields schema={resolve(schema, schemas)} schemas={schemas} />
                </div>
              </details>
            ) : null}
          </div>
        )
      })}
    </>
  )
}

function Refusals({ operation, document: { components } }: { operation: ApiOperation; document: ApiDocument }) {
  const rows = Object.entries(operation.responses).flatMap(([status, response]) => {
    const name = '$ref' in response ? (response.$ref.split('/').at(-1) ?? '') : ''
    const { content }: Partial<ApiResponse> = '$ref' in response ? (components.responses[name] ?? {}) : response
    const examples = Object.entries(content?.['application/problem+json']?.examples ?? {})
    return examples.map(([code, ref]) => ({
      status,
      code,
      sentence: components.examples[ref.$ref.split('/').at(-1) ?? '']?.summary ?? '',
    }))
  })
  return (
    <details>
      <summary className="min-h-9 cursor-pointer py-1 font-semibold underline-offset-4 hover:underline pointer-coarse:min-h-11">
        {rows.length} refusals of {operation.operationId}
      </summary>
      <ul className="mt-2 divide-y divide-line border-y border-line text-sm">
        {rows.map(({ status, code, sentence }) => (
          <li key={`${status} ${code}`} className="grid gap-x-4 py-2 sm:grid-cols-[16rem_1fr]">
            <span>
              {status} <code className="wrap-anywhere">{code}</code>
            </span>
            <span className="text-muted">{sentence}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}
