'use client'

import { useEffect, useEffectEvent, useState } from 'react'
import { cn } from '#components/ui/cn'
import { formatCountdown, SECOND_MS } from '#lib/time'
import { hearServerTime, serverTime } from './server-clock.tsx'

/** The server is asked what came of it only when the time is over on its clock too. */
const MARGIN_MS = 400

interface CountdownProps {
  expiresAt: string
  /** The server's time when it wrote `expiresAt` down: a browser's clock may be wrong by hours. */
  serverNow: string
  /** Called once when the time is over. */
  onEnd?: () => void
  className?: string
}

/** The time that is left, second by second. A screen reader reads it when asked and is not told of each second. */
export function Countdown({ expiresAt, serverNow, onEnd, className }: CountdownProps) {
  const end = Date.parse(expiresAt)
  const [now, setNow] = useState(() => Date.parse(serverNow))
  const finish = useEffectEvent(() => onEnd?.())

  useEffect(() => {
    hearServerTime(serverNow)
    let timer = setTimeout(tick, 0)
    function tick() {
      const left = end - serverTime()
      setNow(end - left)
      if (left <= 0) timer = setTimeout(() => finish(), MARGIN_MS)
      else timer = setTimeout(tick, (left % SECOND_MS) + 5)
    }
    return () => clearTimeout(timer)
  }, [end, serverNow])

  return (
    <time role="timer" dateTime={expiresAt} className={cn('whitespace-nowrap count', className)}>
      {formatCountdown(end - now)}
    </time>
  )
}
