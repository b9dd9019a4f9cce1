import * as z from 'zod'
import { orderParams } from '#lib/orders/schema'
import { severalLinesInput } from '#lib/sellers/schema'

export const TEXT_MAX = 2_000
const PER_PAGE = 20
const MOST_PER_PAGE = 50

const thumb = z.enum(['up', 'down'], 'is “up” or “down”')
const reviewId = z.uuid('is not the id of a review')

export const reviewParams = orderParams.extend({ lineId: z.uuid('is not the id of a line') })
export const ownReviewParams = z.strictObject({ id: reviewId })

export const reviewInput = z
  .strictObject({
    item: thumb.nullable().default(null).describe('How the item is'),
    seller: thumb.nullable().default(null).describe('How the shop was'),
    text: severalLinesInput(TEXT_MAX).default('').describe('Plain text, shown as it is, with its line breaks'),
  })
  .refine(({ item, seller }) => item !== null || seller !== null, {
    path: ['item'],
    message: 'Choose a thumb for the item, for the shop, or for both.',
  })
  .meta({
    example: { item: 'up', seller: 'up', text: 'Arrived well packed,\nand it is as blue as in the picture.' },
  })

export const reviewsQuery = z.strictObject({
  cursor: z.uuid('is not a cursor').optional(),
  limit: z.coerce
    .number()
    .int('is a whole number')
    .min(1, 'is at least 1')
    .max(MOST_PER_PAGE, `is ${MOST_PER_PAGE} at most`)
    .default(PER_PAGE),
})

export const answerInput = z
  .strictObject({
    text: severalLinesInput(TEXT_MAX)
      .refine((text) => text !== '', 'Write what you want to say.')
      .describe('What everyone reads below the review'),
  })
  .meta({ example: { text: 'Thank you! The next one is on the wheel already.' } })

export const hideInput = z
  .strictObject({
    reason: severalLinesInput(500).refine((text) => text !== '', 'Say why. The buyer and the shop read it.'),
  })
  .meta({ example: { reason: 'It names the postman, with his address.' } })

const count = z.number().int().min(0)
const ratingFields = {
  up: count.describe('Thumbs up'),
  down: count.describe('Thumbs down'),
  percentUp: z.number().int().nullable().describe('Of a hundred, those up, rounded down; null while there are none'),
  version: count.describe('Rises with every change'),
}

export const ratingView = z.object(ratingFields).meta({ example: { up: 41, down: 2, percentUp: 95, version: 46 } })

/** A shop's rating as the live channel tells it too. */
export const sellerRatingView = z
  .object({ sellerId: z.string(), ...ratingFields })
  .meta({ example: { sellerId: '01a20024-4975-7007-8c00-03b98101d383', up: 41, down: 2, percentUp: 95, version: 46 } })

const saidFields = {
  item: thumb.nullable().describe('How the item is; null where nothing was said of it'),
  seller: thumb.nullable().describe('How the shop was; null where nothing was said of it'),
  text: z.string().describe('Plain text, with its line breaks'),
  createdAt: z.string(),
  editedAt: z.string().nullable().describe('When its buyer last changed it'),
  answer: z
    .object({ text: z.string().describe('What it says'), at: z.string() })
    .nullable()
    .describe('What the shop says to it'),
}

/** A review as everyone reads it. */
export const reviewView = z.object({
  id: z.string(),
  by: z.string().describe('The buyer’s name, of the last name only how it begins'),
  product: z.object({ id: z.string(), slug: z.string(), title: z.string() }).describe('What it is about'),
  ...saidFields,
})

const hidden = z
  .object({ at: z.string(), reason: z.string() })
  .nullable()
  .describe('Set while the market hides it: nobody else sees it, and it does not count')

/** A review as its shop reads it. */
export const shopReviewView = reviewView.extend({ number: z.string(), sellerOrderId: z.string(), hidden })

/** A review as those who look after the market read it. */
export const marketReviewView = reviewView.extend({
  shop: z.object({ name: z.string(), handle: z.string() }).describe('The shop it is about'),
  hidden,
})

/** A line that was bought, and what its buyer says about it. */
export const boughtLineView = z.object({
  lineId: z.string(),
  canReview: z.boolean().describe('Whether a review can be written or changed now'),
  review: z
    .object({ ...saidFields, hidden })
    .nullable()
    .describe('What you say about it; null without a review'),
})

export const productReviewsView = z.object({
  items: z.array(reviewView),
  nextCursor: z.string().nullable(),
  rating: ratingView.describe('Of the item'),
  sellerRating: sellerRatingView.describe('Of its shop'),
})

export const shopReviewsView = productReviewsView.omit({ rating: true })
export const ownReviewsView = shopReviewsView.extend({ items: z.array(shopReviewView) })
export const marketReviewsView = z.object({ items: z.array(marketReviewView), nextCursor: z.string().nullable() })
export const orderReviewsView = z.object({ lines: z.array(boughtLineView) })

export type ReviewInput = z.output<typeof reviewInput>
export type RatingView = z.infer<typeof ratingView>
export type SellerRatingView = z.infer<typeof sellerRatingView>
export type ReviewView = z.infer<typeof reviewView>
export type ShopReviewView = z.infer<typeof shopReviewView>
export type MarketReviewView = z.infer<typeof marketReviewView>
export type MarketReviewsView = z.infer<typeof marketReviewsView>
export type BoughtLineView = z.infer<typeof boughtLineView>
export type ProductReviewsView = z.infer<typeof productReviewsView>
export type ShopReviewsView = z.infer<typeof shopReviewsView>
export type OwnReviewsView = z.infer<typeof ownReviewsView>
