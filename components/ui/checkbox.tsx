import type { ComponentProps, ReactNode } from 'react'
import { cn } from './cn.tsx'

type ChoiceProps = Omit<ComponentProps<'input'>, 'type'> & { label: ReactNode; hint?: ReactNode }

/** A box to tick, with its label beside it; the whole row is the target. */
export function Checkbox(props: ChoiceProps) {
  return <Choice {...props} type="checkbox" />
}

/** One of several; give all of a group the same `name` and wrap them in a `fieldset` with a `legend`. */
export function Radio(props: ChoiceProps) {
  return <Choice {...props} type="radio" />
}

function Choice({ label, hint, className, type, ...rest }: ChoiceProps & { type: 'checkbox' | 'radio' }) {
  return (
    <label className={cn('flex min-h-11 items-start gap-3 py-2.5', className)}>
      <input {...rest} type={type} className="mt-0.5 size-5 shrink-0" />
      <span>
        <span className="block leading-6 text-ink">{label}</span>
        {hint ? <span className="block text-sm text-muted">{hint}</span> : null}
      </span>
    </label>
  )
}
