'use client'

import { useRef, useState } from 'react'
import type { ShownCard } from '#lib/catalog/rules/still'
import { useCart } from '#components/layout/cart-store'
import { useWaitlist } from '#components/layout/waitlist-store'
import { Countdown } from '#components/live/countdown'
import { cn } from '#components/ui/cn'
import { useLiveStock } from './use-live-stock.tsx'
import { useStockWords } from './use-stock-words.tsx'

const DOTS = { neutral: 'bg-muted', accent: 'bg-accent', good: 'bg-good', warn: 'bg-warn', bad: 'bg-bad' }
const WORDS = { neutral: 'text-muted', accent: 'text-accent', good: 'text-muted', warn: 'text-warn', bad: 'text-bad' }

/** The living stock line of a product card: one line high, whatever it says. Listens while it is on the screen. */
export function CardStock({ product }: { product: Pick<ShownCard, 'id' | 'variantIds' | 'now'> }) {
  const line = useRef<HTMLParagraphElement>(null)
  const { states, serverNow } = useLiveStock(product, line)
  const words = useStockWords(states ?? [], serverNow, usePiecesHeld(product.id), usePiecesOffered(product.id))
  const [firstText, setFirstText] = useState(states ? words.text : null)
  if (!states) {
    return (
      <p ref={line} aria-hidden className="flex h-6 items-center gap-2">
        <span className="size-2 shrink-0 rounded-full bg-line" />
        <span className="h-3 w-16 animate-pulse rounded-control bg-line/70" />
      </p>
    )
  }
  if (firstText === null) setFirstText(words.text)
  return (
    <p
      ref={line}
      data-gone={words.isGone || undefined}
      className={cn('flex h-6 items-center gap-2 text-sm font-medium', WORDS[words.tone])}
    >
      <span aria-hidden className={cn('size-2 shrink-0 rounded-full', DOTS[words.tone])} />
      <span
        key={words.text}
        className={cn('truncate rounded-sm count', firstText !== null && words.text !== firstText && 'animate-settle')}
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
  )
}

/** How many pieces of a product are set aside for the viewer at this moment. */
function usePiecesOffered(productId: string): number {
  const places = useWaitlist()?.places ?? []
  return places
    .filter((place) => place.productId === productId)
    .reduce((pieces, place) => pieces + (place.offer?.quantity ?? 0), 0)
}

/** How many pieces of a product the viewer's own cart holds at this moment. */
function usePiecesHeld(productId: string): number {
  const lines = useCart()?.lines ?? []
  return lines
    .filter((line) => line.productId === productId && line.state === 'held')
    .reduce((pieces, line) => pieces + line.quantity, 0)
}
