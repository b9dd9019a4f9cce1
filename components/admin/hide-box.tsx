'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { MovePanel } from '#components/orders/moves/move-panel'
import { Alert } from '#components/ui/alert'
import { Button } from '#components/ui/button'
import { Field } from '#components/ui/field'
import { Textarea } from '#components/ui/input'
import { KeepFocus } from '#components/ui/keep-focus'
import { toast } from '#components/ui/toaster'
import { call, createClient, type Answer } from '#lib/api/client'
import type { MarketReviewView } from '#lib/reviews/schema'

const api = createClient()

/** What an operator can do about a review: hide it and say why, or show it again. */
export function HideBox({ id, by, hidden }: Pick<MarketReviewView, 'id' | 'by' | 'hidden'>) {
  const router = useRouter()
  const [isOpen, setOpen] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [reason, setReason] = useState('')
  const [refusal, setRefusal] = useState<(Answer<unknown> & { ok: false }) | null>(null)
  const route = api.admin.reviews[':id'].hidden

  async function send(ask: Promise<Answer<unknown>>, words: string) {
    setBusy(true)
    setRefusal(null)
    const sent = await ask
    setBusy(false)
    router.refresh()
    if (!sent.ok) return setRefusal(sent)
    toast.success(words)
    setOpen(false)
    setReason('')
  }

  const hide = () => void send(call(route.$put({ param: { id }, json: { reason } })), 'The review is hidden.')
  const show = () => void send(call(route.$delete({ param: { id } })), 'Everyone can read the review again.')
  const close = () => {
    setRefusal(null)
    setOpen(false)
  }

  return (
    <KeepFocus part={`${isOpen} ${hidden !== null}`} label={`The review of ${by}`}>
      <div className="mt-3 grid gap-3">
        {hidden ? (
          <Alert tone="warn" title="Hidden from everyone but its buyer and its shop">
            {hidden.reason}
          </Alert>
        ) : null}
        {refusal && !isOpen ? <Alert tone="bad">{refusal.message}</Alert> : null}
        {isOpen ? (
          <MovePanel
            title={`Hide the review of ${by}`}
            doLabel="Hide it"
            isBusy={isBusy}
            refusal={refusal && !refusal.fields.reason ? refusal.message : null}
            onSubmit={hide}
            onClose={close}
          >
            <Field label="Why" hint="Its buyer and its shop read it." error={refusal?.fields.reason ?? null}>
              {(control) => (
                <Textarea
                  {...control}
                  rows={2}
                  required
                  maxLength={500}
                  value={reason}
                  onChange={(event) => setReason(event.target.value)}
                />
              )}
            </Field>
          </MovePanel>
        ) : (
          <Button
            variant="secondary"
            size="sm"
            busy={isBusy}
            className="justify-self-start"
            onClick={hidden ? show : () => setOpen(true)}
          >
            {hidden ? 'Show it again' : 'Hide'}
          </Button>
        )}
      </div>
    </KeepFocus>
  )
}
