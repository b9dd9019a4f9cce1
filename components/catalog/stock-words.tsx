import type { StockState } from '#lib/live/events'
import { describeStock } from '#lib/live/rules'
import type { Tone } from '#components/ui/tone'

export interface StockWords {
  readonly tone: Tone
  readonly text: string
  /** Set while the sale has not begun: the text is then followed by a countdown to it. */
  readonly opensAt: string | null
  /** Nobody but those who hold a piece can have one now. */
  readonly isGone: boolean
}

/**
 * What a viewer reads about stock, over one variant or all of a product.
 * `mine` is what the viewer's own cart holds of it, and `offered` what is set aside for them: a last piece that is one's own
 * is not "sold out".
 * Units: `now` in milliseconds.
 */
export function stockWords(states: readonly StockState[], now: number, mine: number, offered = 0): StockWords {
  const words = describeStock(states, now)
  const isGone = words.opensAt === null && !states.some((state) => state.onSale && state.available > 0)
  if (words.tone === 'bad' && offered > 0) {
    const text = `${offered} ${offered === 1 ? 'is' : 'are'} set aside for you`
    return { tone: 'accent', text, opensAt: null, isGone: false }
  }
  if (words.tone !== 'bad' || mine === 0) return { ...words, isGone }
  const text = mine === 1 ? 'The last one is in your cart' : `The last ${mine} are in your cart`
  return { tone: 'accent', text, opensAt: null, isGone: false }
}

/** Pieces that may be taken at once: while somebody waits, free ones are theirs. */
export function freeOf(stock: StockState | null): number {
  return stock?.onSale && stock.waiting === 0 ? stock.available : 0
}
