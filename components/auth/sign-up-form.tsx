'use client'

import Link from 'next/link'
import { useState, type SubmitEvent } from 'react'
import { Alert } from '#components/ui/alert'
import { Button } from '#components/ui/button'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { call, createClient } from '#lib/api/client'
import { useAuth } from './use-auth.tsx'

const api = createClient()

/** A new account, signed in at once. Each refusal stands beside its field. */
export function SignUpForm({ next }: { next: string }) {
  const { enter } = useAuth()
  const [busy, setBusy] = useState(false)
  const [fields, setFields] = useState<Record<string, string>>({})
  const [refusal, setRefusal] = useState<string | null>(null)

  async function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const text = (name: string) => String(form.get(name) ?? '')
    const account = { name: text('name'), handle: text('handle'), email: text('email'), password: text('password') }
    setBusy(true)
    const answer = await call(api.accounts.$post({ json: account }))
    if (answer.ok) setRefusal(await enter(account.handle, account.password, next))
    else setRefusal(Object.keys(answer.fields).length > 0 ? null : answer.message)
    setFields(answer.ok ? {} : answer.fields)
    setBusy(false)
  }

  return (
    <form method="post" onSubmit={(event) => void submit(event)} className="grid gap-5" noValidate>
      {refusal ? <Alert tone="bad">{refusal}</Alert> : null}
      <Field label="Your name" error={fields.name}>
        {(control) => <Input {...control} name="name" autoComplete="name" required />}
      </Field>
      <Field label="Handle" hint="Your name in the market: letters, digits and hyphens." error={fields.handle}>
        {(control) => <Input {...control} name="handle" autoComplete="username" autoCapitalize="none" required />}
      </Field>
      <Field label="E-mail" error={fields.email}>
        {(control) => <Input {...control} name="email" type="email" autoComplete="email" required />}
      </Field>
      <Field label="Password" hint="At least 10 characters; a short sentence is good." error={fields.password}>
        {(control) => <Input {...control} name="password" type="password" autoComplete="new-password" required />}
      </Field>
      <Button type="submit" size="lg" busy={busy}>
        Create account
      </Button>
      <p className="text-center text-muted">
        Here before?{' '}
        <Link href={`/sign-in?next=${encodeURIComponent(next)}`} className="font-semibold text-accent underline">
          Sign in
        </Link>
      </p>
    </form>
  )
}
