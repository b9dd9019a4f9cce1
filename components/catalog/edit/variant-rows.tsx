'use client'

import { CircleAlert, Trash2 } from 'lucide-react'
import { useId } from 'react'
import { Button } from '#components/ui/button'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import type { DraftOption, DraftVariant } from './draft.tsx'

interface VariantRowsProps {
  options: readonly DraftOption[]
  variants: readonly DraftVariant[]
  fields: Record<string, string>
  onChange: (variants: DraftVariant[]) => void
}

/** SKU, price and stock: of the one version there is, or of each in a row of its own. */
export function VariantRows({ options, variants, fields, onChange }: VariantRowsProps) {
  const [first] = variants
  const hasChoice = variants.length > 1 || (first?.optionValues.length ?? 0) > 0
  return (
    <div className="grid gap-4">
      {fields.variants ? <p className="text-sm font-medium text-bad">{fields.variants}</p> : null}
      {hasChoice && first?.price ? (
        <Button
          variant="quiet"
          size="sm"
          className="justify-self-start"
          onClick={() => onChange(variants.map((row) => ({ ...row, price: first.price, compareAt: first.compareAt })))}
        >
          Give all the price of the first
        </Button>
      ) : null}
      <ul className="grid gap-4">
        {variants.map((row, index) => (
          <li
            key={row.optionValues.join('\n')}
            className={hasChoice ? 'rounded-control border border-line p-4' : undefined}
          >
            <VariantRow
              row={row}
              name={nameOf(row, options)}
              fields={fields}
              path={`variants.${index}`}
              onChange={(changed) => onChange(variants.with(index, changed))}
              onRemove={variants.length > 1 ? () => onChange(variants.toSpliced(index, 1)) : null}
            />
          </li>
        ))}
      </ul>
    </div>
  )
}

interface VariantRowProps {
  row: DraftVariant
  /** Empty for the only version. */
  name: string
  fields: Record<string, string>
  path: string
  onChange: (row: DraftVariant) => void
  /** Null for the last one: a product has at least one version. */
  onRemove: (() => void) | null
}

function VariantRow({ row, name, fields, path, onChange, onRemove }: VariantRowProps) {
  const id = useId()
  const other = fields[path] ?? fields[`${path}.optionValues`] ?? fields[`${path}.id`]
  return (
    <div role={name ? 'group' : undefined} aria-labelledby={name ? id : undefined}>
      {name ? (
        <div className="mb-2 flex min-h-11 items-center justify-between gap-3">
          <p id={id} className="font-semibold">
            {name}
          </p>
          {onRemove ? (
            <Button variant="quiet" size="icon" aria-label={`Remove the version ${name}`} onClick={onRemove}>
              <Trash2 aria-hidden className="size-4.5" />
            </Button>
          ) : null}
        </div>
      ) : null}
      <div className="grid grid-cols-2 gap-4 lg:grid-cols-4">
        <Field label="Price in €" error={fields[`${path}.priceCents`]}>
          {(control) => (
            <Input
              {...control}
              inputMode="decimal"
              placeholder="12.50"
              value={row.price}
              onChange={(event) => onChange({ ...row, price: event.target.value })}
            />
          )}
        </Field>
        <Field label="Before, in €" optional error={fields[`${path}.compareAtCents`]}>
          {(control) => (
            <Input
              {...control}
              inputMode="decimal"
              value={row.compareAt}
              onChange={(event) => onChange({ ...row, compareAt: event.target.value })}
            />
          )}
        </Field>
        <Field label="SKU" optional error={fields[`${path}.sku`]}>
          {(control) => (
            <Input
              {...control}
              autoComplete="off"
              value={row.sku}
              onChange={(event) => onChange({ ...row, sku: event.target.value })}
            />
          )}
        </Field>
        {row.id ? null : (
          <Field label="Pieces" error={fields[`${path}.quantity`]}>
            {(control) => (
              <Input
                {...control}
                inputMode="numeric"
                value={row.quantity}
                onChange={(event) => onChange({ ...row, quantity: event.target.value })}
              />
            )}
          </Field>
        )}
      </div>
      {other ? (
        <p className="mt-2 flex gap-1.5 text-sm font-medium text-bad">
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          {other}
        </p>
      ) : null}
    </div>
  )
}

function nameOf(row: DraftVariant, options: readonly DraftOption[]): string {
  const names = options.filter((option) => option.values.length > 0)
  return row.optionValues.map((value, index) => `${names[index]?.name ?? ''} ${value}`.trim()).join(' · ')
}
