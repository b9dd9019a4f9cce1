'use client'

import { useState, type SubmitEvent } from 'react'
import { LiveCount } from '#components/sellers/live-count'
import { Button } from '#components/ui/button'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { Select } from '#components/ui/select'
import { toast } from '#components/ui/toaster'
import { VisuallyHidden } from '#components/ui/visually-hidden'
import { call, createClient, type Answer } from '#lib/api/client'
import type { StockState } from '#lib/live/events'
import { publishedWords } from './published-words.tsx'

const api = createClient()

type Way = 'add' | 'take' | 'set'

/** The count of one version as it is this moment, and the way to change it. */
export function StockControl({ name, state }: { name: string; state: StockState }) {
  const [way, setWay] = useState<Way>('add')
  const [pieces, setPieces] = useState('')
  const [note, setNote] = useState('')
  const [seen, setSeen] = useState(state)
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<string | null>(null)

  async function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault()
    if (!/^\d{1,6}$/.test(pieces.trim())) return setFault('Write a number of pieces.')
    setBusy(true)
    const json = { ...changeOf(way, Number(pieces), seen, state), note }
    const answer = await call(
      api.stock[':variantId'].adjustments.$post({ param: { variantId: state.variantId }, json }),
    )
    setBusy(false)
    setFault(answer.ok ? null : sentenceOf(answer))
    setSeen(state)
    if (!answer.ok) return
    setPieces('')
    setNote('')
    toast.success([`${name}: ${answer.value.onHand} on hand.`, publishedWords(answer.value)].filter(Boolean).join(' '))
  }

  return (
    <li className="grid items-start gap-x-6 gap-y-4 py-5 first:pt-0 last:pb-0 lg:grid-cols-[minmax(12rem,1fr)_2fr]">
      <div>
        <p className="font-semibold">{name}</p>
        <Counts state={state} />
      </div>
      <StockForm name={name} onSubmit={(event) => void submit(event)}>
        <Field label="Do">
          {(control) => (
            <Select {...control} value={way} onChange={(event) => setWay(event.target.value as Way)}>
              <option value="add">Add</option>
              <option value="take">Take away</option>
              <option value="set">Set on hand to</option>
            </Select>
          )}
        </Field>
        <Field label="Pieces" error={fault}>
          {(control) => (
            <Input
              {...control}
              inputMode="numeric"
              autoComplete="off"
              value={pieces}
              onChange={(event) => {
                setPieces(event.target.value)
                setSeen(state)
              }}
            />
          )}
        </Field>
        <Field label="Note" optional>
          {(control) => (
            <Input {...control} maxLength={200} value={note} onChange={(event) => setNote(event.target.value)} />
          )}
        </Field>
        <Button type="submit" variant="secondary" busy={busy} className="sm:mt-6.5">
          Apply<VisuallyHidden> to {name}</VisuallyHidden>
        </Button>
      </StockForm>
    </li>
  )
}

function StockForm({
  name,
  onSubmit,
  children,
}: {
  name: string
  onSubmit: (event: SubmitEvent<HTMLFormElement>) => void
  children: React.ReactNode
}) {
  return (
    <form
      aria-label={`Stock of ${name}`}
      onSubmit={onSubmit}
      noValidate
      className="grid grid-cols-2 items-start gap-3 sm:grid-cols-[10rem_8rem_1fr_auto]"
    >
      {children}
    </form>
  )
}

function Counts({ state }: { state: StockState }) {
  const counts = [
    { term: 'on hand', count: state.onHand },
    { term: 'available', count: state.available },
    { term: 'in carts', count: state.onHand - state.available },
  ]
  return (
    <dl className="mt-2 flex gap-6">
      {counts.map(({ term, count }) => (
        <div key={term} className="flex flex-col-reverse">
          <dt className="text-xs text-muted">{term}</dt>
          <dd className="self-start text-xl font-semibold">
            <LiveCount count={count} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** A number is set on the count it was decided on. Holds that come and go meanwhile do not touch that count. */
function changeOf(way: Way, pieces: number, seen: StockState, now: StockState) {
  if (way !== 'set') return { delta: way === 'add' ? pieces : -pieces }
  return { onHand: pieces, version: seen.onHand === now.onHand ? now.version : seen.version }
}

function sentenceOf(answer: Extract<Answer<unknown>, { ok: false }>): string {
  const { onHand, held } = answer.detail
  if (answer.code === 'stock-changed' && typeof onHand === 'number') {
    return `The stock changed meanwhile: ${onHand} are on hand now. Apply again if your number still holds.`
  }
  if (answer.code === 'below-held' && typeof held === 'number') {
    return `Buyers hold ${held} of them just now: that many must stay.`
  }
  return Object.values(answer.fields)[0] ?? answer.message
}
