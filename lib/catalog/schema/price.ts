import * as z from 'zod'

/** What one version costs now; the version number is the product's revision. */
const priceView = z.object({
  variantId: z.string(),
  productId: z.string(),
  priceCents: z.string(),
  compareAtCents: z.string().nullable(),
  version: z.number().int(),
})

export const priceListView = z.object({ prices: z.array(priceView) })

/** Up to 100 ids, separated by commas. */
export const pricesQuery = z.strictObject({
  productId: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(z.uuid('is not the id of a product')).min(1).max(100)),
})
