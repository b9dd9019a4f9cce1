import { Field } from '#components/ui/field'
import { Textarea } from '#components/ui/input'

interface ReasonFieldProps {
  label: string
  hint: string
  optional?: boolean
  value: string
  error: string | undefined
  onChange: (reason: string) => void
}

/** What the other side reads. */
export function ReasonField({ label, hint, optional = true, value, error, onChange }: ReasonFieldProps) {
  return (
    <Field label={label} optional={optional} hint={hint} error={error}>
      {(control) => (
        <Textarea
          {...control}
          rows={3}
          required={!optional}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}
