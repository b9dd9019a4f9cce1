'use client'

import { useRef } from 'react'
import { Badge } from '#components/ui/badge'
import type { ShownCard } from '#lib/catalog/rules/still'
import { Price, reductionPercent } from './price.tsx'
import { useLivePrice } from './use-live-price.tsx'

type Priced = Pick<ShownCard, 'id' | 'variantIds' | 'now'>

/** The price line of a card: one line high, before and after the price is known. */
export function CardPrice({ product, className }: { product: Priced; className?: string }) {
  const line = useRef<HTMLParagraphElement>(null)
  const price = useLivePrice(product, line)
  return (
    <p ref={line} className={className}>
      {price ? (
        <Price
          fromCents={price.priceFromCents}
          toCents={price.priceToCents}
          compareAtCents={price.compareAtCents}
          className="animate-rise"
        />
      ) : (
        <PriceSlot />
      )}
    </p>
  )
}

/** By how much the price fell, where it did. */
export function ReductionBadge({ product }: { product: Priced }) {
  const place = useRef<HTMLSpanElement>(null)
  const price = useLivePrice(product, place)
  const reduction = price ? reductionPercent(price.priceFromCents, price.compareAtCents) : 0
  return <span ref={place}>{reduction > 0 ? <Badge tone="warn">−{reduction} %</Badge> : null}</span>
}

/** The place of a price that is on its way: as high as a line, as wide as most prices. */
export function PriceSlot() {
  return (
    <span
      aria-hidden
      className="inline-block h-[1em] w-[4.5em] animate-pulse rounded-control bg-line/70 align-middle"
    />
  )
}
