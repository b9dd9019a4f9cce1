import { cn } from '#components/ui/cn'
import { Money } from '#components/ui/money'

interface PriceProps {
  fromCents: string
  toCents?: string
  /** What it cost before; drawn only when it was more. */
  compareAtCents?: string | null
  className?: string
}

/** What a product costs: one price, or from the lowest; the price before struck out. */
export function Price({ fromCents, toCents = fromCents, compareAtCents = null, className }: PriceProps) {
  const isReduced = compareAtCents !== null && BigInt(compareAtCents) > BigInt(fromCents)
  return (
    <span className={cn('inline-flex flex-wrap items-baseline gap-x-2', className)}>
      <span className="font-semibold">
        {fromCents === toCents ? null : <span className="font-normal text-muted">from </span>}
        <Money cents={fromCents} />
      </span>
      {isReduced ? (
        <s className="text-[0.85em] text-muted">
          <span className="sr-only">before </span>
          <Money cents={compareAtCents} />
        </s>
      ) : null}
    </span>
  )
}

/** By how much a price fell, in whole per cent, the remainder in the buyer's disfavour; 0 when it did not. */
export function reductionPercent(cents: string, compareAtCents: string | null): number {
  if (!compareAtCents) return 0
  const before = BigInt(compareAtCents)
  const now = BigInt(cents)
  return before > now ? Number(((before - now) * 100n) / before) : 0
}
