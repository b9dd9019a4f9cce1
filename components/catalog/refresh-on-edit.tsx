'use client'

import { useRouter } from 'next/navigation'
import { useLiveEvents } from '#components/live/use-live-events'

/** Draws the page anew when the seller edits the product; what the viewer chose stays. */
export function RefreshOnEdit({ productId, revision }: { productId: string; revision: number }) {
  const router = useRouter()
  useLiveEvents(
    `product:${productId}`,
    (event) => {
      if (event.type === 'product' && event.revision > revision) router.refresh()
    },
    () => router.refresh(),
  )
  return null
}
