import { ChevronRight } from 'lucide-react'
import Link from 'next/link'

export interface Crumb {
  href: string
  label: string
}

/** Where this page lies: the pages above it, nearest last. */
export function Breadcrumbs({ crumbs }: { crumbs: readonly Crumb[] }) {
  return (
    <nav aria-label="Breadcrumb">
      <ol className="flex flex-wrap items-center text-sm text-muted">
        {crumbs.map((crumb, position) => (
          <li key={crumb.href} className="flex items-center">
            {position > 0 ? <ChevronRight aria-hidden className="mx-1 size-3.5" /> : null}
            <Link
              href={crumb.href}
              className="inline-flex min-h-8 items-center underline-offset-4 hover:text-ink hover:underline pointer-coarse:min-h-11"
            >
              {crumb.label}
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  )
}
