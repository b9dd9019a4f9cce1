import * as z from 'zod'
import { stockView } from '#lib/inventory/schema'

export const cartLineView = z.object({
  variantId: z.string(),
  productId: z.string(),
  slug: z.string(),
  title: z.string(),
  optionValues: z.array(z.string()),
  sellerName: z.string(),
  sellerHandle: z.string(),
  pictureId: z.string().nullable(),
  unitPriceCents: z.string(),
  quantity: z.number().int(),
  totalCents: z.string(),
  state: z
    .enum(['held', 'lapsed', 'checkout'])
    .describe(
      'held: yours until expiresAt; lapsed: the time is over, the pieces may be gone; checkout: being paid for.',
    ),
  expiresAt: z.string(),
  stock: stockView,
})

export const cartView = z.object({
  id: z.string().nullable(),
  lines: z.array(cartLineView),
  heldTotalCents: z.string().describe('What a checkout now would cost: the held lines only.'),
  totalCents: z.string(),
  count: z.number().int().describe('Pieces in the cart, held or not.'),
  serverNow: z.string().describe("The database's clock, for countdowns."),
})

export const lineView = z.object({
  variantId: z.string(),
  quantity: z.number().int(),
  expiresAt: z
    .string()
    .nullable()
    .describe("Until when it is held, and the database's clock to count from; null when the line is gone."),
  serverNow: z.string().nullable(),
})

export const lineParams = z.strictObject({ variantId: z.uuid('is not the id of a product version') })

export const lineInput = z.strictObject({
  quantity: z
    .int('must be a whole number')
    .min(0, 'cannot be less than nothing')
    .max(1_000, 'is more than a cart takes')
    .describe('How many pieces the line shall have; 0 removes it'),
})

/** A buyer's place in a waitlist. */
export const placeView = z.object({
  variantId: z.string(),
  productId: z.string(),
  slug: z.string(),
  title: z.string(),
  optionValues: z.array(z.string()),
  pictureId: z.string().nullable(),
  unitPriceCents: z.string(),
  wanted: z.number().int().describe('Pieces still waited for, besides those offered.'),
  ahead: z
    .number()
    .int()
    .nullable()
    .describe('Buyers who wait before this one, 0 when next; null from the first offer on.'),
  offer: z
    .object({ quantity: z.number().int(), until: z.string() })
    .nullable()
    .describe("Pieces set aside until `until`: setting the cart's line to what it holds plus these takes them."),
  held: z.number().int().describe('Pieces of it the cart holds now.'),
  joinedAt: z.string(),
})

export const waitlistView = z.object({
  places: z.array(placeView),
  serverNow: z.string().describe("The database's clock, for countdowns."),
})

export const placeInput = z.strictObject({
  quantity: z
    .int('must be a whole number')
    .min(1, 'must be one at least')
    .max(1_000, 'is more than a cart takes')
    .default(1)
    .describe('How many pieces you would take'),
})

export type WaitlistView = z.infer<typeof waitlistView>
export type PlaceView = z.infer<typeof placeView>
export type CartView = z.infer<typeof cartView>
export type CartLineView = z.infer<typeof cartLineView>
export type LineView = z.infer<typeof lineView>
