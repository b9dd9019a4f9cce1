'use client'

import type { LucideIcon } from 'lucide-react'
import { Plus } from 'lucide-react'
import { type ReactNode, type SubmitEvent } from 'react'
import { Alert } from '#components/ui/alert'
import { Button } from '#components/ui/button'
import { CardSection } from '#components/ui/card'
import { EmptyState } from '#components/ui/empty-state'
import { KeepFocus } from '#components/ui/keep-focus'
import type { Rules } from './use-rules.tsx'

interface RulesFormProps<Draft> {
  title: string
  /** What the list means. */
  hint: string
  rules: Rules<Draft>
  most: number
  empty: { icon: LucideIcon; title: string; text: string }
  newDraft: () => Draft
  row: (draft: Draft, index: number) => ReactNode
}

/** A list of rules, written and saved as a whole. */
export function RulesForm<Draft extends { readonly key: string }>(props: RulesFormProps<Draft>) {
  const { title, hint, rules, most, empty, newDraft, row } = props
  const { drafts, isBusy, isChanged, change, save } = rules

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault()
    if (!isBusy) void save()
  }

  return (
    <CardSection title={title}>
      <p className="-mt-2 mb-5 max-w-prose text-muted">{hint}</p>
      <form aria-label={title} onSubmit={submit} noValidate className="grid gap-5">
        <RefusalNote rules={rules} />
        <KeepFocus part={drafts.map(({ key }) => key).join(' ')} label={`Rules: ${title}`}>
          {drafts.length === 0 ? (
            <EmptyState icon={empty.icon} title={empty.title}>
              {empty.text}
            </EmptyState>
          ) : (
            <ol className="grid gap-4">
              {drafts.map((draft, index) => (
                <li key={draft.key}>{row(draft, index)}</li>
              ))}
            </ol>
          )}
        </KeepFocus>
        <div className="flex flex-wrap items-center gap-3">
          <Button variant="secondary" disabled={drafts.length >= most} onClick={() => change([...drafts, newDraft()])}>
            <Plus aria-hidden className="size-5" />
            Add a rule
          </Button>
          <Button type="submit" busy={isBusy}>
            Save
          </Button>
          <span role="status" className="text-sm text-muted">
            {isChanged ? 'Not saved yet' : ''}
          </span>
        </div>
      </form>
    </CardSection>
  )
}

function RefusalNote<Draft>({ rules: { refusal, isBusy, reload } }: { rules: Rules<Draft> }) {
  if (!refusal) return null
  if (refusal.code !== 'rules-changed') return <Alert tone="bad">{refusal.sentence}</Alert>
  return (
    <Alert
      tone="warn"
      title="Somebody else saved other rules meanwhile"
      action={
        <Button variant="secondary" size="sm" busy={isBusy} onClick={() => void reload()}>
          Show theirs
        </Button>
      }
    >
      Nothing of yours was saved. What you wrote stands here until you take theirs in its place.
    </Alert>
  )
}
