'use client'

import { Plus, Trash2 } from 'lucide-react'
import { Button } from '#components/ui/button'
import { CardSection } from '#components/ui/card'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { OPTIONS_MAX } from '#lib/catalog/rules/product'
import { variantsFor, type DraftOption } from './draft.tsx'
import type { SectionProps } from './section-props.tsx'
import { TokenField } from './token-field.tsx'
import { VariantRows } from './variant-rows.tsx'

const SUGGESTIONS = ['Size', 'Colour', 'Material']

/** What there is to choose between, and the price of each choice. */
export function OptionsSection({ draft, fields, onChange }: SectionProps) {
  const { options, variants } = draft

  function changeOptions(next: DraftOption[]) {
    onChange({ options: next, variants: variantsFor(next, variants, options) })
  }

  return (
    <CardSection title={options.length > 0 ? 'Versions and prices' : 'Price and stock'}>
      <div className="grid gap-6">
        {options.map((option, index) => (
          <OptionRow
            key={index}
            option={option}
            number={index + 1}
            nameError={fields[`optionNames.${index}`]}
            onChange={(changed) => changeOptions(options.with(index, changed))}
            onRemove={() => changeOptions(options.toSpliced(index, 1))}
          />
        ))}
        {fields.optionNames ? <p className="text-sm font-medium text-bad">{fields.optionNames}</p> : null}
        <VariantRows
          options={options}
          variants={variants}
          fields={fields}
          onChange={(next) => onChange({ variants: next })}
        />
        {options.length < OPTIONS_MAX ? (
          <div>
            <Button
              variant="secondary"
              onClick={() => changeOptions([...options, { name: nameFor(options), values: [] }])}
            >
              <Plus aria-hidden className="size-4.5" />
              {options.length === 0 ? 'It comes in several versions' : 'Add an option'}
            </Button>
            {options.length === 0 ? (
              <p className="mt-1.5 text-sm text-muted">Sizes, colours, materials: up to three options.</p>
            ) : null}
          </div>
        ) : null}
      </div>
    </CardSection>
  )
}

interface OptionRowProps {
  option: DraftOption
  number: number
  nameError?: string
  onChange: (option: DraftOption) => void
  onRemove: () => void
}

function OptionRow({ option, number, nameError, onChange, onRemove }: OptionRowProps) {
  return (
    <div className="grid grid-cols-[1fr_auto] gap-3 rounded-control bg-sunken/60 p-4 sm:grid-cols-[12rem_1fr_auto]">
      <Field label={`Option ${number}`} error={nameError}>
        {(control) => (
          <Input
            {...control}
            value={option.name}
            onChange={(event) => onChange({ ...option, name: event.target.value })}
          />
        )}
      </Field>
      <div className="row-start-2 max-sm:col-span-2 sm:row-start-auto">
        <TokenField
          label={`Values of ${option.name || `option ${number}`}`}
          one="value"
          tokens={option.values}
          max={50}
          onChange={(values) => onChange({ ...option, values })}
        />
      </div>
      <Button
        variant="quiet"
        size="icon"
        aria-label={`Remove option ${option.name || number}`}
        onClick={onRemove}
        className="mt-6.5"
      >
        <Trash2 aria-hidden className="size-4.5" />
      </Button>
    </div>
  )
}

function nameFor(options: readonly DraftOption[]): string {
  return SUGGESTIONS.find((name) => options.every((option) => option.name !== name)) ?? ''
}
