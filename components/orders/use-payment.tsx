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

/** Pays once. A payment that needs its buyer is an answer too: the page it leads to comes back by itself. */
export function usePayment() {
  const { send, phase } = useKeyedRequest<OrderView | Challenge>()
  const [isLeaving, setLeaving] = useState(false)

  async function pay(form: OrderForm): Promise<Answer<OrderView | Challenge>> {
    const answer = await send((key) => call(api.orders.$post({ header: { 'idempotency-key': key }, json: form })))
    if (answer.ok && 'challengeUrl' in answer.value) setLeaving(true)
    return answer
  }

  return { pay, phase: isLeaving ? ('leaving' as const) : phase }
}
