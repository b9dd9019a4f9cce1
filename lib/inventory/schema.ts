import * as z from 'zod'

export const stockView = z.object({
  variantId: z.string(),
  productId: z.string(),
  available: z.number().int(),
  onHand: z.number().int(),
  waiting: z.number().int(),
  version: z.number().int(),
  onSale: z.boolean(),
  opensAt: z.string().nullable(),
})

export const stockQuery = z.strictObject({
  /** Up to 100 ids, separated by commas. */
  variantId: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(z.uuid('is not the id of a product version')).min(1).max(100)),
})

const note = z.string().trim().max(200).default('')

export const adjustmentInput = z.union([
  z.strictObject({
    delta: z.int().min(-100_000).max(100_000).describe('Pieces to add, or with a minus to withdraw'),
    note,
  }),
  z.strictObject({
    onHand: z.int().min(0).max(1_000_000).describe('The new number of pieces in the house'),
    version: z.int().min(0).describe('The version this number was decided on; an older one is refused'),
    note,
  }),
])
