'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { Answer } from '#lib/api/client'
import type { SellerOrderStateView } from '#lib/orders/schema/progress'

interface Refusal {
  readonly code: string
  readonly sentence: string | null
  readonly fields: Record<string, string>
  readonly detail: Record<string, unknown>
}

/**
 * One thing that is done to a seller order: while it is asked for nothing is asked again, a refusal is kept to be shown beside
 * what was typed, and the page is read again either way, as a refusal mostly means that it is out of date.
 */
export function useMove(onDone: () => void) {
  const router = useRouter()
  const [isBusy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)

  async function move(ask: () => Promise<Answer<SellerOrderStateView>>): Promise<Answer<SellerOrderStateView> | null> {
    if (isBusy) return null
    setBusy(true)
    setRefusal(null)
    const answer = await ask()
    setBusy(false)
    router.refresh()
    if (answer.ok) onDone()
    else setRefusal(refusalOf(answer))
    return answer
  }

  return { move, isBusy, refusal, fields: refusal?.fields ?? {} }
}

function refusalOf({ code, message, fields, detail }: Answer<never> & { ok: false }): Refusal {
  return { code, fields, detail, sentence: Object.keys(fields).length > 0 ? null : message }
}
