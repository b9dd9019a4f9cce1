import { Field } from '#components/ui/field'
import { Select } from '#components/ui/select'
import type { Category } from './commission-row.tsx'
import type { Faults, TaxDraft } from './rule-draft.tsx'
import { AmountField, RuleFrame } from './rule-frame.tsx'

export interface Country {
  readonly code: string
  readonly name: string
}

interface TaxRowProps {
  draft: TaxDraft
  index: number
  categories: readonly Category[]
  countries: readonly Country[]
  fields: Faults
  onChange: (draft: TaxDraft) => void
  onRemove: () => void
}

/** The tax of what is sent to a country: all of it, or a category. */
export function TaxRow({ draft, index, categories, countries, fields, onChange, onRemove }: TaxRowProps) {
  const path = `rules.${index}`
  const country = countries.find(({ code }) => code === draft.country)?.name ?? 'A country'
  const category = categories.find(({ slug }) => slug === draft.category)?.name ?? 'everything else'
  return (
    <RuleFrame name={`${country}: ${category}`} index={index} onRemove={onRemove}>
      <div className="grid gap-4 sm:grid-cols-[2fr_2fr_1fr_2fr]">
        <Field label="Sent to" error={fields[`${path}.country`] ?? null} className="min-w-0">
          {(control) => (
            <Select
              {...control}
              value={draft.country}
              onChange={(event) => onChange({ ...draft, country: event.target.value })}
            >
              <option value="">Choose a country</option>
              {countries.map(({ code, name }) => (
                <option key={code} value={code}>
                  {name}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label="Of" error={fields[`${path}.category`] ?? null} className="min-w-0">
          {(control) => (
            <Select
              {...control}
              value={draft.category}
              onChange={(event) => onChange({ ...draft, category: event.target.value })}
            >
              <option value="">Everything else</option>
              {categories.map(({ slug, name }) => (
                <option key={slug} value={slug}>
                  {name}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <AmountField
          label="Tax, in %"
          value={draft.rate}
          error={fields[`${path}.bps`]}
          onChange={(rate) => onChange({ ...draft, rate })}
        />
        <Field label="Prices" error={fields[`${path}.isIncluded`] ?? null} className="min-w-0">
          {(control) => (
            <Select
              {...control}
              value={draft.isIncluded ? 'in' : 'on'}
              onChange={(event) => onChange({ ...draft, isIncluded: event.target.value === 'in' })}
            >
              <option value="in">have it in them</option>
              <option value="on">come without it</option>
            </Select>
          )}
        </Field>
      </div>
    </RuleFrame>
  )
}
