'use client'

import { useSyncExternalStore } from 'react'
import { subscribeToWatchers, watchersOf } from './watcher-store.tsx'

/** How many browsers have a product on their screen, this one included; 0 until known. For a page that listens to the product. */
export function useWatchers(productId: string): number {
  return useSyncExternalStore(
    subscribeToWatchers,
    () => watchersOf(productId),
    () => 0,
  )
}

/** How many have one of these products on their screen, a shop's own screens apart. For a page that listens to all of them. */
export function useAllWatchers(productIds: readonly string[]): number {
  return useSyncExternalStore(
    subscribeToWatchers,
    () => productIds.reduce((sum, productId) => sum + watchersOf(productId), 0),
    () => 0,
  )
}
