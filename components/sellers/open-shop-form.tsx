'use client'

import { useRouter } from 'next/navigation'
import { useState, type SubmitEvent } from 'react'
import { refreshSession } from '#components/layout/session'
import { PictureChoice } from '#components/media/picture-choice'
import { Alert } from '#components/ui/alert'
import { Button } from '#components/ui/button'
import { Field } from '#components/ui/field'
import { Input, Textarea } from '#components/ui/input'
import { toast } from '#components/ui/toaster'
import { call, createClient } from '#lib/api/client'
import { suggestHandle } from './suggest-handle.tsx'

const api = createClient()

/** Opens the member's shop. The handle follows the name until it is typed by hand. */
export function OpenShopForm() {
  const router = useRouter()
  const [shop, setShop] = useState({ name: '', handle: '', about: '', pictureId: null as string | null })
  const [isHandleTyped, setHandleTyped] = useState(false)
  const [busy, setBusy] = useState(false)
  const [fields, setFields] = useState<Record<string, string>>({})
  const [refusal, setRefusal] = useState<string | null>(null)
  const handle = isHandleTyped ? shop.handle : suggestHandle(shop.name)

  async function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault()
    setBusy(true)
    const answer = await call(api.seller.$post({ json: { ...shop, handle } }))
    if (answer.ok || answer.code === 'already-seller') {
      await refreshSession()
      toast.success('Your shop is open.')
      router.refresh()
      return
    }
    setFields(answer.fields)
    setRefusal(Object.keys(answer.fields).length > 0 ? null : answer.message)
    setBusy(false)
  }

  return (
    <form onSubmit={(event) => void submit(event)} className="grid gap-5" noValidate>
      {refusal ? <Alert tone="bad">{refusal}</Alert> : null}
      <Field label="Shop name" error={fields.name}>
        {(control) => (
          <Input
            {...control}
            name="name"
            autoComplete="organization"
            value={shop.name}
            onChange={(event) => setShop({ ...shop, name: event.target.value })}
          />
        )}
      </Field>
      <Field
        label="Handle"
        hint={`Your shop's address: /shops/${handle || 'your-shop'}. It stays for good.`}
        error={fields.handle}
      >
        {(control) => (
          <Input
            {...control}
            name="handle"
            autoCapitalize="none"
            autoComplete="off"
            spellCheck={false}
            value={handle}
            onChange={(event) => {
              setHandleTyped(event.target.value !== '')
              setShop({ ...shop, handle: event.target.value })
            }}
          />
        )}
      </Field>
      <Field label="About" optional hint="Who you are and what you sell, in a few sentences." error={fields.about}>
        {(control) => (
          <Textarea
            {...control}
            name="about"
            value={shop.about}
            onChange={(event) => setShop({ ...shop, about: event.target.value })}
          />
        )}
      </Field>
      <PictureChoice
        label="Shop picture"
        hint="Your sign, your workshop, yourself. JPEG, PNG or WebP, up to 8 MB."
        pictureId={shop.pictureId}
        error={fields.pictureId}
        onChange={(pictureId) => setShop({ ...shop, pictureId })}
      />
      <Button type="submit" size="lg" busy={busy} className="justify-self-start max-sm:w-full">
        Open the shop
      </Button>
    </form>
  )
}
