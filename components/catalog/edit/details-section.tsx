'use client'

import { CardSection } from '#components/ui/card'
import { Field } from '#components/ui/field'
import { Input, Textarea } from '#components/ui/input'
import { Select } from '#components/ui/select'
import { KEYWORDS_MAX } from '#lib/catalog/rules/product'
import { CONDITIONS } from '../condition.tsx'
import type { ProductDraft } from './draft.tsx'
import type { SectionProps } from './section-props.tsx'
import { TokenField } from './token-field.tsx'

interface DetailsSectionProps extends SectionProps {
  categories: readonly { slug: string; name: string }[]
}

/** What the product is, in words. */
export function DetailsSection({ draft, fields, categories, onChange }: DetailsSectionProps) {
  return (
    <CardSection title="What it is">
      <div className="grid gap-5">
        <Field label="Title" error={fields.title}>
          {(control) => (
            <Input
              {...control}
              name="title"
              value={draft.title}
              onChange={(event) => onChange({ title: event.target.value })}
            />
          )}
        </Field>
        <Field
          label="Description"
          hint="Plain text. An empty line begins a new paragraph; a line that begins with a hyphen becomes an item of a list."
          error={fields.description}
        >
          {(control) => (
            <Textarea
              {...control}
              name="description"
              rows={8}
              value={draft.description}
              onChange={(event) => onChange({ description: event.target.value })}
            />
          )}
        </Field>
        <div className="grid gap-5 sm:grid-cols-2">
          <Field label="Category" error={fields.categorySlug}>
            {(control) => (
              <Select
                {...control}
                name="category"
                value={draft.categorySlug}
                onChange={(event) => onChange({ categorySlug: event.target.value })}
              >
                {categories.map(({ slug, name }) => (
                  <option key={slug} value={slug}>
                    {name}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field label="Condition" error={fields.condition}>
            {(control) => (
              <Select
                {...control}
                name="condition"
                value={draft.condition}
                onChange={(event) => onChange({ condition: event.target.value as ProductDraft['condition'] })}
              >
                {Object.entries(CONDITIONS).map(([value, name]) => (
                  <option key={value} value={value}>
                    {name}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        </div>
        <TokenField
          label="Keywords"
          hint="Other words people look for it with. Enter or a comma adds one."
          optional
          one="keyword"
          tokens={draft.keywords}
          max={KEYWORDS_MAX}
          error={errorWithin(fields, 'keywords')}
          onChange={(keywords) => onChange({ keywords })}
        />
      </div>
    </CardSection>
  )
}

/** The first refusal of a field or of anything inside it. */
function errorWithin(fields: Record<string, string>, name: string): string | undefined {
  return fields[name] ?? Object.entries(fields).find(([path]) => path.startsWith(`${name}.`))?.[1]
}
