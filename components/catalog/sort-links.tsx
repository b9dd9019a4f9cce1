import Link from 'next/link'
import { cn } from '#components/ui/cn'

interface SortLinksProps {
  sorts: readonly { value: string; label: string; href: string }[]
  current: string
}

/** In which order products stand; each order is an address of its own. */
export function SortLinks({ sorts, current }: SortLinksProps) {
  return (
    <nav aria-label="Sort by" className="flex flex-wrap items-center gap-1 text-sm">
      {sorts.map((sort) => (
        <Link
          key={sort.value}
          href={sort.href}
          aria-current={sort.value === current ? 'true' : undefined}
          scroll={false}
          className={cn(
            'inline-flex min-h-9 items-center rounded-full px-3 text-muted transition hover:bg-sunken hover:text-ink pointer-coarse:min-h-11',
            sort.value === current && 'bg-sunken font-semibold text-ink',
          )}
        >
          {sort.label}
        </Link>
      ))}
    </nav>
  )
}
