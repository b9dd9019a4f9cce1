'use client'

import { useState } from 'react'
import { Alert } from '#components/ui/alert'
import { Button } from '#components/ui/button'
import { call, createClient } from '#lib/api/client'

const api = createClient()

/** The two answers a bank would take. The address goes back by itself, also when the question was answered before. */
export function ChallengeForm({ token, returnUrl }: { token: string; returnUrl: string }) {
  const [chosen, setChosen] = useState<'approve' | 'fail' | null>(null)
  const [refusal, setRefusal] = useState<string | null>(null)

  async function answer(decision: 'approve' | 'fail') {
    setRefusal(null)
    setChosen(decision)
    const answered = await call(api.payments.challenges[':token'].$post({ param: { token }, json: { decision } }))
    // As from a page of another site: the market's own page is loaded anew, and back does not lead here again.
    if (answered.ok) return window.location.replace(answered.value.returnUrl)
    if (answered.code === 'challenge-over') return window.location.replace(returnUrl)
    setChosen(null)
    setRefusal(answered.message)
  }

  return (
    <div className="grid gap-4">
      {refusal ? <Alert tone="bad">{refusal}</Alert> : null}
      <div className="grid gap-3 sm:grid-cols-2">
        <Button
          size="lg"
          busy={chosen === 'approve'}
          disabled={chosen === 'fail'}
          onClick={() => void answer('approve')}
        >
          Approve
        </Button>
        <Button
          size="lg"
          variant="secondary"
          busy={chosen === 'fail'}
          disabled={chosen === 'approve'}
          onClick={() => void answer('fail')}
        >
          Do not approve
        </Button>
      </div>
    </div>
  )
}
