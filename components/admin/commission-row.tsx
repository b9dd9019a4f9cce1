import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { Select } from '#components/ui/select'
import type { CommissionDraft, Faults } from './rule-draft.tsx'
import { AmountField, RuleFrame } from './rule-frame.tsx'

export interface Category {
  readonly slug: string
  readonly name: string
}

interface CommissionRowProps {
  draft: CommissionDraft
  index: number
  categories: readonly Category[]
  fields: Faults
  /** The place of the rule that always comes first; null when this one is reached. */
  hiddenBy: number | null
  onChange: (draft: CommissionDraft) => void
  onRemove: () => void
  onRaise: (() => void) | null
}

/** What the market keeps of some sales. */
export function CommissionRow(props: CommissionRowProps) {
  const { draft, index, categories, fields, hiddenBy, onChange, onRemove, onRaise } = props
  const path = `rules.${index}`
  return (
    <RuleFrame name={scopeWords(draft, categories)} index={index} onRemove={onRemove} onRaise={onRaise}>
      <div className="grid gap-4 sm:grid-cols-4">
        <ScopeField draft={draft} categories={categories} error={fields[`${path}.category`]} onChange={onChange} />
        {draft.scope === 'seller' ? (
          <Field
            label="The shop’s handle"
            hint="The end of its address: /shops/…"
            error={fields[`${path}.seller`] ?? null}
            className="sm:col-span-2"
          >
            {(control) => (
              <Input
                {...control}
                autoCapitalize="none"
                spellCheck={false}
                value={draft.seller}
                onChange={(event) => onChange({ ...draft, seller: event.target.value })}
              />
            )}
          </Field>
        ) : null}
        <AmountField
          label="Share, in %"
          value={draft.fee}
          error={fields[`${path}.feeBps`]}
          className="sm:col-start-1"
          onChange={(fee) => onChange({ ...draft, fee })}
        />
        <AmountField
          label="And fixed, in €"
          optional
          value={draft.fixed}
          error={fields[`${path}.fixedCents`]}
          onChange={(fixed) => onChange({ ...draft, fixed })}
        />
        <AmountField
          label="At least, in €"
          optional
          value={draft.floor}
          error={fields[`${path}.floorCents`]}
          onChange={(floor) => onChange({ ...draft, floor })}
        />
        <AmountField
          label="At most, in €"
          optional
          value={draft.cap}
          error={fields[`${path}.capCents`]}
          onChange={(cap) => onChange({ ...draft, cap })}
        />
      </div>
      {hiddenBy === null ? null : (
        <p className="mt-3 text-sm font-medium text-warn">
          Never reached: rule {hiddenBy + 1} comes first for all of it. Move this one up.
        </p>
      )}
    </RuleFrame>
  )
}

interface ScopeFieldProps extends Pick<CommissionRowProps, 'draft' | 'categories' | 'onChange'> {
  error: string | undefined
}

function ScopeField({ draft, categories, error, onChange }: ScopeFieldProps) {
  const value = draft.scope === 'category' ? `category ${draft.category}` : draft.scope
  const isKnown = draft.category === '' || categories.some(({ slug }) => slug === draft.category)
  return (
    <Field label="For" error={error ?? null} className="sm:col-span-2">
      {(control) => (
        <Select
          {...control}
          value={value}
          onChange={({ target }) => {
            const [scope = 'all', category = draft.category] = target.value.split(' ')
            onChange({ ...draft, scope: scope as CommissionDraft['scope'], category })
          }}
        >
          <option value="all">Every sale</option>
          <option value="seller">One shop</option>
          <optgroup label="A category">
            {categories.map(({ slug, name }) => (
              <option key={slug} value={`category ${slug}`}>
                {name}
              </option>
            ))}
            {isKnown ? null : <option value={`category ${draft.category}`}>{draft.category}</option>}
          </optgroup>
        </Select>
      )}
    </Field>
  )
}

function scopeWords({ scope, category, seller }: CommissionDraft, categories: readonly Category[]): string {
  if (scope === 'all') return 'Every sale'
  if (scope === 'seller') return seller.trim() ? `Shop ${seller.trim()}` : 'One shop'
  return categories.find(({ slug }) => slug === category)?.name ?? category
}
