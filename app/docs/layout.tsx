import type { Metadata } from 'next'
import { openApiDocument } from '#lib/api/openapi'
import { GroupLinks } from './api/group-links.tsx'

// The document is this process's own: drawn when it is asked for, and not while the site is built.
export const dynamic = 'force-dynamic'

export const metadata: Metadata = { title: { template: '%s · Souk', default: 'The API' } }

/** What programs can do here: the way between its groups, and the page. */
export default function DocsLayout({ children }: LayoutProps<'/docs'>) {
  return (
    <div className="page gap-12 py-6 sm:py-8 lg:grid lg:grid-cols-[13rem_minmax(0,1fr)]">
      <GroupLinks groups={openApiDocument().tags.map(({ name }) => name)} />
      <div className="min-w-0 pt-6 lg:pt-0">{children}</div>
    </div>
  )
}
