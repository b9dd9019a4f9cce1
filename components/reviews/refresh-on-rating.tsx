'use client'

import { useRouter } from 'next/navigation'
import { useLiveEvents } from '#components/live/use-live-events'

/** Reads the page again when somebody says something about this shop, changes it, or takes it back. */
export function RefreshOnRating({ sellerId }: { sellerId: string }) {
  const router = useRouter()
  useLiveEvents(
    `shop:${sellerId}`,
    (event) => {
      if (event.type === 'rating' && event.productId !== null) router.refresh()
    },
    () => router.refresh(),
    { isRendered: true },
  )
  return null
}
