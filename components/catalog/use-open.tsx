'use client'

import { useEffect, useState } from 'react'
import { hearServerTime, serverTime } from '#components/live/server-clock'

/** The longest wait a browser's timer can take: 24 days. Nobody leaves a page open that long. */
const LONGEST_MS = 2 ** 31 - 1

/** Whether a drop is open: from its moment on, by the server's clock. True for what is no drop. */
export function useIsOpen(opensAt: string | null, serverNow: string): boolean {
  const [opened, setOpened] = useState<string | null>(null)
  useEffect(() => {
    if (!opensAt) return
    hearServerTime(serverNow)
    const waitMs = Date.parse(opensAt) - serverTime()
    if (waitMs > LONGEST_MS) return
    const timer = setTimeout(() => setOpened(opensAt), Math.max(0, waitMs))
    return () => clearTimeout(timer)
  }, [opensAt, serverNow])
  return !opensAt || opened === opensAt || Date.parse(opensAt) <= Date.parse(serverNow)
}
