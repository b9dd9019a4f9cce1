'use client'

import { useState } from 'react'
import type { StockState } from '#lib/live/events'
import { Countdown } from '#components/live/countdown'
import { cn } from '#components/ui/cn'
import { TONES } from '#components/ui/tone'
import { useStockWords } from './use-stock-words.tsx'

interface BuyBoxStockProps {
  /** Null where the version has none. */
  stock: StockState | null
  /** Pieces the viewer's own cart holds. */
  mine: number
  /** Pieces that are set aside for the viewer. */
  offered: number
  serverNow: string
}

/** How many pieces of the chosen version are left, as it is this second. Announced when it changes. */
export function BuyBoxStock({ stock, mine, offered, serverNow }: BuyBoxStockProps) {
  const words = useStockWords(stock ? [stock] : [], serverNow, mine, offered)
  const [firstText] = useState(words.text)
  const others = stock && !words.isGone ? Math.max(0, stock.onHand - stock.available - mine - offered) : 0
  return (
    <div className="flex min-h-8 flex-wrap items-center gap-x-3 gap-y-1">
      <p role="status">
        <span
          key={words.text}
          className={cn(
            'inline-block rounded-full px-3 py-1 text-sm font-semibold count',
            TONES[words.tone],
            words.text !== firstText && 'animate-settle',
          )}
        >
          {words.text}
          {words.opensAt ? (
            <>
              {' '}
              <Countdown expiresAt={words.opensAt} serverNow={serverNow} />
            </>
          ) : null}
        </span>
      </p>
      {others > 0 ? (
        <p className="text-sm text-muted count">
          {others} in {others === 1 ? 'another cart' : 'other carts'}
          {words.tone === 'accent' ? ', may come back' : ''}
        </p>
      ) : null}
    </div>
  )
}
