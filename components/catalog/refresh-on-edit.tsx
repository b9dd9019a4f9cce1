'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useEffectEvent, useState } from 'react'
import { useLiveEvents } from '#components/live/use-live-events'
import { useProductPrices } from '#components/live/use-price'
import { SECOND_MS } from '#lib/time'

/** Another node may keep the page as it was for as long as it takes to hear of an edit. */
const TRIES = 5

/** Draws the page anew when the seller edits the product, until what is drawn is the edit; what the viewer chose stays. */
export function RefreshOnEdit({ productId, revision }: { productId: string; revision: number }) {
  const router = useRouter()
  const [heard, setHeard] = useState(revision)
  const priced = useProductPrices(productId)
  const newest = Math.max(heard, ...(priced ?? []).map((price) => price.version))
  const refresh = useEffectEvent(() => router.refresh())
  useLiveEvents(
    `product:${productId}`,
    (event) => {
      if (event.type === 'product') setHeard((known) => Math.max(known, event.revision))
    },
    () => router.refresh(),
  )
  useEffect(() => {
    if (newest <= revision) return
    let tries = 0
    const again = () => {
      refresh()
      if (++tries === TRIES) clearInterval(timer)
    }
    const timer = setInterval(again, SECOND_MS)
    again()
    return () => clearInterval(timer)
  }, [newest, revision])
  return null
}
