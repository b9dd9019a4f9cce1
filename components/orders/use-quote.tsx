'use client'

import { useEffect, useState } from 'react'
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
  /** The chosen way by shop. */
  const [methods, setMethods] = useState<Readonly<Record<string, string>>>({})
  const [round, setRound] = useState(0)
  const [last, setLast] = useState({ question: questionOf(firstCountry, goods, '', 0), quoted: first })
  const chosen = Object.values(methods).toSorted().join(',')
  const question = questionOf(country, goods, chosen, round)
  // With nothing held it is being paid for just now, or gone: what it came to stays until the page knows.
  const isAsking = goods !== '' && question !== last.question

  useEffect(() => {
    if (!isAsking) return
    let isOver = false
    void call(api.orders.quote.$get({ query: { country, methods: chosen } })).then((answer) => {
      if (isOver) return
      // A way that is gone, or does not go to the new country: the shop's first one instead.
      if (!answer.ok && answer.code === 'shipping-gone' && chosen !== '') setMethods({})
      else setLast({ question, quoted: !answer.ok && answer.code === 'empty-cart' ? null : answer })
    })
    return () => {
      isOver = true
    }
  }, [isAsking, question, country, chosen])

  return {
    country,
    quoted: last.quoted,
    isAsking,
    methods,
    setCountry,
    choose: (sellerId: string, methodId: string) => setMethods((now) => ({ ...now, [sellerId]: methodId })),
    askAgain: () => setRound((now) => now + 1),
  }
}

function questionOf(...parts: readonly (string | number)[]): string {
  return parts.join(' ')
}
