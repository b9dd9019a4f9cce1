'use client'

import Link from 'next/link'
import { useState, type SubmitEvent } from 'react'
import { Alert } from '#components/ui/alert'
import { Button } from '#components/ui/button'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { useAuth } from './use-auth.tsx'

/** Handle or e-mail and password. What was typed stays when it is refused. */
export function SignInForm({ next }: { next: string }) {
  const { enter } = useAuth()
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<string | null>(null)

  async function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    setBusy(true)
    const sentence = await enter(String(form.get('login')), String(form.get('password')), next)
    setRefusal(sentence)
    setBusy(false)
  }

  return (
    <form method="post" onSubmit={(event) => void submit(event)} className="grid gap-5">
      {refusal ? <Alert tone="bad">{refusal}</Alert> : null}
      <Field label="Handle or e-mail">
        {(control) => <Input {...control} name="login" autoComplete="username" autoCapitalize="none" required />}
      </Field>
      <Field label="Password">
        {(control) => <Input {...control} name="password" type="password" autoComplete="current-password" required />}
      </Field>
      <Button type="submit" size="lg" busy={busy}>
        Sign in
      </Button>
      <p className="text-center text-muted">
        New here?{' '}
        <Link href={`/sign-up?next=${encodeURIComponent(next)}`} className="font-semibold text-accent underline">
          Create an account
        </Link>
      </p>
    </form>
  )
}
