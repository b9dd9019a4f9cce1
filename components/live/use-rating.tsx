'use client'

import { useEffect, useSyncExternalStore } from 'react'
import type { RatingState } from '#lib/live/events'
import { watchRoom } from './live-socket.tsx'
import { latestRating, subscribeToRatings } from './rating-store.tsx'

type Rating = Pick<RatingState, 'up' | 'down' | 'version'>

/** What a shop's reviews come to this second; null until that is known, and on the server. */
export function useShopRating(sellerId: string): Rating | null {
  useEffect(() => watchRoom(`shop:${sellerId}`), [sellerId])
  return useKnownRating('shop', sellerId)
}

/** What a product's reviews come to, as they were last read; null before that, and on the server. */
export function useProductRating(productId: string): Rating | null {
  return useKnownRating('product', productId)
}

function useKnownRating(kind: 'shop' | 'product', id: string): Rating | null {
  return useSyncExternalStore(
    subscribeToRatings,
    () => latestRating(kind, id) ?? null,
    () => null,
  )
}
