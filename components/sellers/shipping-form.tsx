'use client'

import { Plus, Truck } from 'lucide-react'
import { nanoid } from 'nanoid'
import { useRef, useState, type SubmitEvent } from 'react'
import { Alert } from '#components/ui/alert'
import { Button } from '#components/ui/button'
import { ChangedMeanwhile } from '#components/ui/changed-meanwhile'
import { EmptyState } from '#components/ui/empty-state'
import { toast } from '#components/ui/toaster'
import { call, createClient, ifMatch, newerRevision } from '#lib/api/client'
import type { ShippingView } from '#lib/sellers/schema'
import { draftOf, faultsOf, requestOf, type ShippingDraft } from './shipping-draft.tsx'
import { ShippingRow } from './shipping-row.tsx'

const api = createClient()
const MOST = 10

interface ShippingFormProps {
  shipping: ShippingView
  countries: readonly { code: string; name: string }[]
}

/** All ways a shop sends, written and saved as one list. */
export function ShippingForm({ shipping, countries }: ShippingFormProps) {
  const [drafts, setDrafts] = useState(() => shipping.methods.map(draftOf))
  const [busy, setBusy] = useState(false)
  const [fields, setFields] = useState<Record<string, string>>({})
  const [refusal, setRefusal] = useState<string | null>(null)
  const [isChanged, setChanged] = useState(false)
  /** The revision that what is typed was made of. */
  const seen = useRef(shipping.revision)

  function change(next: readonly ShippingDraft[]) {
    // What is wrong is said by place in the list: with another list it would stand beside another field.
    if (next.length !== drafts.length) setFields({})
    setDrafts([...next])
  }

  async function save() {
    const faults = faultsOf(drafts)
    setFields(faults)
    setRefusal(null)
    if (Object.keys(faults).length > 0) return
    setBusy(true)
    const answer = await call(api.seller.shipping.$put({ json: requestOf(drafts) }, ifMatch(seen.current)))
    setBusy(false)
    const newer = newerRevision(answer)
    seen.current = answer.ok ? answer.value.revision : (newer ?? seen.current)
    setChanged(newer !== null)
    if (newer !== null) return
    if (!answer.ok) {
      setFields(answer.fields)
      setRefusal(answer.fields.methods ?? (Object.keys(answer.fields).length > 0 ? null : answer.message))
      return
    }
    setDrafts(answer.value.methods.map(draftOf))
    toast.success('Saved. New checkouts go by it.')
  }

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault()
    void save()
  }

  return (
    <form onSubmit={submit} noValidate className="grid gap-5">
      {isChanged ? <ChangedMeanwhile what="list" href="/sell/shipping" busy={busy} onKeep={() => void save()} /> : null}
      {refusal ? <Alert tone="bad">{refusal}</Alert> : null}
      {drafts.length === 0 ? (
        <EmptyState icon={Truck} title="Sending is free">
          As long as you say nothing else, buyers pay nothing for it, wherever they are.
        </EmptyState>
      ) : (
        <ol className="grid gap-4">
          {drafts.map((draft, index) => (
            <li key={draft.key}>
              <ShippingRow
                draft={draft}
                index={index}
                countries={countries}
                fields={fields}
                onChange={(changed) => change(drafts.with(index, changed))}
                onRemove={() => change(drafts.toSpliced(index, 1))}
                onRaise={index === 0 ? null : () => change(drafts.toSpliced(index, 1).toSpliced(index - 1, 0, draft))}
              />
            </li>
          ))}
        </ol>
      )}
      <div className="flex flex-wrap gap-3">
        <Button
          variant="secondary"
          disabled={drafts.length >= MOST}
          onClick={() =>
            change([...drafts, { key: nanoid(), name: '', flat: '', perItem: '', freeOver: '', countries: [] }])
          }
        >
          <Plus aria-hidden className="size-5" />
          Add a way of sending
        </Button>
        <Button type="submit" busy={busy}>
          Save
        </Button>
      </div>
    </form>
  )
}
