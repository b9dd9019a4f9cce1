'use client'

import { useId, useState, type ReactNode } from 'react'
import { Button } from '#components/ui/button'
import { KeepFocus } from '#components/ui/keep-focus'

export interface Choice {
  readonly key: string
  readonly label: string
  readonly variant: 'primary' | 'secondary' | 'danger'
  readonly isAllowed: boolean
  readonly panel: (close: () => void) => ReactNode
}

/**
 * What one may do now, each behind a button that opens its form below. A form that is open stays when the other side makes its
 * thing impossible: what is typed is not taken away, the server says what is wrong with it.
 */
export function MoveMenu({ label, choices }: { label: string; choices: readonly Choice[] }) {
  const id = useId()
  const [open, setOpen] = useState<string | null>(null)
  const shown = choices.filter((choice) => choice.isAllowed || choice.key === open)
  const chosen = shown.find((choice) => choice.key === open)

  function close() {
    document.getElementById(`${id}-${open}`)?.focus()
    setOpen(null)
  }

  if (shown.length === 0) return null
  return (
    <KeepFocus part={`${open} ${shown.map((choice) => choice.key).join(' ')}`} label={label}>
      <div className="flex flex-wrap gap-3">
        {shown.map(({ key, label: text, variant }) => (
          <Button
            key={key}
            id={`${id}-${key}`}
            variant={variant}
            className={key === open ? 'ring-2 ring-line-strong' : undefined}
            aria-expanded={key === open}
            aria-controls={key === open ? id : undefined}
            onClick={() => setOpen(key === open ? null : key)}
          >
            {text}
          </Button>
        ))}
      </div>
      {chosen ? (
        <div key={chosen.key} id={id} className="mt-4">
          {chosen.panel(close)}
        </div>
      ) : null}
    </KeepFocus>
  )
}
