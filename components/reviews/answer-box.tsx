'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { MovePanel } from '#components/orders/moves/move-panel'
import { Button } from '#components/ui/button'
import { Field } from '#components/ui/field'
import { Textarea } from '#components/ui/input'
import { KeepFocus } from '#components/ui/keep-focus'
import { toast } from '#components/ui/toaster'
import { call, createClient, type Answer } from '#lib/api/client'

const api = createClient()

interface AnswerBoxProps {
  id: string
  /** Who wrote the review. */
  by: string
  answer: string | null
}

/** The shop's answer to a review: to write, to change, to take back. */
export function AnswerBox({ id, by, answer }: AnswerBoxProps) {
  const router = useRouter()
  const [isOpen, setOpen] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [text, setText] = useState(answer ?? '')
  const [refusal, setRefusal] = useState<(Answer<unknown> & { ok: false }) | null>(null)
  const route = api.seller.reviews[':id'].answer

  async function send(ask: Promise<Answer<unknown>>, words: string) {
    setBusy(true)
    setRefusal(null)
    const sent = await ask
    setBusy(false)
    router.refresh()
    if (!sent.ok) return setRefusal(sent)
    toast.success(words)
    setOpen(false)
  }

  return (
    <KeepFocus part={`${isOpen}`} label={`Your answer to ${by}`}>
      <div className="mt-3">
        {isOpen ? (
          <MovePanel
            title={`Your answer to ${by}`}
            doLabel="Answer"
            isBusy={isBusy}
            refusal={refusal && !refusal.fields.text ? refusal.message : null}
            onSubmit={() =>
              void send(call(route.$put({ param: { id }, json: { text } })), 'Everyone can read your answer.')
            }
            onClose={() => setOpen(false)}
          >
            <Field label="What do you want to say?" hint="Everyone can read it." error={refusal?.fields.text ?? null}>
              {(control) => (
                <Textarea
                  {...control}
                  rows={3}
                  required
                  maxLength={2000}
                  value={text}
                  onChange={(event) => setText(event.target.value)}
                />
              )}
            </Field>
          </MovePanel>
        ) : (
          <div className="flex flex-wrap gap-2">
            <Button variant="secondary" size="sm" onClick={() => setOpen(true)}>
              {answer === null ? 'Answer' : 'Change the answer'}
            </Button>
            {answer === null ? null : (
              <Button
                variant="quiet"
                size="sm"
                busy={isBusy}
                onClick={() => void send(call(route.$delete({ param: { id } })), 'Your answer is taken back.')}
              >
                Take the answer back
              </Button>
            )}
          </div>
        )}
      </div>
    </KeepFocus>
  )
}
