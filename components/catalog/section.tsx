import { ArrowRight } from 'lucide-react'
import Link from 'next/link'
import { useId, type ReactNode } from 'react'

interface SectionProps {
  title: string
  /** A sentence beside the title. */
  lead?: string
  more?: { href: string; label: string }
  children: ReactNode
}

/** A part of a page with its heading and the way to the rest of it. */
export function Section({ title, lead, more, children }: SectionProps) {
  const id = useId()
  return (
    <section aria-labelledby={id} className="page mt-14 sm:mt-20">
      <div className="mb-5 flex flex-wrap items-end justify-between gap-x-6 gap-y-1 sm:mb-7">
        <div>
          <h2 id={id} className="font-display text-2xl font-semibold tracking-tight sm:text-3xl">
            {title}
          </h2>
          {lead ? <p className="mt-1 text-muted">{lead}</p> : null}
        </div>
        {more ? (
          <Link
            href={more.href}
            className="inline-flex min-h-11 items-center gap-1.5 font-semibold text-accent underline-offset-4 hover:underline"
          >
            {more.label}
            <ArrowRight aria-hidden className="size-4.5" />
          </Link>
        ) : null}
      </div>
      {children}
    </section>
  )
}
