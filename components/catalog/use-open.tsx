'use client'

import { useEffect, useState } from 'react'
import { hearServerTime, serverTime } from '#components/live/server-clock'

/** Looked at again and again: what a slow page first takes for the server's time is late by its own slowness. */
const LOOK_MS = 1_000

/** Whether a drop is open: from its moment on, by the server's clock. True for what is no drop. */
export function useIsOpen(opensAt: string | null, serverNow: string): boolean {
  const [opened, setOpened] = useState<string | null>(null)
  useEffect(() => {
    if (!opensAt) return
    hearServerTime(serverNow)
    let timer: ReturnType<typeof setTimeout>
    const look = () => {
      const leftMs = Date.parse(opensAt) - serverTime()
      if (leftMs <= 0) return setOpened(opensAt)
      timer = setTimeout(look, Math.min(leftMs, LOOK_MS))
    }
    timer = setTimeout(look, 0)
    return () => clearTimeout(timer)
  }, [opensAt, serverNow])
  return !opensAt || opened === opensAt || Date.parse(opensAt) <= Date.parse(serverNow)
}
