import type { ErrorTable } from '#lib/errors'
import { inventoryErrors } from '#lib/inventory/errors'

export const catalogErrors = {
  'unknown-category': { status: 422, message: 'Choose one of the market’s categories.' },
  'option-names-twice': { status: 422, message: 'Two options have the same name.' },
  'option-values-missing': { status: 422, message: 'Every version needs one value for each option.' },
  'versions-alike': { status: 422, message: 'Two versions are alike. Each needs its own combination of options.' },
  'foreign-version': {
    status: 422,
    message: 'One of these versions is not, or not any more, a version of this product.',
  },
  'not-your-picture': { status: 422, message: 'One of these pictures is not one you uploaded.' },
  'picture-twice': { status: 422, message: 'One picture is there twice.' },
  'no-version': { status: 422, message: 'Add at least one version before you publish.' },
  'no-price': { status: 422, message: 'Every version needs a price above zero to be on sale.' },
  'over-capacity': inventoryErrors['over-capacity'],
  'import-too-large': { status: 413, message: 'The file is larger than 5 MB. Split it and import the parts.' },
  'import-not-text': { status: 422, message: 'This is not a CSV file in UTF-8. Export it as CSV again.' },
  'import-broken': {
    status: 422,
    message: 'The file is not well-formed CSV: a quoted cell does not end where it should.',
  },
  'import-no-header': {
    status: 422,
    message: 'The first line must name the columns as Shopify does, with at least Handle, Title and Variant Price.',
  },
  'import-too-many-rows': { status: 422, message: 'The file has more than 5,000 rows. Split it and import the parts.' },
  'import-empty': { status: 422, message: 'The file names its columns, but there is nothing below them.' },
} as const satisfies ErrorTable

export type CatalogCode = keyof typeof catalogErrors

/** The form field that a refusal is about. */
export const fieldOfCode: Partial<Record<string, string>> = {
  'unknown-category': 'categorySlug',
  'option-names-twice': 'optionNames',
  'option-values-missing': 'variants',
  'versions-alike': 'variants',
  'foreign-version': 'variants',
  'not-your-picture': 'pictures',
  'picture-twice': 'pictures',
  'no-version': 'variants',
  'no-price': 'variants',
}
