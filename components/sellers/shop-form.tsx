'use client'

import { useRouter } from 'next/navigation'
import { useRef, useState, type SubmitEvent } from 'react'
import { refreshSession } from '#components/layout/session'
import { PictureChoice } from '#components/media/picture-choice'
import { Alert } from '#components/ui/alert'
import { Button, ButtonLink } from '#components/ui/button'
import { ChangedMeanwhile } from '#components/ui/changed-meanwhile'
import { Field } from '#components/ui/field'
import { Input, Textarea } from '#components/ui/input'
import { toast } from '#components/ui/toaster'
import { call, createClient, ifMatch, newerRevision } from '#lib/api/client'
import type { SellerView } from '#lib/sellers/schema'

const api = createClient()

/** Changes what the market says about a shop. */
export function ShopForm({ shop }: { shop: SellerView }) {
  const router = useRouter()
  const [change, setChange] = useState({ name: shop.name, about: shop.about, pictureId: shop.pictureId })
  const [busy, setBusy] = useState(false)
  const [fields, setFields] = useState<Record<string, string>>({})
  const [refusal, setRefusal] = useState<string | null>(null)
  const [isChanged, setChanged] = useState(false)
  /** The revision that what is typed was made of. */
  const seen = useRef(shop.revision)

  async function save() {
    setBusy(true)
    const answer = await call(api.seller.$patch({ json: change }, ifMatch(seen.current)))
    setBusy(false)
    const newer = newerRevision(answer)
    seen.current = answer.ok ? answer.value.revision : (newer ?? seen.current)
    setChanged(newer !== null)
    setFields(answer.ok ? {} : answer.fields)
    setRefusal(answer.ok || newer !== null || Object.keys(answer.fields).length > 0 ? null : answer.message)
    if (!answer.ok) return
    toast.success('Saved.')
    await refreshSession()
    router.refresh()
  }

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault()
    void save()
  }

  return (
    <form onSubmit={submit} className="grid gap-5" noValidate>
      {isChanged ? <ChangedMeanwhile what="shop" href="/sell/shop" busy={busy} onKeep={() => void save()} /> : null}
      {refusal ? <Alert tone="bad">{refusal}</Alert> : null}
      <Field label="Shop name" error={fields.name}>
        {(control) => (
          <Input
            {...control}
            value={change.name}
            onChange={(event) => setChange({ ...change, name: event.target.value })}
          />
        )}
      </Field>
      <Field label="About" optional error={fields.about}>
        {(control) => (
          <Textarea
            {...control}
            value={change.about}
            onChange={(event) => setChange({ ...change, about: event.target.value })}
          />
        )}
      </Field>
      <PictureChoice
        label="Shop picture"
        hint="Your sign, your workshop, yourself."
        pictureId={change.pictureId}
        error={fields.pictureId}
        onChange={(pictureId) => setChange({ ...change, pictureId })}
      />
      <div className="flex flex-wrap gap-3">
        <Button type="submit" busy={busy}>
          Save
        </Button>
        <ButtonLink href={`/shops/${shop.handle}`} variant="secondary">
          See it as buyers do
        </ButtonLink>
      </div>
    </form>
  )
}
