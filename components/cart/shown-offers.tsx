'use client'

import { useLayoutEffect, useSyncExternalStore, type RefObject } from 'react'

/** Offers that a part of the page has on the screen: the notice over the page need not say them again. */
const holders = new Map<string, number>()
const listeners = new Set<() => void>()
const NONE: ReadonlySet<string> = new Set()
let shown = NONE

/** Says that this element shows what is offered of a variant: from the start, and then whenever it is on the screen. Null shows nothing. */
export function useShowsOffer(variantId: string | null, element: RefObject<Element | null>): void {
  // Before the first paint, so that the notice does not flash up over it.
  useLayoutEffect(() => {
    if (!variantId || !element.current) return
    let isShown = true
    count(variantId, 1)
    const observer = new IntersectionObserver(([entry]) => {
      const isNow = entry?.isIntersecting ?? false
      if (isNow !== isShown) count(variantId, isNow ? 1 : -1)
      isShown = isNow
    })
    observer.observe(element.current)
    return () => {
      observer.disconnect()
      if (isShown) count(variantId, -1)
    }
  }, [variantId, element])
}

/** The variants whose offers are on the screen now. */
export function useShownOffers(): ReadonlySet<string> {
  return useSyncExternalStore(
    subscribe,
    () => shown,
    () => NONE,
  )
}

function count(variantId: string, change: number): void {
  holders.set(variantId, (holders.get(variantId) ?? 0) + change)
  shown = new Set([...holders].flatMap(([id, parts]) => (parts > 0 ? [id] : [])))
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
