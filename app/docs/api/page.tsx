import type { Metadata } from 'next'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { PageHeading } from '#components/layout/page-heading'
import { openApiDocument } from '#lib/api/openapi'
import { marketUrl } from '../../market-url.ts'
import { groupHref } from './group-links.tsx'
import { Code, Prose } from './prose.tsx'

export const metadata: Metadata = { title: 'API' }

/** How programs use the market: what holds for every operation, and a list of all of them. */
export default function ApiPage() {
  const { info, tags, paths } = openApiDocument()
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })),
  )
  return (
    <>
      <PageHeading title="API">{info.summary}</PageHeading>
      <p className="max-w-prose">
        <Prose text={info.description} /> For generators:{' '}
        <a href="/api/v1/openapi.json" className="underline underline-offset-4">
          the OpenAPI document
        </a>
        .
      </p>
      <Conventions origin={new URL(marketUrl()).origin} />
      {tags.map(({ name, description }) => (
        <section key={name} aria-labelledby={name} className="mt-8">
          <h2 id={name} className="font-display text-xl font-semibold">
            <Link href={groupHref(name)} prefetch={false} className="underline-offset-4 hover:underline">
              {name}
            </Link>
          </h2>
          <p className="text-muted">{description}</p>
          <ul className="mt-2 divide-y divide-line border-y border-line text-sm">
            {operations
              .filter(({ tags: of }) => of.includes(name))
              .map(({ operationId, summary, method, path }) => (
                <li key={operationId}>
                  <Link
                    href={`${groupHref(name)}#${operationId}`}
                    prefetch={false}
                    className="grid min-h-9 items-center gap-x-4 py-2 hover:bg-sunken sm:grid-cols-2 pointer-coarse:min-h-11"
                  >
                    <span>{summary}</span>
                    <code className="wrap-anywhere text-muted">
                      {method.toUpperCase()} {path}
                    </code>
                  </Link>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </>
  )
}

function Conventions({ origin }: { origin: string }) {
  return (
    <div className="mt-4">
      <Part title="Sign in">
        <p>
          Handle and password are sent once, for a token that may do what its scopes say; it stands for them until it is
          over, or until <code>DELETE /tokens/current</code>. Browsers have a session cookie instead, and their writes
          need an Origin of the market.
        </p>
        <Code label="How to get a token">{`curl '${origin}/api/v1/tokens' \\
  -H 'Content-Type: application/json' \\
  -d '{"login":"ada","password":"…","name":"my script"}'
curl '${origin}/api/v1/session' \\
  -H "Authorization: Bearer $SOUK_TOKEN"`}</Code>
      </Part>
      <Part title="Lists">
        <p>
          A list is <code>{'{ items, nextCursor }'}</code>. Send <code>nextCursor</code> as <code>cursor</code> for the
          next page; it is null on the last one. What is added meanwhile moves nothing and repeats nothing.
        </p>
      </Part>
      <Part title="Editing what others edit too">
        <p>
          What can be edited is answered with an <code>ETag</code>. Send it as <code>If-Match</code> with the change:
          where somebody was faster, nothing is written and the answer is 412 with the ETag of what is there.
        </p>
      </Part>
      <Part title="Repeating a request">
        <p>
          PUT and DELETE are safe to repeat. What creates or pays takes an <code>Idempotency-Key</code>: a repeat under
          the same key is answered with the same bytes for 24 hours, and does nothing a second time.
        </p>
      </Part>
      <Part title="How much one may ask">
        <p>
          Answers say in <code>RateLimit-Policy</code> and <code>RateLimit</code> what is counted and what is left. Who
          asks for more is answered with 429, and with <code>Retry-After</code>. 503 <code>busy</code> has it too:
          nothing was done, ask again.
        </p>
      </Part>
      <Part title="Refusals">
        <p>
          A refusal is <code>application/problem+json</code>; <code>code</code> is what a program decides on.{' '}
          <Link href="/docs/errors" prefetch={false} className="underline underline-offset-4">
            All codes
          </Link>
          .
        </p>
        <Code label="A refusal">{`{
  "type": "/docs/errors#sold-out",
  "title": "The last piece is taken.",
  "status": 409,
  "code": "sold-out",
  "detail": { "available": 0 }
}`}</Code>
      </Part>
    </div>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="mt-6 grid max-w-prose gap-2">
      <h2 className="font-display text-lg font-semibold">{title}</h2>
      {children}
    </section>
  )
}
