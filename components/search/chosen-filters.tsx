import { X } from 'lucide-react'
import Link from 'next/link'

interface ChosenFiltersProps {
  /** Each with the address without it. */
  chosen: readonly { label: string; href: string }[]
  /** The address without any of them. */
  allHref: string
}

/** What narrows the search at the moment, each with a way to take it away. */
export function ChosenFilters({ chosen, allHref }: ChosenFiltersProps) {
  if (chosen.length === 0) return null
  return (
    <ul aria-label="Chosen filters" className="mb-5 flex flex-wrap items-center gap-2">
      {chosen.map(({ label, href }) => (
        <li key={label} className="max-w-full">
          <Link
            href={href}
            prefetch={false}
            scroll={false}
            aria-label={`Take away: ${label}`}
            className="inline-flex min-h-9 max-w-full items-center gap-1.5 rounded-full border border-line bg-surface px-3.5 text-sm font-medium transition hover:border-ink/50 pointer-coarse:min-h-11"
          >
            <span className="truncate">{label}</span>
            <X aria-hidden className="size-4 shrink-0 text-muted" />
          </Link>
        </li>
      ))}
      {chosen.length > 1 ? (
        <li>
          <Link
            href={allHref}
            prefetch={false}
            scroll={false}
            className="inline-flex min-h-9 items-center px-2 text-sm font-semibold text-accent underline-offset-4 hover:underline pointer-coarse:min-h-11"
          >
            Take all away
          </Link>
        </li>
      ) : null}
    </ul>
  )
}
