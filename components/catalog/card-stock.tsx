'use client'

import { useRef } from 'react'
import type { StockState } from '#lib/live/events'
import { useCart } from '#components/layout/cart-store'
import { useProductStock } from '#components/live/use-stock'
import { cn } from '#components/ui/cn'
import { stockWords, type StockWords } from './stock-words.tsx'
import { useIsOpen } from './use-open.tsx'

const DOTS = { neutral: 'bg-muted', accent: 'bg-accent', good: 'bg-good', warn: 'bg-warn', bad: 'bg-bad' }
const WORDS = { neutral: 'text-muted', accent: 'text-accent', good: 'text-muted', warn: 'text-warn', bad: 'text-bad' }

const NOT_OPEN: StockWords = { tone: 'accent', text: 'Opens soon', isGone: false }

interface CardStockProps {
  productId: string
  stock: readonly StockState[]
  opensAt: string | null
  serverNow: string
}

/** The living stock line of a product card: one line high, whatever it says. */
export function CardStock({ productId, stock, opensAt, serverNow }: CardStockProps) {
  const line = useRef<HTMLParagraphElement>(null)
  const states = useProductStock(productId, stock, line)
  const mine = usePiecesHeld(productId)
  const isOpen = useIsOpen(opensAt, serverNow)
  const words = isOpen ? stockWords(states, mine) : NOT_OPEN
  return (
    <p
      ref={line}
      data-gone={words.isGone || undefined}
      className={cn('flex h-6 items-center gap-2 truncate text-sm font-medium', WORDS[words.tone])}
    >
      <span aria-hidden className={cn('size-2 shrink-0 rounded-full', DOTS[words.tone])} />
      <span key={words.text} className="truncate rounded-sm count not-first:animate-settle">
        {words.text}
      </span>
    </p>
  )
}

/** How many pieces of a product the viewer's own cart holds at this moment. */
function usePiecesHeld(productId: string): number {
  const lines = useCart()?.lines ?? []
  return lines
    .filter((line) => line.productId === productId && line.state === 'held')
    .reduce((pieces, line) => pieces + line.quantity, 0)
}
