'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { useLiveEvents } from '#components/live/use-live-events'
import { toast } from '#components/ui/toaster'
import { call, createClient } from '#lib/api/client'
import type { LiveEvent } from '#lib/live/events'
import { lowWords, manyLowWords, soldWords } from './news-words.tsx'

type Low = Extract<LiveEvent, { type: 'low-stock' }>

const api = createClient()

/** How long news gather before they are told as one: a drop sells hundreds a second. */
const GATHER_MS = 600

/**
 * Tells the seller, wherever in the shop, what was sold and of what little is left. One message of each kind at a time: the next
 * takes its place, so that they never pile up. Draws nothing.
 */
export function ShopNews({ sellerId }: { sellerId: string }) {
  const router = useRouter()
  const sold = useRef(new Set<string>())
  const low = useRef(new Map<string, Low>())
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)

  function tell() {
    timer.current = undefined
    const [numbers, scarce] = [[...sold.current], [...low.current.values()]]
    sold.current.clear()
    low.current.clear()
    if (numbers.length > 0) void saleSentence(numbers).then((text) => toast.success(text, { id: 'sale' }))
    const [first] = scarce
    if (!first) return
    const address = scarce.length === 1 ? `/sell/products/${first.productId}` : '/sell'
    const action = { label: 'Look', onClick: () => router.push(address) }
    void lowSentence(first, scarce.length).then((text) => toast.warning(text, { id: 'low-stock', action }))
  }

  useLiveEvents(`seller:${sellerId}`, (event) => {
    if (event.type === 'sale') sold.current.add(event.number)
    else if (event.type === 'low-stock') low.current.set(event.variantId, event)
    else return
    timer.current ??= setTimeout(tell, GATHER_MS)
  })
  useEffect(() => () => clearTimeout(timer.current), [])
  return null
}

async function saleSentence(numbers: readonly string[]): Promise<string> {
  const [number = ''] = numbers
  const answer = numbers.length === 1 ? await call(api.seller.orders.$get({ query: {} })) : null
  const order = answer?.ok ? answer.value.items.find((each) => each.number === number) : undefined
  return soldWords(numbers, order?.lines ?? [])
}

async function lowSentence(first: Low, count: number): Promise<string> {
  if (count > 1) return manyLowWords(count)
  const { productId: id, variantId } = first
  const answer = await call(api.seller.products[':id'].$get({ param: { id } }))
  const product = answer.ok ? answer.value : null
  const variant = product?.variants.find((each) => each.id === variantId)
  return lowWords(first.available, [product?.title ?? 'A product', ...(variant?.optionValues ?? [])])
}
