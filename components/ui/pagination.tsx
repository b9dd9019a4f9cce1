import { ArrowLeft, ArrowRight } from 'lucide-react'
import { ButtonLink } from './button.tsx'

/** The way through a long list by cursor: on to the next page, back to the first. Draws nothing when there is one page. */
export function Pagination({ firstHref, nextHref }: { firstHref: string | null; nextHref: string | null }) {
  if (!firstHref && !nextHref) return null
  return (
    <nav aria-label="Pages" className="mt-10 flex flex-wrap justify-center gap-3">
      {firstHref ? (
        <ButtonLink href={firstHref} variant="secondary">
          <ArrowLeft aria-hidden className="size-4.5" />
          First page
        </ButtonLink>
      ) : null}
      {nextHref ? (
        <ButtonLink href={nextHref} variant="secondary" rel="next">
          Next page
          <ArrowRight aria-hidden className="size-4.5" />
        </ButtonLink>
      ) : null}
    </nav>
  )
}
