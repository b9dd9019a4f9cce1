'use client'

import { useState } from 'react'
import { joinWaitlist, leaveWaitlist, takeOffer } from '#components/layout/waitlist-store'
import type { Answer } from '#lib/api/client'
import type { PlaceView } from '#lib/cart/schema'

export type Refused = Extract<Answer<unknown>, { ok: false }>

/** What a buyer can do with a place: stand in line, take what is offered, give it up. One at a time. */
export function useOffer() {
  const [busy, setBusy] = useState<'join' | 'take' | 'leave' | null>(null)
  const [refusal, setRefusal] = useState<Refused | null>(null)

  async function run(work: NonNullable<typeof busy>, ask: () => Promise<Answer<unknown>>): Promise<boolean> {
    setBusy(work)
    const answer = await ask()
    setRefusal(answer.ok ? null : answer)
    setBusy(null)
    return answer.ok
  }

  return {
    busy,
    refusal,
    join: (variantId: string, quantity: number) => run('join', () => joinWaitlist(variantId, quantity)),
    take: (place: PlaceView) => run('take', () => takeOffer(place)),
    leave: (variantId: string) => run('leave', () => leaveWaitlist(variantId)),
  }
}
