import * as z from 'zod'
import { handleInput, lineInput } from '#lib/auth/schema'
import { ifOver, stockView } from '#lib/inventory/schema'
import { isCursorOf, KEYWORDS_MAX, OPTIONS_MAX, PICTURES_MAX, VARIANTS_MAX } from './rules/product.ts'

export const condition = z.enum(['new', 'like_new', 'good', 'fair'])
export const productStatus = z.enum(['draft', 'published', 'archived'])
const sort = z.enum(['newest', 'price-asc', 'price-desc'])

/** A product in a list. Prices and counts are those of the versions that are offered now. */
export const productCardView = z.object({
  id: z.string(),
  slug: z.string(),
  title: z.string(),
  sellerName: z.string(),
  sellerHandle: z.string(),
  priceFromCents: z.string(),
  priceToCents: z.string(),
  compareAtCents: z.string().nullable().describe('What the cheapest version cost before; null when that is not more.'),
  pictureId: z.string().nullable(),
  pictureAlt: z.string(),
  condition,
  categorySlug: z.string(),
  opensAt: z.string().nullable(),
  stock: z.array(stockView),
})

export const variantView = z.object({
  id: z.string(),
  optionValues: z.array(z.string()).describe("One for each of the product's option names, in their order."),
  sku: z.string().nullable(),
  priceCents: z.string(),
  compareAtCents: z.string().nullable(),
})

export const productView = productCardView.extend({
  description: z.string().describe('Plain text: a blank line parts paragraphs, a dash begins an entry of a list.'),
  keywords: z.array(z.string()),
  optionNames: z.array(z.string()),
  variants: z.array(variantView),
  pictures: z.array(z.object({ id: z.string(), width: z.number().int(), height: z.number().int(), alt: z.string() })),
  seller: z.object({
    id: z.string(),
    handle: z.string(),
    name: z.string(),
    about: z.string(),
    pictureId: z.string().nullable(),
  }),
  category: z.object({ slug: z.string(), name: z.string() }),
  publishedAt: z.string().nullable(),
  revision: z.number().int(),
})

/** A product as its own seller sees it, whatever its status. */
export const ownProductCardView = productCardView.extend({
  status: productStatus,
  variantCount: z.number().int(),
  createdAt: z.string(),
})

export const ownProductView = productView.extend({
  status: productStatus,
  createdAt: z.string(),
  cap: z
    .number()
    .int()
    .nullable()
    .describe(
      "Most pieces one buyer may have, of all versions together, held and bought; null means the market's own limit.",
    ),
})

/** A product that just went on sale. */
export const publishedView = ownProductView.extend({
  published: z.number().int().describe('Pieces that went on sale with this.'),
  queued: z
    .number()
    .int()
    .describe("Pieces over the seller's capacity: they go on sale by themselves when there is room."),
})

export const categoryView = z.object({
  slug: z.string(),
  name: z.string(),
  productCount: z.number().int().describe('Published products.'),
  pictureId: z.string().nullable().describe("The newest product's picture."),
})

export const shopView = z.object({
  id: z.string(),
  handle: z.string(),
  name: z.string(),
  about: z.string(),
  pictureId: z.string().nullable(),
  productCount: z.number().int(),
  pictures: z.array(z.string()).describe('Up to three product pictures, the newest first.'),
})

export const categoryListView = z.object({ categories: z.array(categoryView) })
export const productListView = z.object({ items: z.array(productCardView), nextCursor: z.string().nullable() })
export const ownProductListView = z.object({ items: z.array(ownProductCardView), nextCursor: z.string().nullable() })

export const importView = z.object({
  id: z.string().nullable().describe('Null for a dry run.'),
  fileName: z.string(),
  status: z.enum(['running', 'done']),
  products: z.number().int(),
  variants: z.number().int(),
  pictures: z.number().int().describe('All that the file names and that are to be fetched.'),
  picturesLeft: z.number().int().describe('Those that are still to come; the run is done when none are left.'),
  createdAt: z.string(),
  notes: z
    .array(
      z.object({
        line: z.number().int(),
        kind: z.enum(['taken', 'defaulted', 'refused', 'warning']),
        field: z.string(),
        message: z.string(),
      }),
    )
    .describe(
      "In the order of the file. For what was taken, `field` is the product's handle; else it names the column.",
    ),
  createdProducts: z
    .array(z.object({ id: z.string(), slug: z.string(), title: z.string(), status: productStatus }))
    .describe('The drafts it made that are there now; empty for a dry run.'),
})

/** A run in the list of runs. */
export const importSummaryView = importView
  .pick({ fileName: true, status: true, products: true, variants: true, picturesLeft: true, createdAt: true })
  .extend({ id: z.string(), refused: z.number().int(), warnings: z.number().int() })

export const importListView = z.object({ imports: z.array(importSummaryView) })

// Line breaks are part of a text; other control characters, half surrogates and direction marks are not.
const SEVERAL_LINES = /^(?:[\n\t]|[^\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069])*$/u

const title = lineInput(2, 140, 'your product a title')
const description = z
  .string()
  .trim()
  .overwrite((text) => text.replaceAll('\r\n', '\n'))
  .max(10_000, 'This can have 10,000 characters at most.')
  .regex(SEVERAL_LINES, 'This contains a character that cannot be shown.')
const categorySlug = z.string('Choose a category.').min(1, 'Choose a category.').max(60)
const keywords = z
  .array(lineInput(1, 40, 'the keyword'))
  .max(KEYWORDS_MAX, `There can be ${KEYWORDS_MAX} keywords at most.`)
  .overwrite((words) => [...new Set(words)])
const opensAt = z.iso
  .datetime({ offset: true, error: 'Give a date and a time.' })
  .nullable()
  .transform((text) => (text === null ? null : new Date(text)))
const cap = z.int('Give a whole number.').min(1, 'This must be at least 1.').max(1_000).nullable()

const cents = z
  .string('Please give a price.')
  .regex(/^\d{1,10}$/, 'Give the price in cents, as digits only.')
  .transform(BigInt)

const sku = lineInput(0, 64, 'an article number')
  .transform((text) => text || null)
  .nullable()

const variantInput = z.strictObject({
  optionValues: z
    .array(lineInput(1, 60, 'the option a value'))
    .max(OPTIONS_MAX)
    .default([]),
  sku: sku.default(null),
  priceCents: cents,
  compareAtCents: cents.nullable().default(null),
  quantity: z.int('Give a whole number.').min(0, 'This cannot be less than 0.').max(100_000).default(0),
})

const optionNames = z
  .array(lineInput(1, 40, 'the option a name'))
  .max(OPTIONS_MAX, `A product can have ${OPTIONS_MAX} options at most.`)
  .default([])

const pictures = z
  .array(z.strictObject({ id: z.uuid('This is not a picture.'), alt: lineInput(0, 200, 'a description').default('') }))
  .max(PICTURES_MAX, `A product can have ${PICTURES_MAX} pictures at most.`)

const AT_LEAST_ONE = 'A product needs at least one version with a price.'
const TOO_MANY = `A product can have ${VARIANTS_MAX} versions at most.`

export const productInput = z.strictObject({
  title,
  description: description.default(''),
  categorySlug,
  condition: condition.default('new'),
  keywords: keywords.default([]),
  optionNames,
  variants: z.array(variantInput).min(1, AT_LEAST_ONE).max(VARIANTS_MAX, TOO_MANY),
  pictures: pictures.default([]),
  opensAt: opensAt.default(null),
  cap: cap.default(null),
  publish: z.boolean().default(false).describe('Put it on sale at once'),
  ifOver,
})

/** What is left out stays. */
export const productChange = z.strictObject({
  title: title.optional(),
  description: description.optional(),
  categorySlug: categorySlug.optional(),
  condition: condition.optional(),
  keywords: keywords.optional(),
  opensAt: opensAt.optional(),
  cap: cap.optional(),
})

/** What is left out stays; a compareAtCents or sku of null takes it away. */
export const variantChange = z.strictObject({
  priceCents: cents.optional(),
  compareAtCents: cents.nullable().optional(),
  sku: sku.optional(),
})

/** The whole set: a version without an id is new, one that is missing is taken off sale for good. */
export const variantsInput = z.strictObject({
  optionNames,
  variants: z
    .array(
      variantInput.extend({
        id: z.uuid('This is not a version of a product.').optional(),
        quantity: variantInput.shape.quantity.describe('First stock of a new version; ignored for one that exists'),
      }),
    )
    .min(1, AT_LEAST_ONE)
    .max(VARIANTS_MAX, TOO_MANY),
})

export const picturesInput = z.strictObject({ pictures })

const NO_PLACE = 'This does not mark a place in this list.'
const cursor = z.string().max(500).optional()

export const productsQuery = z
  .strictObject({
    category: z
      .string()
      .regex(/^[a-z0-9-]{1,60}$/, 'This is not the address of a category.')
      .optional(),
    seller: handleInput.optional().describe('The handle of a shop'),
    sort: sort.default('newest'),
    cursor,
    limit: z.coerce.number().int().min(1).max(100).default(24),
  })
  .refine(({ sort, cursor: text }) => isCursorOf(sort, text), { path: ['cursor'], error: NO_PLACE })

export const ownProductsQuery = z.strictObject({
  status: productStatus.optional(),
  cursor: cursor.refine((text) => isCursorOf('newest', text), NO_PLACE),
  limit: z.coerce.number().int().min(1).max(100).default(50),
})

export const productParams = z.strictObject({ id: z.uuid('This is not the id of a product.') })
export const variantParams = productParams.extend({
  variantId: z.uuid('This is not the id of a version of a product.'),
})
export const slugParams = z.strictObject({ slug: z.string().min(1).max(100) })

export const importForm = z.object({
  file: z
    .custom<File>((value) => value instanceof File, 'Choose a CSV file.')
    .meta({ type: 'string', format: 'binary' }),
})

export const importQuery = z.strictObject({
  dryRun: z.enum(['true', 'false']).default('false').describe('true: the same report, and nothing is written'),
})

export const importParams = z.strictObject({ id: z.uuid('This is not the id of an import.') })

export type ImportView = z.infer<typeof importView>
export type ImportSummaryView = z.infer<typeof importSummaryView>
export type ProductCardView = z.infer<typeof productCardView>
/** A drop's card, and how many pieces there ever were of it, those that are sold included. */
export type DropView = ProductCardView & { readonly pieces: number }
export type ProductView = z.infer<typeof productView>
export type VariantView = z.infer<typeof variantView>
export type OwnProductCardView = z.infer<typeof ownProductCardView>
export type OwnProductView = z.infer<typeof ownProductView>
export type CategoryView = z.infer<typeof categoryView>
export type ShopView = z.infer<typeof shopView>
export type ProductListView = z.infer<typeof productListView>
export type OwnProductListView = z.infer<typeof ownProductListView>
export type ProductSort = z.infer<typeof sort>
export type ProductStatus = z.infer<typeof productStatus>
export type ProductInput = z.output<typeof productInput>
export type ProductChange = z.output<typeof productChange>
export type VariantsInput = z.output<typeof variantsInput>
export type VariantChange = z.output<typeof variantChange>
export type PicturesInput = z.output<typeof picturesInput>
