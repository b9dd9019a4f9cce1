'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { useLiveEvents } from '#components/live/use-live-events'

/** How long sales gather before the page is read again: a drop sells hundreds a second. */
const GATHER_MS = 600

/** Reads the page again when the shop sells something. Draws nothing. */
export function LiveSales({ sellerId }: { sellerId: string }) {
  const router = useRouter()
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)

  useLiveEvents(
    `seller:${sellerId}`,
    (event) => {
      if (event.type !== 'sale') return
      timer.current ??= setTimeout(() => {
        timer.current = undefined
        router.refresh()
      }, GATHER_MS)
    },
    () => router.refresh(),
    { isRendered: true },
  )
  useEffect(() => () => clearTimeout(timer.current), [])
  return null
}
