'use client'

import { useState } from 'react'
import { MovePanel } from '#components/orders/moves/move-panel'
import { Field } from '#components/ui/field'
import { Textarea } from '#components/ui/input'
import type { Answer } from '#lib/api/client'
import type { BoughtLineView } from '#lib/reviews/schema'
import type { Thumb } from '#lib/reviews/types'
import { ThumbChoice } from './thumb-choice.tsx'

export interface Draft {
  readonly item: Thumb | null
  readonly seller: Thumb | null
  readonly text: string
}

interface ReviewFormProps {
  title: string
  review: BoughtLineView['review']
  save: (draft: Draft) => Promise<Answer<unknown>>
  onClose: () => void
}

/** Two thumbs and a few words about one line. */
export function ReviewForm({ title, review, save, onClose }: ReviewFormProps) {
  const { item = null, seller = null, text = '' } = review ?? {}
  const [draft, setDraft] = useState<Draft>({ item, seller, text })
  const [isBusy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<(Answer<unknown> & { ok: false }) | null>(null)
  const fields: Partial<Record<string, string>> = refusal?.fields ?? {}

  async function submit() {
    setBusy(true)
    const answer = await save(draft)
    setBusy(false)
    if (answer.ok) onClose()
    else setRefusal(answer)
  }

  return (
    <MovePanel
      title={`How was “${title}”?`}
      doLabel="Save"
      isBusy={isBusy}
      refusal={refusal && Object.keys(fields).length === 0 ? refusal.message : null}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <div className="grid gap-5 sm:grid-cols-2">
        <ThumbChoice
          label="The item"
          value={draft.item}
          words={{ up: 'I like it', down: 'I do not' }}
          error={fields.item}
          onChange={(thumb) => setDraft({ ...draft, item: thumb })}
        />
        <ThumbChoice
          label="The shop"
          value={draft.seller}
          words={{ up: 'Good', down: 'Not good' }}
          error={fields.seller}
          onChange={(thumb) => setDraft({ ...draft, seller: thumb })}
        />
      </div>
      <Field
        label="A few words"
        optional
        hint="Everyone can read them, with your first name and the first letter of the last."
        error={fields.text}
      >
        {(control) => (
          <Textarea
            {...control}
            rows={4}
            maxLength={2000}
            value={draft.text}
            onChange={(event) => setDraft({ ...draft, text: event.target.value })}
          />
        )}
      </Field>
    </MovePanel>
  )
}
