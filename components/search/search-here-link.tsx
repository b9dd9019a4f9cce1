import { SlidersHorizontal } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'

/** From a list that shows everything of one kind to the search in it. */
export function SearchHereLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link
      href={href}
      prefetch={false}
      className="inline-flex min-h-11 items-center gap-2 rounded-control font-semibold text-accent underline-offset-4 hover:underline"
    >
      <SlidersHorizontal aria-hidden className="size-4.5" />
      {children}
    </Link>
  )
}
