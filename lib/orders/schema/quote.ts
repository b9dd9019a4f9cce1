import * as z from 'zod'
import { addressInput, methodIds } from '../schema.ts'

export const quoteQuery = z.strictObject({
  country: addressInput.shape.country,
  methods: z
    .string()
    .max(40_000, 'are too many')
    .transform((text) => text.split(',').filter((id) => id !== ''))
    .pipe(methodIds)
    .default([])
    .describe('How it is sent: ids, with commas between them'),
})

/** What a checkout to one country would cost now. Units: cents. */
export const quoteView = z.object({
  country: z.string(),
  parts: z.array(
    z.object({
      sellerId: z.string(),
      shop: z.string(),
      methods: z
        .array(z.object({ id: z.string(), name: z.string(), cents: z.string() }))
        .describe(
          'How it can be sent there, and what that takes; none where the shop says nothing, and sending is free.',
        ),
      methodId: z.string().nullable().describe('The one that the total has in it.'),
    }),
  ),
  goodsCents: z.string(),
  shippingCents: z.string(),
  addedTaxCents: z.string().describe('Tax that comes on top, and tax that the amounts above have in them.'),
  includedTaxCents: z.string(),
  totalCents: z.string().describe('Goods, shipping and the tax on top: what an order has to expect.'),
})

export type QuoteView = z.infer<typeof quoteView>
