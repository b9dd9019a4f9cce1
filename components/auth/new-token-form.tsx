'use client'

import { useState, type SubmitEvent } from 'react'
import { Alert } from '#components/ui/alert'
import { Button } from '#components/ui/button'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { Select } from '#components/ui/select'
import { call, createClient } from '#lib/api/client'
import { TOKEN_DAYS, USUAL_SCOPES } from '#lib/auth/rules'
import type { NewTokenView } from '#lib/auth/schema'
import type { Scope } from '#lib/auth/types'

const api = createClient()

interface NewTokenFormProps {
  handle: string
  isOperator: boolean
  onMade: (token: NewTokenView) => void
}

const MEANINGS: Record<Scope, string> = {
  read: 'See your cart, orders, shop and balance',
  buy: 'Fill your cart, wait in line, order and pay',
  sell: 'List and change products, stock and your shop; send and refund orders',
  account: 'End sessions, revoke tokens, say where you are paid',
  operate: 'Operate the market: fees, taxes, disputes',
}

const PERIODS = [
  { days: 7, name: 'A week' },
  { days: 30, name: '30 days' },
  { days: TOKEN_DAYS.usual, name: '90 days' },
  { days: TOKEN_DAYS.most, name: 'A year' },
]

/** Makes a token: what for, what it may do and for how long, and the password once more. */
export function NewTokenForm({ handle, isOperator, onMade }: NewTokenFormProps) {
  const [name, setName] = useState('')
  const [scopes, setScopes] = useState<readonly Scope[]>(USUAL_SCOPES)
  const [days, setDays] = useState<number>(TOKEN_DAYS.usual)
  const [password, setPassword] = useState('')
  const [busy, setBusy] = useState(false)
  const [fields, setFields] = useState<Record<string, string>>({})
  const [refusal, setRefusal] = useState<string | null>(null)

  async function make() {
    setBusy(true)
    const json = { login: handle, password, name, scopes: [...scopes], expiresInDays: days }
    const answer = await call(api.tokens.$post({ json }))
    setBusy(false)
    setFields(answer.ok ? {} : answer.fields)
    if (!answer.ok) {
      // The login is not typed here: what does not fit is the password.
      if (answer.code === 'wrong-credentials') setFields({ password: 'This is not your password.' })
      else setRefusal(Object.keys(answer.fields).length > 0 ? null : answer.message)
      return
    }
    setRefusal(null)
    setName('')
    setPassword('')
    onMade(answer.value)
  }

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault()
    void make()
  }

  function choose(scope: Scope, isChosen: boolean) {
    setScopes(isChosen ? [...scopes, scope] : scopes.filter((each) => each !== scope))
  }

  return (
    <form method="post" onSubmit={submit} noValidate className="grid gap-5">
      {refusal ? <Alert tone="bad">{refusal}</Alert> : null}
      <div className="grid gap-5 sm:grid-cols-2">
        <Field label="Name" hint="So that you know which one to revoke." error={fields.name}>
          {(control) => <Input {...control} value={name} onChange={(event) => setName(event.target.value)} />}
        </Field>
        <Field label="Works for" error={fields.expiresInDays}>
          {(control) => (
            <Select {...control} value={days} onChange={(event) => setDays(Number(event.target.value))}>
              {PERIODS.map((period) => (
                <option key={period.days} value={period.days}>
                  {period.name}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </div>
      <ScopeChoice chosen={scopes} isOperator={isOperator} error={fields.scopes} onChoose={choose} />
      <Field
        label="Your password"
        hint="Asked for again, because a token outlives this session."
        error={fields.password}
      >
        {(control) => (
          <Input
            {...control}
            type="password"
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        )}
      </Field>
      <div>
        <Button type="submit" busy={busy}>
          Make the token
        </Button>
      </div>
    </form>
  )
}

interface ScopeChoiceProps {
  chosen: readonly Scope[]
  isOperator: boolean
  error: string | undefined
  onChoose: (scope: Scope, isChosen: boolean) => void
}

function ScopeChoice({ chosen, isOperator, error, onChoose }: ScopeChoiceProps) {
  const offered = (Object.keys(MEANINGS) as Scope[]).filter((scope) => scope !== 'operate' || isOperator)
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1.5 text-sm font-semibold">What it may do</legend>
      {offered.map((scope) => (
        <label key={scope} className="flex min-h-11 items-center gap-3 rounded-control border border-line px-3 py-2">
          <input
            type="checkbox"
            className="size-5 shrink-0 accent-accent"
            checked={chosen.includes(scope)}
            onChange={(event) => onChoose(scope, event.target.checked)}
          />
          <span className="font-mono text-sm font-semibold">{scope}</span>
          <span className="text-sm text-muted">{MEANINGS[scope]}</span>
        </label>
      ))}
      {error ? <p className="text-sm font-medium text-bad">{error}</p> : null}
    </fieldset>
  )
}
