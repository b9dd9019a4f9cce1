import type { StockState } from '#lib/live/events'
import type { Tone } from '#components/ui/tone'

/** From this number down a product is called nearly gone. */
const FEW = 5

export interface StockWords {
  readonly tone: Tone
  readonly text: string
  /** Nobody but those who hold a piece can have one now. */
  readonly isGone: boolean
}

/**
 * What a viewer reads about stock, over one variant or all of a product.
 * `mine` is what the viewer's own cart holds of it: a last piece in one's own cart is not "sold out".
 */
export function stockWords(states: readonly StockState[], mine = 0): StockWords {
  const onSale = states.filter((state) => state.onSale)
  const available = sum(onSale, (state) => state.available)
  const held = sum(onSale, (state) => state.onHand) - available
  if (states.length > 0 && onSale.length === 0) return { tone: 'neutral', text: 'Not on sale', isGone: true }
  if (available > FEW) return { tone: 'good', text: `${available} in stock`, isGone: false }
  if (available > 0)
    return { tone: 'warn', text: available === 1 ? 'Last one' : `Only ${available} left`, isGone: false }
  if (mine > 0) {
    return {
      tone: 'accent',
      text: mine === 1 ? 'The last one is in your cart' : `The last ${mine} are in your cart`,
      isGone: false,
    }
  }
  if (held > 0) return { tone: 'bad', text: `Sold out, ${held} in carts`, isGone: true }
  return { tone: 'bad', text: 'Sold out', isGone: true }
}

function sum(states: readonly StockState[], count: (state: StockState) => number): number {
  return states.reduce((total, state) => total + count(state), 0)
}
