'use client'

import { useState, type ReactNode } from 'react'
import { toast } from '#components/ui/toaster'
import type { Answer } from '#lib/api/client'
import type { SellerOrderStateView } from '#lib/orders/schema/progress'
import { oneLine } from '../order-words.tsx'
import { MovePanel } from './move-panel.tsx'
import { ReasonField } from './reason-field.tsx'
import { useMove } from './use-move.tsx'

interface NoteFormProps {
  title: string
  doLabel: string
  /** What is said when it is done. */
  done: string
  /** What the shop is told with it; left out where nothing is. */
  note?: { readonly label: string; readonly hint: string; readonly optional: boolean }
  post: (note: string) => Promise<Answer<SellerOrderStateView>>
  onClose: () => void
  children: ReactNode
}

/** Something that moves no money and needs no more than a word. */
export function NoteForm({ title, doLabel, done, note, post, onClose, children }: NoteFormProps) {
  const [text, setText] = useState('')
  const { move, isBusy, refusal, fields } = useMove(() => {
    toast.success(done)
    onClose()
  })
  return (
    <MovePanel
      title={title}
      doLabel={doLabel}
      isBusy={isBusy}
      refusal={refusal?.sentence ?? null}
      onSubmit={() => void move(() => post(oneLine(text)))}
      onClose={onClose}
    >
      <p>{children}</p>
      {note ? <ReasonField {...note} value={text} error={fields.reason} onChange={setText} /> : null}
    </MovePanel>
  )
}
