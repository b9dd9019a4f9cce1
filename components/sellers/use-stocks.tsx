'use client'

import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react'
import { watchRoom } from '#components/live/live-socket'
import { applyStock, revisionOf, subscribeToProduct, withLatest } from '#components/live/stock-store'
import type { StockState } from '#lib/live/events'

interface Stocked {
  readonly id: string
  readonly stock: readonly StockState[]
}

/** The live counts of several products at once, in the order they came in. */
export function useStocks<T extends Stocked>(products: readonly T[]): readonly T[] {
  useEffect(() => applyStock(products.flatMap((product) => product.stock)), [products])
  useEffect(() => {
    const leave = products.map((product) => watchRoom(`product:${product.id}`))
    return () => leave.forEach((stop) => stop())
  }, [products])
  const subscribe = useCallback(
    (listener: () => void) => {
      const stops = products.map((product) => subscribeToProduct(product.id, listener))
      return () => stops.forEach((stop) => stop())
    },
    [products],
  )
  const revision = useSyncExternalStore(
    subscribe,
    () => products.reduce((sum, product) => sum + revisionOf(product.id), 0),
    () => 0,
  )
  return useMemo(
    () => (revision === 0 ? products : products.map((product) => ({ ...product, stock: withLatest(product.stock) }))),
    [products, revision],
  )
}
