'use client'

import { useRouter } from 'next/navigation'
import { useLiveEvents } from '#components/live/use-live-events'

type RefreshOnOrderProps = { userId: string; sellerId?: never } | { sellerId: string; userId?: never }

/**
 * Reads the page again when an order of this buyer, or of this shop, changes, also from another window or node; with a number
 * when that one does.
 */
export function RefreshOnOrder({ userId, sellerId, number }: RefreshOnOrderProps & { number?: string }) {
  const router = useRouter()
  useLiveEvents(
    sellerId === undefined ? `user:${userId}` : `seller:${sellerId}`,
    (event) => {
      if (event.type === 'order' && (number === undefined || event.number === number)) router.refresh()
    },
    () => router.refresh(),
    { isRendered: true },
  )
  return null
}
