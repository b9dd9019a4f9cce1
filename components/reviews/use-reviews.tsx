'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { applyRating } from '#components/live/rating-store'
import { useLiveEvents } from '#components/live/use-live-events'
import { call, createClient, type Answer } from '#lib/api/client'
import type { ProductReviewsView, ReviewView, ShopReviewsView } from '#lib/reviews/schema'

/** Whose reviews are shown. */
export type ReviewsOf =
  | { readonly kind: 'product'; readonly id: string; readonly sellerId: string }
  | { readonly kind: 'shop'; readonly handle: string; readonly sellerId: string }

interface Shown {
  readonly items: readonly ReviewView[]
  readonly nextCursor: string | null
  /** The shop's version that was read. */
  readonly version: number
}

const PER_PAGE = 10
const MOST_PER_PAGE = 50
/** Everyone who looks hears of a new review in the same moment. */
const SPREAD_MS = 500

const api = createClient()

/**
 * Reviews, newest first, read when the page is there: a page that is kept for everyone cannot have them. They follow what is
 * written meanwhile; what was opened stays open.
 */
export function useReviews(of: ReviewsOf) {
  const [shown, setShown] = useState<Shown | null>(null)
  const [heard, setHeard] = useState(0)
  const [failed, setFailed] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const latest = useRef(0)
  const key = of.kind === 'product' ? of.id : of.handle

  const read = useCallback(
    (how: { readonly cursor?: string; readonly count?: number } = {}) => {
      const turn = ++latest.current
      const take = (answer: Answer<ProductReviewsView | ShopReviewsView>) => {
        if (turn !== latest.current) return
        setBusy(false)
        if (!answer.ok) return setFailed(answer.message)
        setFailed(null)
        const { items, nextCursor, sellerRating } = answer.value
        applyRating('shop', sellerRating.sellerId, sellerRating)
        if ('rating' in answer.value) applyRating('product', key, answer.value.rating)
        setShown((before) =>
          how.cursor && before
            ? { ...before, items: [...before.items, ...items], nextCursor }
            : { items, nextCursor, version: sellerRating.version },
        )
      }
      void fetchReviews(of.kind, key, how).then(take)
    },
    [of.kind, key],
  )

  useEffect(() => read(), [read])

  useLiveEvents(
    `shop:${of.sellerId}`,
    (event) => {
      if (event.type !== 'rating') return
      const isShown = of.kind === 'shop' || event.productId === null || event.productId === of.id
      if (isShown) setHeard((before) => Math.max(before, event.version))
    },
    () => read({ count: shown?.items.length }),
  )

  const isOld = shown !== null && heard > shown.version
  const count = shown?.items.length ?? 0
  useEffect(() => {
    if (!isOld) return
    const timer = setTimeout(() => read({ count }), Math.random() * SPREAD_MS)
    return () => clearTimeout(timer)
  }, [isOld, heard, count, read])

  const ask = (how?: { readonly cursor: string }) => {
    setBusy(true)
    read(how)
  }
  const more = () => void (shown?.nextCursor && !isBusy && ask({ cursor: shown.nextCursor }))
  return { shown, failed, isBusy, more, retry: () => ask() }
}

function fetchReviews(
  kind: ReviewsOf['kind'],
  key: string,
  { cursor, count = 0 }: { cursor?: string; count?: number },
) {
  const limit = String(Math.min(MOST_PER_PAGE, Math.max(PER_PAGE, count)))
  const query = { limit, ...(cursor ? { cursor } : {}) }
  const answer: Promise<Answer<ProductReviewsView | ShopReviewsView>> =
    kind === 'product'
      ? call(api.products[':slug'].reviews.$get({ param: { slug: key }, query }))
      : call(api.sellers[':handle'].reviews.$get({ param: { handle: key }, query }))
  return answer
}
