'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { refreshCart } from '#components/layout/cart-store'
import { Alert } from '#components/ui/alert'
import { Button } from '#components/ui/button'
import { call, createClient } from '#lib/api/client'

const api = createClient()

const LOOK_EVERY_MS = 2_000

/** Reads the page again while an outcome is awaited: the live channel is faster, and may be closed. */
export function LookAgain() {
  const router = useRouter()
  useEffect(() => {
    const timer = setInterval(() => router.refresh(), LOOK_EVERY_MS)
    return () => clearInterval(timer)
  }, [router])
  return null
}

/** A payment that waits for its buyer: go on with it, or give it up and have the pieces back. */
export function WaitingPayment({ number, challengeUrl }: { number: string; challengeUrl: string }) {
  const router = useRouter()
  const [isGivingUp, setGivingUp] = useState(false)
  const [refusal, setRefusal] = useState<string | null>(null)

  async function giveUp() {
    setGivingUp(true)
    const answer = await call(api.orders[':number'].payment['give-up'].$post({ param: { number } }))
    // Not there any more: it was answered meanwhile, and the page says how.
    if (!answer.ok && answer.code !== 'not-found') setRefusal(answer.message)
    setGivingUp(false)
    router.refresh()
    await refreshCart()
  }

  return (
    <>
      <Alert tone="accent" title="Your payment waits for you">
        It is confirmed on the bank’s page. Your pieces stay yours meanwhile.
        <span className="mt-3 flex flex-wrap gap-3">
          {/* A form's button, not a link of the router: the address may be another site's. */}
          <Button size="sm" onClick={() => window.location.assign(challengeUrl)}>
            Continue there
          </Button>
          <Button size="sm" variant="secondary" busy={isGivingUp} onClick={() => void giveUp()}>
            Give this payment up
          </Button>
        </span>
      </Alert>
      {refusal ? <Alert tone="bad">{refusal}</Alert> : null}
    </>
  )
}
