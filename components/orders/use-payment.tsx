'use client'

import { useState } from 'react'
import { call, createClient, type Answer } from '#lib/api/client'
import type { OrderView } from '#lib/orders/schema'
import type { Challenge } from '#lib/orders/types'
import type { OrderForm } from './order-form.tsx'
import { useKeyedRequest, type RequestPhase } from './use-keyed-request.tsx'

const api = createClient()

/** `leaving`: the buyer is on the way to the page that asks them. */
export type PaymentPhase = RequestPhase | 'leaving'

/**
 * Pays once. A payment that needs its buyer is an answer too: the page it leads to comes back by itself.
 * `isHere` from the first press until the buyer is sent elsewhere: what was pressed on this page is answered on it.
 */
export function usePayment() {
  const { send, phase } = useKeyedRequest<OrderView | Challenge>()
  const [place, setPlace] = useState<'nowhere' | 'here' | 'bank'>('nowhere')

  async function pay(form: OrderForm): Promise<Answer<OrderView | Challenge>> {
    setPlace('here')
    const answer = await send((key) => call(api.orders.$post({ header: { 'idempotency-key': key }, json: form })))
    if (answer.ok && 'challengeUrl' in answer.value) setPlace('bank')
    return answer
  }

  return { pay, phase: place === 'bank' ? ('leaving' as const) : phase, isHere: place === 'here' }
}
