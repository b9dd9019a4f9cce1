import { freeOf } from '#components/catalog/stock-words'
import type { StockState } from '#lib/live/events'

/** What a cart's line says of the shop beside the pieces it holds. */
export function leftWords(stock: StockState, mine: number): string {
  const free = freeOf(stock)
  if (free > 0) return `${free} more in the shop`
  const others = stock.onHand - stock.available - mine
  return others > 0 ? `No more free · ${others} in other carts, may come back` : 'No more free'
}

/** What a line that is not held any more says: whether it can be held again. */
export function lapsedWords(stock: StockState): string {
  const free = freeOf(stock)
  if (free > 0) return `${free} left in the shop.`
  if (!stock.onSale) return 'Not on sale now.'
  const held = stock.onHand - stock.available
  return held > 0 ? `${held} in other carts, may come back.` : 'Sold out.'
}
