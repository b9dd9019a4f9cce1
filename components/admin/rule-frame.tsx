import { ArrowUp, Trash2 } from 'lucide-react'
import { useId, type ReactNode } from 'react'
import { Button } from '#components/ui/button'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { cn } from '#components/ui/cn'

interface RuleFrameProps {
  /** What the rule is for. */
  name: string
  index: number
  onRemove: () => void
  /** Undefined where the order decides nothing, null for the first. */
  onRaise?: (() => void) | null
  children: ReactNode
}

/** One rule of a list, with its place, the way up and the way out. */
export function RuleFrame({ name, index, onRemove, onRaise, children }: RuleFrameProps) {
  const id = useId()
  const place = `rule ${index + 1}, ${name}`
  return (
    <div role="group" aria-labelledby={id} className="rounded-control border border-line p-4">
      <div className="mb-2 flex min-h-11 items-center justify-between gap-3">
        <p id={id} className="min-w-0 font-semibold wrap-anywhere">
          <span className="text-muted count">{index + 1}.</span> {name}
        </p>
        <span className="flex gap-1">
          {onRaise ? (
            <Button variant="quiet" size="icon" aria-label={`Move ${place}, up`} onClick={onRaise}>
              <ArrowUp aria-hidden className="size-4.5" />
            </Button>
          ) : null}
          <Button variant="quiet" size="icon" aria-label={`Remove ${place}`} onClick={onRemove}>
            <Trash2 aria-hidden className="size-4.5" />
          </Button>
        </span>
      </div>
      {children}
    </div>
  )
}

interface AmountFieldProps {
  label: string
  value: string
  optional?: boolean
  error: string | undefined
  className?: string
  onChange: (value: string) => void
}

/** A number as people write it. */
export function AmountField({ label, value, optional = false, error, className, onChange }: AmountFieldProps) {
  return (
    <Field label={label} optional={optional} error={error ?? null} className={cn('min-w-0', className)}>
      {(control) => (
        <Input {...control} inputMode="decimal" value={value} onChange={(event) => onChange(event.target.value)} />
      )}
    </Field>
  )
}
