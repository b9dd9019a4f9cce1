import type { StockState } from '#lib/live/events'
import { TONES } from '#components/ui/tone'
import { cn } from '#components/ui/cn'
import { stockWords } from './stock-words.tsx'

/** How many pieces of the chosen version are left, as it is this second. Announced when it changes. */
export function BuyBoxStock({ stock, mine }: { stock: StockState | null; mine: number }) {
  const words = stockWords(stock ? [stock] : [], mine)
  const others = stock ? Math.max(0, stock.onHand - stock.available - mine) : 0
  return (
    <div className="flex min-h-8 flex-wrap items-center gap-x-3 gap-y-1" role="status">
      <span
        key={words.text}
        className={cn('rounded-full px-3 py-1 text-sm font-semibold count not-first:animate-settle', TONES[words.tone])}
      >
        {words.isGone && others > 0 ? 'Sold out for now' : words.text}
      </span>
      {others > 0 ? (
        <span className="text-sm text-muted count">
          {others} in {others === 1 ? 'another cart' : 'other carts'}
          {words.isGone ? ', may come back' : ''}
        </span>
      ) : null}
    </div>
  )
}
