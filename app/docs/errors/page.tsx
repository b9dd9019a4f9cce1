import type { Metadata } from 'next'
import { PageHeading } from '#components/layout/page-heading'
import { openApiDocument } from '#lib/api/openapi'

export const metadata: Metadata = { title: 'Errors · API' }

/** Every code a request can be refused with: where the `type` of a problem leads. */
export default function ErrorsPage() {
  const examples = Object.values(openApiDocument().components.examples).map(({ value }) => value)
  const codes = Map.groupBy(examples, ({ code }) => code)
  return (
    <>
      <PageHeading title="Errors" crumbs={[{ label: 'API', href: '/docs/api' }]}>
        A refusal is a problem document (RFC 9457). A program decides on its code, which never changes its meaning; the
        sentence is for people. Where a form field is at fault, <code>fields</code> has a sentence for it.
      </PageHeading>
      <ul className="divide-y divide-line border-y border-line">
        {[...codes].toSorted().map(([code, rows]) => (
          <li key={code} id={code} className="scroll-mt-24 py-3 target:bg-accent-soft">
            <h2 className="font-semibold">
              <code className="wrap-anywhere">{code}</code>
            </h2>
            {rows.map(({ status, title }) => (
              <p key={`${status} ${title}`} className="text-sm">
                {status} · {title}
              </p>
            ))}
          </li>
        ))}
      </ul>
    </>
  )
}
