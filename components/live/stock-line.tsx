'use client'

import { useRef, useState } from 'react'
import { cn } from '#components/ui/cn'
import type { StockState } from '#lib/live/events'
import { describeStock } from '#lib/live/rules'
import { Countdown } from './countdown.tsx'
import { serverTime } from './server-clock.tsx'
import { useProductStock } from './use-stock.tsx'

const TEXT = { good: 'text-good', warn: 'text-warn', bad: 'text-bad', neutral: 'text-muted' }

interface StockLineProps {
  productId: string
  stock: readonly StockState[]
  serverNow: string
  /** Reads changes aloud: for the one product a page is about, never for a list. */
  isAnnounced?: boolean
  className?: string
}

/** What is left of a product, in one line of fixed height. Listens only while it is on the screen. */
export function StockLine({ productId, stock, serverNow, isAnnounced = false, className }: StockLineProps) {
  const line = useRef<HTMLParagraphElement>(null)
  const states = useProductStock(productId, stock, line)
  const [now, setNow] = useState(() => Date.parse(serverNow))
  const { tone, text, opensAt } = describeStock(states, now)
  const [firstText] = useState(text)

  return (
    <p
      ref={line}
      aria-live={isAnnounced ? 'polite' : undefined}
      className={cn('h-6 truncate text-sm font-medium', TEXT[tone], className)}
    >
      <span key={text} className={cn('rounded-sm count', text !== firstText && 'animate-settle')}>
        {text}
      </span>
      {opensAt ? (
        <>
          {' '}
          <Countdown expiresAt={opensAt} serverNow={serverNow} onEnd={() => setNow(serverTime())} />
        </>
      ) : null}
    </p>
  )
}
