'use client'

import { useCallback, useMemo, useSyncExternalStore, type RefObject } from 'react'
import type { PriceState } from '#lib/live/events'
import { priceRevisionOf, pricesOf, subscribeToPrices } from './price-store.tsx'
import { useProductRoom } from './use-stock.tsx'

/**
 * What the versions of a product cost this second; null until that is known, and on the server. With `seen` it listens only
 * while that element is on the screen; what is known it shows always.
 */
export function useProductPrices(productId: string, seen?: RefObject<Element | null>): readonly PriceState[] | null {
  useProductRoom(productId, seen)
  const subscribe = useCallback((listener: () => void) => subscribeToPrices(productId, listener), [productId])
  const revision = useSyncExternalStore(
    subscribe,
    () => priceRevisionOf(productId),
    () => 0,
  )
  return useMemo(() => (revision === 0 ? null : pricesOf(productId)), [productId, revision])
}
