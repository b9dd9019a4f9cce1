'use client'

import { useEffect, useState } from 'react'

/** Longest wait a browser's timer takes; a later opening is looked at again then. */
const LONGEST_MS = 2 ** 31 - 1

/** Whether a drop is open: from its moment on, counted from the server's clock at render. */
export function useIsOpen(opensAt: string | null, serverNow: string): boolean {
  const waitMs = opensAt ? Date.parse(opensAt) - Date.parse(serverNow) : 0
  const [isOpen, setOpen] = useState(waitMs <= 0)
  useEffect(() => {
    if (waitMs <= 0) return
    const timer = setTimeout(() => setOpen(true), Math.min(waitMs, LONGEST_MS))
    return () => clearTimeout(timer)
  }, [waitMs])
  return isOpen || waitMs <= 0
}
