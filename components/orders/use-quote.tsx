'use client'

import { useEffect, useRef, useState } from 'react'
import { call, createClient, type Answer } from '#lib/api/client'
import type { QuoteView } from '#lib/orders/schema/quote'

const api = createClient()

/** What the checkout would cost, or why it cannot be sent there; null where nothing is held. */
export type Quoted = Answer<QuoteView> | null

/**
 * Keeps asking what the checkout costs: again when the country, a way of sending or what the cart holds changes.
 * `quoted` is the last answer that there was; while `isAsking` it may be out of date.
 */
export function useQuote(first: Quoted, firstCountry: string, goods: string) {
  const [country, setCountry] = useState(firstCountry)
  /** The chosen way by shop. Ways that the shop does not have any more are left out when they are asked for. */
  const [methods, setMethods] = useState<Readonly<Record<string, string>>>({})
  const [quoted, setQuoted] = useState(first)
  const [isAsking, setAsking] = useState(false)
  const [round, setRound] = useState(0)
  const chosen = Object.values(methods).toSorted().join(',')
  const known = useRef(`${firstCountry} ${goods}  0`)

  useEffect(() => {
    const question = `${country} ${goods} ${chosen} ${round}`
    if (question === known.current) return
    known.current = question
    let isOver = false
    setAsking(true)
    void call(api.orders.quote.$get({ query: { country, methods: chosen } })).then((answer) => {
      if (isOver) return
      setAsking(false)
      // A way that is gone, or does not go to the new country: the shop's first one instead.
      if (!answer.ok && answer.code === 'shipping-gone' && chosen !== '') setMethods({})
      else setQuoted(!answer.ok && answer.code === 'empty-cart' ? null : answer)
    })
    return () => {
      isOver = true
    }
  }, [country, goods, chosen, round])

  return {
    country,
    quoted,
    isAsking,
    methods,
    setCountry,
    choose: (sellerId: string, methodId: string) => setMethods((now) => ({ ...now, [sellerId]: methodId })),
    askAgain: () => setRound((now) => now + 1),
  }
}
