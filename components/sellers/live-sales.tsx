'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { useLiveEvents } from '#components/live/use-live-events'
import { toast } from '#components/ui/toaster'
import { call, createClient } from '#lib/api/client'

const api = createClient()

/** How long sales gather before the page is read again: a drop sells hundreds a second. */
const GATHER_MS = 600

/** Reads the page again when the shop sells something, and says what it was. Draws nothing. */
export function LiveSales({ sellerId }: { sellerId: string }) {
  const router = useRouter()
  const numbers = useRef(new Set<string>())
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)

  function tell() {
    const sold = [...numbers.current]
    numbers.current.clear()
    timer.current = undefined
    router.refresh()
    void sentenceOf(sold).then((sentence) => toast.success(sentence))
  }

  useLiveEvents(
    `seller:${sellerId}`,
    (event) => {
      if (event.type !== 'sale') return
      numbers.current.add(event.number)
      timer.current ??= setTimeout(tell, GATHER_MS)
    },
    () => router.refresh(),
    { isRendered: true },
  )
  useEffect(() => () => clearTimeout(timer.current), [])
  return null
}

async function sentenceOf(sold: readonly string[]): Promise<string> {
  if (sold.length > 1) return `Sold: ${sold.length} orders just now`
  const answer = await call(api.seller.orders.$get({ query: {} }))
  const order = answer.ok ? answer.value.items.find((each) => each.number === sold[0]) : undefined
  const [first, ...others] = order?.lines ?? []
  if (!first) return `Sold: order ${sold[0]}`
  const pieces = first.quantity > 1 ? `${first.quantity} × ${first.title}` : first.title
  return `Sold: ${pieces}${others.length > 0 ? ` and ${others.length} more` : ''}`
}
