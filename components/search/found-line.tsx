import { FOUND_MAX } from '#lib/search/rules/places'
import type { FoundView } from '#lib/search/schema'

interface FoundLineProps {
  found: FoundView
  /** What was looked for. */
  query: string
  /** What was found instead. */
  corrected: string | undefined
  isRanked: boolean
}

/** How much was found, read aloud when it changes; and whether that is for other words than those that were typed. */
export function FoundLine({ found, query, corrected, isRanked }: FoundLineProps) {
  return (
    <div role="status" className="wrap-anywhere text-muted">
      {corrected ? (
        <p className="mb-1 text-ink">
          Nothing has “{query}” in it. Did you mean <strong>{corrected}</strong>? This is what there is for that.
        </p>
      ) : null}
      <p>
        {foundWords(found)}
        {isRanked && found.isCapped ? `, the best of the newest ${FOUND_MAX} first` : ''}
      </p>
    </div>
  )
}

function foundWords({ count, isCapped }: FoundView): string {
  if (count === 0) return 'No products'
  if (count === 1) return '1 product'
  return `${count.toLocaleString('en-IE')}${isCapped ? '+' : ''} products`
}
