'use client'

import { useEffect, useId, useRef, type ReactNode, type SubmitEvent } from 'react'
import { Alert } from '#components/ui/alert'
import { Button } from '#components/ui/button'
import { Spinner } from '#components/ui/spinner'
import type { RequestPhase } from '../use-keyed-request.tsx'

interface MovePanelProps {
  title: string
  /** What the button that does it says. */
  doLabel: ReactNode
  /** What the button that leaves it says. */
  leaveLabel?: string
  variant?: 'primary' | 'danger'
  isBusy: boolean
  /** Where money moves: how far its request is. */
  phase?: RequestPhase
  refusal: string | null
  onSubmit: () => void
  onClose: () => void
  children: ReactNode
}

/**
 * The form of one thing that can be done, in place. It takes the focus when it opens, Escape leaves it; but not while money
 * moves, whose outcome would come to nobody.
 */
export function MovePanel(props: MovePanelProps) {
  const { title, doLabel, leaveLabel = 'Not now', variant = 'primary', isBusy, phase = 'idle', refusal } = props
  const { onSubmit, onClose, children } = props
  const id = useId()
  const heading = useRef<HTMLHeadingElement>(null)
  const mayLeave = !isBusy && phase === 'idle'
  useEffect(() => heading.current?.focus(), [])

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault()
    if (!isBusy) onSubmit()
  }

  return (
    <form
      noValidate
      aria-labelledby={id}
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && mayLeave) onClose()
      }}
      className="grid animate-rise gap-5 rounded-control border border-line bg-paper p-4 sm:p-5"
    >
      <h3 ref={heading} id={id} tabIndex={-1} className="text-lg font-semibold outline-none">
        {title}
      </h3>
      {children}
      {refusal && phase !== 'undecided' ? <Alert tone="bad">{refusal}</Alert> : null}
      <PhaseNote phase={phase} />
      <div className="flex flex-wrap gap-3">
        <Button type="submit" variant={variant} busy={isBusy}>
          {phase === 'undecided' ? 'Ask again' : doLabel}
        </Button>
        <Button variant="quiet" disabled={!mayLeave} onClick={onClose}>
          {leaveLabel}
        </Button>
      </div>
    </form>
  )
}

function PhaseNote({ phase }: { phase: RequestPhase }) {
  if (phase === 'slow') {
    return (
      <Alert tone="accent" title="Waiting for the payment provider" action={<Spinner />}>
        This can take a few seconds. It is done once, however long it takes.
      </Alert>
    )
  }
  if (phase === 'undecided') {
    return (
      <Alert tone="warn" title="It is not known yet what became of it">
        Ask again: the same request is sent, not a second one. Or load the page anew to see what has happened.
      </Alert>
    )
  }
  return null
}
