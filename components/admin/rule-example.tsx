'use client'

import { useState } from 'react'
import { CardSection } from '#components/ui/card'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { Select } from '#components/ui/select'
import { formatMoney, parseAmount } from '#lib/money'
import { exampleOf } from '#lib/orders/rules/terms'
import type { Category } from './commission-row.tsx'
import { termsOf, type CommissionDraft, type TaxDraft } from './rule-draft.tsx'
import type { Country } from './tax-row.tsx'

interface RuleExampleProps {
  commissions: readonly CommissionDraft[]
  taxes: readonly TaxDraft[]
  /** Whether all that is written can be read. */
  isReadable: boolean
  categories: readonly Category[]
  countries: readonly Country[]
}

/** A sale of one's choice, and what the rules as they are written just now would make of it. */
export function RuleExample({ commissions, taxes, isReadable, categories, countries }: RuleExampleProps) {
  const [price, setPrice] = useState('100')
  const [category, setCategory] = useState(categories[0]?.slug ?? '')
  const [seller, setSeller] = useState('')
  const [country, setCountry] = useState(taxes[0]?.country ?? 'DE')
  const shops = [...new Set(commissions.flatMap((draft) => (draft.scope === 'seller' ? draft.seller.trim() : [])))]
  const shop = shops.includes(seller) ? seller : ''
  const priceCents = parseAmount(price)

  function words(): string {
    if (priceCents === null) return 'Write a price such as 100.'
    if (!isReadable) return 'As soon as every rule can be read, this says what they come to.'
    const sale = { priceCents, categorySlug: category, sellerId: shop, country }
    const { totalCents, commissionCents, taxCents } = exampleOf(sale, termsOf(commissions, taxes))
    const place = categories.find(({ slug }) => slug === category)?.name ?? category
    const kept = `market keeps ${formatMoney(commissionCents)}, tax ${formatMoney(taxCents)}`
    const left = `The buyer pays ${formatMoney(totalCents)}, the shop gets ${formatMoney(totalCents - commissionCents - taxCents)}.`
    return `A ${formatMoney(priceCents)} sale in ${place}${shop ? ` of ${shop}` : ''}: ${kept}. ${left}`
  }

  return (
    <CardSection title="For example">
      <div className="grid grid-cols-2 gap-4 lg:grid-cols-4">
        <Field label="Price, in €">
          {(control) => (
            <Input {...control} inputMode="decimal" value={price} onChange={(event) => setPrice(event.target.value)} />
          )}
        </Field>
        <Choice
          label="Category"
          value={category}
          options={categories.map(({ slug, name }) => [slug, name])}
          onChange={setCategory}
        />
        <Choice
          label="Shop"
          value={shop}
          options={[['', 'Any other'], ...shops.filter(Boolean).map((handle) => [handle, handle] as const)]}
          onChange={setSeller}
        />
        <Choice
          label="Sent to"
          value={country}
          options={countries.map(({ code, name }) => [code, name])}
          onChange={setCountry}
        />
      </div>
      <output aria-live="polite" className="mt-5 block text-lg text-pretty">
        {words()}
      </output>
    </CardSection>
  )
}

interface ChoiceProps {
  label: string
  value: string
  options: readonly (readonly [string, string])[]
  onChange: (value: string) => void
}

function Choice({ label, value, options, onChange }: ChoiceProps) {
  return (
    <Field label={label} className="min-w-0">
      {(control) => (
        <Select {...control} value={value} onChange={(event) => onChange(event.target.value)}>
          {options.map(([key, name]) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
        </Select>
      )}
    </Field>
  )
}
