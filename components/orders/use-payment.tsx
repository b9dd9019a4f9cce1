'use client'

import { nanoid } from 'nanoid'
import { useRef, useState } from 'react'
import { call, createClient, type Answer } from '#lib/api/client'
import type { OrderView } from '#lib/orders/schema'
import type { Challenge } from '#lib/orders/types'
import type { OrderForm } from './order-form.tsx'

const api = createClient()

const SLOW_AFTER_MS = 1_500
const REPEAT_EVERY_MS = 1_000
const REPEATS = 60

/** Codes after which it is not known yet what became of the payment: the same request is sent again with the same key. */
const UNDECIDED = new Set(['in-progress', 'offline', 'busy', 'unexpected', 'outcome-unknown'])

/** `slow`: the bank takes its time; `leaving`: the buyer is on the way to the page that asks them. */
export type PaymentPhase = 'idle' | 'paying' | 'slow' | 'leaving'

/**
 * Pays once. The key is made when the buyer presses, and stays for every repeat of that request until it has an answer;
 * the next press after an answer is a new payment with a new key. A payment that needs its buyer is an answer too: the
 * page it leads to comes back by itself.
 */
export function usePayment() {
  const [phase, setPhase] = useState<PaymentPhase>('idle')
  const pending = useRef<{ key: string; form: OrderForm } | null>(null)

  async function pay(form: OrderForm): Promise<Answer<OrderView | Challenge>> {
    setPhase('paying')
    const slow = setTimeout(() => setPhase('slow'), SLOW_AFTER_MS)
    const attempt = (pending.current ??= { key: nanoid(), form })
    const answer = await repeat(attempt)
    if (answer.ok || !UNDECIDED.has(answer.code)) pending.current = null
    clearTimeout(slow)
    setPhase(answer.ok && 'challengeUrl' in answer.value ? 'leaving' : 'idle')
    return answer
  }

  return { pay, phase }
}

async function repeat({ key, form }: { key: string; form: OrderForm }): Promise<Answer<OrderView | Challenge>> {
  for (let left = REPEATS; ; left--) {
    const answer = await call(api.orders.$post({ header: { 'idempotency-key': key }, json: form }))
    if (answer.ok || !UNDECIDED.has(answer.code) || left === 0) return answer
    await new Promise((resolve) => setTimeout(resolve, REPEAT_EVERY_MS))
  }
}
