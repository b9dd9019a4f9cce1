import * as z from 'zod'
import { handleInput } from '#lib/auth/schema'
import { condition, productCardView } from '#lib/catalog/schema'
import { FOUND_MAX, isPlace } from './rules/places.ts'
import { QUERY_MAX, WORDS_MAX } from './rules/words.ts'

export const searchSort = z.enum(['relevance', 'newest', 'price-asc', 'price-desc'])

const cents = (example: string) =>
  z
    .string()
    .regex(/^\d{1,10}$/, 'Give the price in cents, as digits only.')
    .transform(BigInt)
    .optional()
    .meta({ example })

const yesOrNo = z
  .enum(['true', 'false'])
  .default('false')
  .transform((text) => text === 'true')

const query = z
  .string()
  .max(QUERY_MAX, `This can have ${QUERY_MAX} characters at most.`)
  .describe(
    `Words that all have to occur in title, keywords, category, description or the shop's name; the first ${WORDS_MAX} count. ` +
      'The last one may be half typed. Quotes keep words together, a minus leaves out what has the word, `or` takes either.',
  )

export const searchQuery = z
  .strictObject({
    q: query.default('').meta({ example: 'brass lamp' }),
    category: z
      .string()
      .regex(/^[a-z0-9-]{1,60}$/, 'This is not the address of a category.')
      .optional()
      .describe('The address of a category')
      .meta({ example: 'home' }),
    seller: handleInput.optional().describe('The handle of a shop').meta({ example: 'kiln-and-kettle' }),
    condition: z
      .string()
      .max(40)
      .transform((text) => text.split(','))
      .pipe(z.array(condition).min(1).max(4))
      .optional()
      .describe('One or several of new, like_new, good, fair, separated by commas')
      .meta({ example: 'new,like_new' }),
    minPriceCents: cents('1000').describe('The cheapest version costs at least so much'),
    maxPriceCents: cents('5000').describe('The cheapest version costs at most so much'),
    inStock: yesOrNo.describe('true: only what has a piece that can be had now'),
    sort: searchSort
      .default('relevance')
      .describe(
        `Without words, relevance is newest. By relevance, the newest ${FOUND_MAX} of what is found are ranked.`,
      ),
    cursor: z
      .string()
      .max(200)
      .refine(isPlace, 'This does not mark a place in what was found.')
      .optional()
      .describe('`nextCursor` of the page before. One of another sort is read as the beginning.'),
    limit: z.coerce.number().int().min(1).max(100).default(24).describe('Products on a page'),
    facets: yesOrNo.describe('true: count what is found by category, condition, price and stock, too'),
  })
  .refine(({ minPriceCents: from, maxPriceCents: to }) => from === undefined || to === undefined || from <= to, {
    path: ['maxPriceCents'],
    message: 'The highest price is below the lowest.',
  })

export const suggestionsQuery = z.strictObject({ q: query.meta({ example: 'bra' }) })

const count = z.number().int()

export const foundView = z
  .object({
    count: count.describe(`At most ${FOUND_MAX}`),
    isCapped: z.boolean().describe(`Whether there is more: ${FOUND_MAX} is then written as "${FOUND_MAX}+"`),
  })
  .describe('How much was found')

export const facetsView = z
  .object({
    categories: z.array(z.object({ slug: z.string(), name: z.string(), count })).describe('By category'),
    conditions: z.array(z.object({ condition, count })).describe('By condition'),
    prices: z
      .array(
        z.object({
          minPriceCents: z.string().describe('Where the band begins, in cents'),
          maxPriceCents: z.string().nullable().describe('Null for the last band, which has no end'),
          count,
        }),
      )
      .describe('By bands of the price of the cheapest version'),
    inStock: count.describe('How much has a piece that can be had now'),
    isCapped: z.boolean().describe(`Whether only the newest ${FOUND_MAX} of something were counted`),
  })
  .describe('What would be found with one value of a facet chosen, everything else being as it is')

export const searchView = z.object({
  items: z.array(productCardView),
  nextCursor: z.string().nullable(),
  found: foundView,
  facets: facetsView.optional().describe('Only when asked for'),
  corrected: z
    .string()
    .optional()
    .describe('Nothing has one of the words: this is what was looked for instead')
    .meta({ example: 'ceramic bowl' }),
})

export const suggestionsView = z.object({
  titles: z.array(z.string()).describe('Titles of what is on sale, up to 8, the newest first'),
})

export type SearchSort = z.infer<typeof searchSort>
export type SearchQuery = z.output<typeof searchQuery>
export type SearchView = z.infer<typeof searchView>
export type FoundView = z.infer<typeof foundView>
export type FacetsView = z.infer<typeof facetsView>
