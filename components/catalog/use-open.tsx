'use client'

import { useEffect, useState } from 'react'

/** The longest wait a browser's timer can take: 24 days. Nobody leaves a page open that long. */
const LONGEST_MS = 2 ** 31 - 1

/** Whether a drop is open: from its moment on, counted from the server's clock at render. */
export function useIsOpen(opensAt: string | null, serverNow: string): boolean {
  const [opened, setOpened] = useState<string | null>(null)
  const waitMs = opensAt ? Date.parse(opensAt) - Date.parse(serverNow) : 0
  useEffect(() => {
    if (waitMs <= 0 || waitMs > LONGEST_MS) return
    const timer = setTimeout(() => setOpened(opensAt), waitMs)
    return () => clearTimeout(timer)
  }, [opensAt, waitMs])
  return waitMs <= 0 || opened === opensAt
}
