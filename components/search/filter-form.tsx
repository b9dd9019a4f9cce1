import Form from 'next/form'
import Link from 'next/link'
import type { ReactNode } from 'react'
import type { FacetsView } from '#lib/search/schema'
import { CONDITIONS } from '#components/catalog/condition'
import { Button } from '#components/ui/button'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { formatMoney } from '#lib/money'
import { FOUND_MAX } from '#lib/search/rules/places'

type Condition = FacetsView['conditions'][number]['condition']

export interface FilterFormProps {
  facets: FacetsView
  /** What is chosen, as the address has it. */
  chosen: {
    q: string
    category: string | null
    seller: string | null
    conditions: readonly Condition[]
    from: string
    to: string
    inStock: boolean
  }
  /** The sort, where it is not the default one. */
  sort: string | null
  errors: { from: string | null; to: string | null }
  /** The address with one band of prices. */
  bands: readonly { minPriceCents: string; maxPriceCents: string | null; count: number; href: string }[]
}

/** What narrows a search down: a form that is an address, so it works before any script does. */
export function FilterForm({ facets, chosen, sort, errors, bands }: FilterFormProps) {
  const kept = { q: chosen.q, seller: chosen.seller ?? '', sort: sort ?? '' }
  return (
    <Form action="/search" scroll={false} aria-label="Filters" className="grid gap-7">
      {Object.entries(kept).map(([name, value]) =>
        value ? <input key={name} type="hidden" name={name} value={value} /> : null,
      )}
      <Choice
        key={`stock ${chosen.inStock}`}
        type="checkbox"
        name="inStock"
        value="true"
        isChosen={chosen.inStock}
        count={facets.inStock}
        isCapped={facets.isCapped}
      >
        In stock only
      </Choice>
      <Group legend="Category">
        <Choice
          key={`all ${chosen.category}`}
          type="radio"
          name="category"
          value=""
          isChosen={chosen.category === null}
        >
          All categories
        </Choice>
        {facets.categories.map(({ slug, name, count }) => (
          <Choice
            key={`${slug} ${chosen.category}`}
            type="radio"
            name="category"
            value={slug}
            isChosen={chosen.category === slug}
            count={count}
            isCapped={facets.isCapped}
          >
            {name}
          </Choice>
        ))}
      </Group>
      {facets.conditions.length > 0 ? (
        <Group legend="Condition">
          {facets.conditions.map(({ condition, count }) => (
            <Choice
              key={`${condition} ${chosen.conditions.includes(condition)}`}
              type="checkbox"
              name="condition"
              value={condition}
              isChosen={chosen.conditions.includes(condition)}
              count={count}
              isCapped={facets.isCapped}
            >
              {CONDITIONS[condition]}
            </Choice>
          ))}
        </Group>
      ) : null}
      <Prices chosen={chosen} errors={errors} bands={bands} isCapped={facets.isCapped} />
      <div className="grid gap-2">
        <Button type="submit">Show results</Button>
        {facets.isCapped ? <p className="text-sm text-muted">The numbers count the newest {FOUND_MAX}.</p> : null}
      </div>
    </Form>
  )
}

function Prices({
  chosen,
  errors,
  bands,
  isCapped,
}: Pick<FilterFormProps, 'chosen' | 'errors' | 'bands'> & { isCapped: boolean }) {
  return (
    <Group legend="Price">
      <div className="grid grid-cols-2 gap-3">
        <Field label="From" error={errors.from}>
          {(control) => <Input {...control} key={chosen.from} {...AMOUNT} name="from" defaultValue={chosen.from} />}
        </Field>
        <Field label="To" error={errors.to}>
          {(control) => <Input {...control} key={chosen.to} {...AMOUNT} name="to" defaultValue={chosen.to} />}
        </Field>
      </div>
      <ul className="mt-2">
        {bands.map(({ minPriceCents, maxPriceCents, count, href }) => (
          <li key={minPriceCents}>
            <Link
              href={href}
              prefetch={false}
              scroll={false}
              className="flex min-h-9 items-center justify-between gap-3 rounded-control underline-offset-4 hover:underline pointer-coarse:min-h-11"
            >
              {bandWords(minPriceCents, maxPriceCents)}
              <Count count={count} isCapped={isCapped} />
            </Link>
          </li>
        ))}
      </ul>
    </Group>
  )
}

const AMOUNT = { inputMode: 'decimal', autoComplete: 'off', maxLength: 20, placeholder: '€' } as const

function Group({ legend, children }: { legend: string; children: ReactNode }) {
  return (
    <fieldset className="min-w-0">
      <legend className="mb-2 font-semibold">{legend}</legend>
      {children}
    </fieldset>
  )
}

interface ChoiceProps {
  type: 'checkbox' | 'radio'
  name: string
  value: string
  isChosen: boolean
  count?: number
  isCapped?: boolean
  children: ReactNode
}

function Choice({ type, name, value, isChosen, count, isCapped = false, children }: ChoiceProps) {
  return (
    <label className="flex min-h-9 cursor-pointer items-center gap-3 pointer-coarse:min-h-11">
      <input type={type} name={name} value={value} defaultChecked={isChosen} className="size-4.5 shrink-0" />
      <span className="min-w-0 grow wrap-anywhere">{children}</span>
      {count === undefined ? null : <Count count={count} isCapped={isCapped} />}
    </label>
  )
}

function Count({ count, isCapped }: { count: number; isCapped: boolean }) {
  return (
    <span className="text-sm text-muted tabular-nums">
      {count.toLocaleString('en-IE')}
      {isCapped && count >= FOUND_MAX ? '+' : ''}
    </span>
  )
}

function bandWords(minPriceCents: string, maxPriceCents: string | null): string {
  const whole = (cents: bigint) => formatMoney(cents).replace('.00', '')
  if (maxPriceCents === null) return `${whole(BigInt(minPriceCents))} and more`
  const below = whole(BigInt(maxPriceCents) + 1n)
  return minPriceCents === '0' ? `Under ${below}` : `${whole(BigInt(minPriceCents))} to ${below}`
}
