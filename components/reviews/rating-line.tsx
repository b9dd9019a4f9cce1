'use client'

import { ThumbsUp } from 'lucide-react'
import { useProductRating, useShopRating } from '#components/live/use-rating'
import { cn } from '#components/ui/cn'
import type { Thumbs } from '#lib/reviews/types'
import { ratingWords } from './rating-words.tsx'

interface LineProps {
  className?: string
}

/** A shop's rating this second: one line high, before and after it is known. */
export function ShopRating({ sellerId, className }: LineProps & { sellerId: string }) {
  return <Line rating={useShopRating(sellerId)} className={className} />
}

/** A product's rating, with the way down to its reviews. */
export function ProductRating({ productId, className }: LineProps & { productId: string }) {
  return (
    <a href="#reviews" className="inline-flex min-h-6 items-center underline-offset-4 hover:underline">
      <Line rating={useProductRating(productId)} className={className} />
    </a>
  )
}

function Line({ rating, className }: { rating: Thumbs | null; className: string | undefined }) {
  return (
    <span className={cn('inline-flex min-h-6 items-center gap-1.5 text-sm text-muted count', className)}>
      <ThumbsUp aria-hidden className="size-4 shrink-0" />
      {rating ? (
        <span className="animate-rise">{ratingWords(rating)}</span>
      ) : (
        <>
          <span aria-hidden className="h-[1em] w-36 animate-pulse rounded-control bg-line/70" />
          <span className="sr-only">Reviews</span>
        </>
      )}
    </span>
  )
}
