import type { ProductDraft } from './draft.tsx'

/** What every section of the product form is given. */
export interface SectionProps {
  draft: ProductDraft
  /** A sentence per field, by its path in the API's request. */
  fields: Record<string, string>
  onChange: (change: Partial<ProductDraft>) => void
}
