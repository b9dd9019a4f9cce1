'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { useLiveEvents } from '#components/live/use-live-events'
import { toast } from '#components/ui/toaster'

/** How long events gather before the page is read again: a settlement of many orders is many events. */
const GATHER_MS = 600

/** Reads the page again when something may have moved the shop's money, and says when it was paid out. Draws nothing. */
export function BalanceLive({ sellerId }: { sellerId: string }) {
  const router = useRouter()
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)

  useLiveEvents(
    `seller:${sellerId}`,
    (event) => {
      if (event.type !== 'sale' && event.type !== 'order' && event.type !== 'payout') return
      if (event.type === 'payout' && event.status === 'paid') toast.success('You were paid out.')
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
