'use client'

import { useRouter } from 'next/navigation'
import { useLiveEvents } from '#components/live/use-live-events'

/** Reads the page again when an order of this buyer changes, also from another window or node. */
export function RefreshOnOrder({ userId }: { userId: string }) {
  const router = useRouter()
  useLiveEvents(
    `user:${userId}`,
    (event) => {
      if (event.type === 'order') router.refresh()
    },
    () => router.refresh(),
  )
  return null
}
