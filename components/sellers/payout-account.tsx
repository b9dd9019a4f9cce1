'use client'

import { useState, type SubmitEvent } from 'react'
import { Alert } from '#components/ui/alert'
import { Button } from '#components/ui/button'
import { CardSection } from '#components/ui/card'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { toast } from '#components/ui/toaster'
import { call, createClient } from '#lib/api/client'

const api = createClient()

/** Which account of the provider a shop is paid into. Without one nothing is paid out. */
export function PayoutAccount({ account }: { account: string | null }) {
  const [saved, setSaved] = useState(account)
  const [text, setText] = useState(account ?? '')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)

  async function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault()
    setBusy(true)
    const answer = await call(api.seller['payout-account'].$put({ json: { account: text } }))
    setBusy(false)
    setError(answer.ok ? null : (answer.fields.account ?? answer.message))
    if (!answer.ok) return
    setSaved(answer.value.account)
    toast.success('Saved. The next payout goes there.')
  }

  return (
    <CardSection title="Where you are paid">
      {saved ? null : (
        <Alert tone="warn" className="mb-4">
          Nothing can be paid out to you yet: the market does not know your Stripe account.
        </Alert>
      )}
      <form onSubmit={(event) => void submit(event)} noValidate className="flex flex-wrap items-start gap-3">
        <Field
          label="Stripe account"
          hint="Begins with acct_; Stripe shows it under Settings."
          error={error}
          className="grow"
        >
          {(control) => (
            <Input {...control} autoComplete="off" value={text} onChange={(event) => setText(event.target.value)} />
          )}
        </Field>
        <Button type="submit" variant="secondary" busy={busy} className="sm:mt-6.5">
          Save
        </Button>
      </form>
    </CardSection>
  )
}
