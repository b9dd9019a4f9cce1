import { ArrowUp, Trash2 } from 'lucide-react'
import { useId } from 'react'
import { Button } from '#components/ui/button'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { CountryChoice } from './country-choice.tsx'
import type { ShippingDraft } from './shipping-draft.tsx'

interface ShippingRowProps {
  draft: ShippingDraft
  index: number
  countries: readonly { code: string; name: string }[]
  fields: Record<string, string>
  onChange: (draft: ShippingDraft) => void
  onRemove: () => void
  /** Null for the first. */
  onRaise: (() => void) | null
}

/** One way of sending: its name, where it goes, and the three numbers that make its price. */
export function ShippingRow({ draft, index, countries, fields, onChange, onRemove, onRaise }: ShippingRowProps) {
  const id = useId()
  const name = draft.name.trim() || `Way ${index + 1}`
  const path = `methods.${index}`
  return (
    <div role="group" aria-labelledby={id} className="rounded-control border border-line p-4">
      <div className="mb-2 flex min-h-11 items-center justify-between gap-3">
        <p id={id} className="min-w-0 font-semibold wrap-anywhere">
          {name}
          {index === 0 ? <span className="font-normal text-muted"> · taken unless the buyer chooses</span> : null}
        </p>
        <span className="flex gap-1">
          {onRaise ? (
            <Button variant="quiet" size="icon" aria-label={`Move ${name} up`} onClick={onRaise}>
              <ArrowUp aria-hidden className="size-4.5" />
            </Button>
          ) : null}
          <Button variant="quiet" size="icon" aria-label={`Remove ${name}`} onClick={onRemove}>
            <Trash2 aria-hidden className="size-4.5" />
          </Button>
        </span>
      </div>
      <div className="grid gap-4 sm:grid-cols-6">
        <Field label="Name" hint="Parcel, express, letter" error={fields[`${path}.name`]} className="sm:col-span-6">
          {(control) => (
            <Input
              {...control}
              value={draft.name}
              onChange={(event) => onChange({ ...draft, name: event.target.value })}
            />
          )}
        </Field>
        <Amount
          label="For the parcel, in €"
          value={draft.flat}
          error={fields[`${path}.flatCents`]}
          onChange={(flat) => onChange({ ...draft, flat })}
        />
        <Amount
          label="For each piece, in €"
          value={draft.perItem}
          error={fields[`${path}.perItemCents`]}
          onChange={(perItem) => onChange({ ...draft, perItem })}
        />
        <Amount
          label="Free from, in €"
          value={draft.freeOver}
          error={fields[`${path}.freeOverCents`]}
          onChange={(freeOver) => onChange({ ...draft, freeOver })}
        />
        <CountryChoice
          chosen={draft.countries}
          countries={countries}
          error={fields[`${path}.countries`]}
          onChange={(chosen) => onChange({ ...draft, countries: chosen })}
        />
      </div>
    </div>
  )
}

interface AmountProps {
  label: string
  value: string
  error: string | undefined
  onChange: (value: string) => void
}

function Amount({ label, value, error, onChange }: AmountProps) {
  return (
    <Field label={label} optional error={error ?? null} className="sm:col-span-2">
      {(control) => (
        <Input {...control} inputMode="decimal" value={value} onChange={(event) => onChange(event.target.value)} />
      )}
    </Field>
  )
}
