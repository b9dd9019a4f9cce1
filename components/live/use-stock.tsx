'use client'

import { useCallback, useEffect, useMemo, useSyncExternalStore, type RefObject } from 'react'
import type { StockState } from '#lib/live/events'
import { watchRoom } from './live-socket.tsx'
import { applyStock, revisionOf, subscribeToProduct, withLatest } from './stock-store.tsx'
import { useVisible } from './use-visible.tsx'

/**
 * The counts of a product's variants as they are this second, in the order they came in. `initial` is what the page came
 * with, and stands on the server. With `seen` it listens only while that element is on the screen; what is known it
 * shows always.
 */
export function useProductStock(
  productId: string,
  initial: readonly StockState[],
  seen?: RefObject<Element | null>,
): readonly StockState[] {
  useProductRoom(productId, seen)
  useEffect(() => applyStock(initial), [initial])
  const subscribe = useCallback((listener: () => void) => subscribeToProduct(productId, listener), [productId])
  const revision = useSyncExternalStore(
    subscribe,
    () => revisionOf(productId),
    () => 0,
  )
  return useMemo(() => (revision === 0 ? initial : withLatest(initial)), [initial, revision])
}

/** The count of one variant as it is this second. `initial` is what the page came with; with `seen` it listens as above. */
export function useStock(initial: StockState, seen?: RefObject<Element | null>): StockState {
  const states = useMemo(() => [initial], [initial])
  return useProductStock(initial.productId, states, seen)[0] ?? initial
}

/** Hears a product's room; with `seen` only while that element is on the screen. */
export function useProductRoom(productId: string, seen: RefObject<Element | null> | undefined): void {
  const isWatched = useVisible(seen)
  useEffect(() => (isWatched ? watchRoom(`product:${productId}`) : undefined), [productId, isWatched])
}
