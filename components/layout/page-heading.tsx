import type { ReactNode } from 'react'
import { Breadcrumbs, type Crumb } from '#components/ui/breadcrumbs'

interface PageHeadingProps {
  title: ReactNode
  crumbs?: readonly Crumb[]
  /** What one can do here, to the right of the title. */
  action?: ReactNode
  /** A sentence or two below the title. */
  children?: ReactNode
}

/** The head of a page with its one h1. */
export function PageHeading({ title, crumbs, action, children }: PageHeadingProps) {
  return (
    <div className="mb-6 sm:mb-8">
      {crumbs?.length ? (
        <div className="mb-2">
          <Breadcrumbs crumbs={crumbs} />
        </div>
      ) : null}
      <div className="flex flex-wrap items-end justify-between gap-4">
        <div className="min-w-0">
          <h1 className="font-display text-title font-semibold tracking-tight">{title}</h1>
          {children ? <div className="mt-2 max-w-prose text-muted">{children}</div> : null}
        </div>
        {action}
      </div>
    </div>
  )
}
