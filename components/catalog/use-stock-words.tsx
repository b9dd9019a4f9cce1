'use client'

import type { StockState } from '#lib/live/events'
import { stockWords, type StockWords } from './stock-words.tsx'
import { useIsOpen } from './use-open.tsx'

/** What to say about stock at this moment. All versions of a product open together. */
export function useStockWords(
  states: readonly StockState[],
  serverNow: string,
  mine: number,
  offered: number,
): StockWords {
  const isOpen = useIsOpen(states[0]?.opensAt ?? null, serverNow)
  return stockWords(states, isOpen ? Infinity : Date.parse(serverNow), mine, offered)
}
