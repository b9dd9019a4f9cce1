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

/** Up to 100 ids, separated by commas. */
const ids = (of: string) =>
  z
    .string()
    .transform((text) => text.split(','))
    .pipe(
      z
        .array(z.uuid(`is not the id of a ${of}`))
        .min(1)
        .max(100),
    )

export const stockQuery = z
  .strictObject({ variantId: ids('product version').optional(), productId: ids('product').optional() })
  .refine(({ variantId, productId }) => variantId ?? productId, 'Name a variantId or a productId')

/** A count after a seller changed it, and what became of the new pieces. */
export const adjustedView = stockView.extend({
  published: z.number().int().describe('New pieces that are on sale now, or in the house of a product that is not.'),
  queued: z
    .number()
    .int()
    .describe("New pieces over the seller's capacity: they go on sale by themselves when there is room."),
})

export const capacityView = z.object({
  capacity: z.number().int(),
  published: z.number().int(),
  queued: z.number().int(),
})

export const ifOver = z
  .enum(['queue', 'refuse'])
  .default('queue')
  .describe('What becomes of pieces over your capacity: they wait in your publishing queue, or nothing is done')

const note = z.string().trim().max(200).default('')

export const adjustmentInput = z.union([
  z.strictObject({
    delta: z.int().min(-100_000).max(100_000).describe('Pieces to add, or with a minus to withdraw'),
    note,
    ifOver,
  }),
  z.strictObject({
    onHand: z.int().min(0).max(1_000_000).describe('The new number of pieces in the house'),
    version: z.int().min(0).describe('The version this number was decided on; an older one is refused'),
    note,
    ifOver,
  }),
])
