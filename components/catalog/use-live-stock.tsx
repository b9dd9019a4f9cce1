'use client'

import { useCallback, useMemo, useSyncExternalStore, type RefObject } from 'react'
import { serverTime } from '#components/live/server-clock'
import { revisionOf, subscribeToProduct, withLatest } from '#components/live/stock-store'
import { useProductStock } from '#components/live/use-stock'
import type { ShownCard } from '#lib/catalog/rules/still'
import type { StockState } from '#lib/live/events'

const NONE: readonly StockState[] = []

interface LiveStock {
  /** In the seller's order; null until the first snapshot. */
  readonly states: readonly StockState[] | null
  /** A time on the server's clock at which the states were known to be so. */
  readonly serverNow: string
}

/** The counts of a product's versions as they are this second; what the page came with is only the beginning. */
export function useLiveStock(
  { id, variantIds, now }: Pick<ShownCard, 'id' | 'variantIds' | 'now'>,
  seen?: RefObject<Element | null>,
): LiveStock {
  const given = useProductStock(id, now?.stock ?? NONE, seen)
  const subscribe = useCallback((listener: () => void) => subscribeToProduct(id, listener), [id])
  const revision = useSyncExternalStore(
    subscribe,
    () => revisionOf(id),
    () => 0,
  )
  const heard = useMemo(() => (revision === 0 ? null : latestOf(id, variantIds)), [id, variantIds, revision])
  const states = now ? given : heard
  const isKnown = states !== null
  const heardNow = useMemo(() => (isKnown ? new Date(serverTime()).toISOString() : ''), [isKnown])
  return { states, serverNow: now?.serverNow ?? heardNow }
}

/** What was heard of these versions; null while one of them is missing. */
function latestOf(productId: string, variantIds: readonly string[]): readonly StockState[] | null {
  const unheard = { productId, available: 0, onHand: 0, waiting: 0, version: -1, onSale: false, opensAt: null }
  const states = withLatest(variantIds.map((variantId) => ({ ...unheard, variantId })))
  return states.some((state) => state.version < 0) ? null : states
}
