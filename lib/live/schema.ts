import * as z from 'zod'
import type { LiveEvent, PriceState, Snapshot, StockState, Watchers } from './events.ts'

const room = z.string().max(64)
const version = z.number().int().min(0)

/** What a browser sends to hear rooms. Frames are bounded already; this bounds the work one frame can ask for. */
export const subscribeInput = z
  .array(z.strictObject({ room, known: z.record(z.string().max(64), version) }))
  .min(1)
  .max(100)

export const unsubscribeInput = z.array(room).min(1).max(100)

/** What another node says by way of the database. Events are only passed on, so that nodes of two versions understand each other. */
export const noticeInput = z.object({
  node: z.string(),
  number: z.int(),
  events: z.array(z.tuple([z.string(), z.looseObject({ type: z.string() })])).optional(),
  watching: z.array(z.tuple([z.string(), z.int().min(0)])).optional(),
})

const id = z.uuid()
const count = z.number().int().min(0)
const time = z.iso.datetime()

export const stockStateView = z.strictObject({
  variantId: id,
  productId: id,
  available: count.describe('Pieces that can be had now'),
  onHand: count.describe('Those, and what carts and checkouts hold'),
  waiting: count.describe('Buyers in line'),
  version: version.describe('Rises with every change: apply only a higher one than you have'),
  onSale: z.boolean(),
  opensAt: time.nullable().describe('A drop: nobody can hold a piece before'),
}) satisfies z.ZodType<StockState>

export const priceStateView = z.strictObject({
  variantId: id,
  productId: id,
  priceCents: z.string().describe('Minor units, a decimal string'),
  compareAtCents: z.string().nullable().describe('What it cost before'),
  version: version.describe("The product's revision: apply only a higher one than you have"),
}) satisfies z.ZodType<PriceState>

/** One schema for each event of a room but the counts, which have a message of their own. An event without one does not compile. */
export const roomEventViews = {
  product: z.strictObject({ type: z.literal('product'), productId: id, revision: count }),
  hold: z.strictObject({ type: z.literal('hold'), variantId: id.nullable() }),
  place: z.strictObject({ type: z.literal('place'), variantId: id }),
  order: z.strictObject({
    type: z.literal('order'),
    number: z.string(),
    status: z.enum(['pending', 'paid', 'released']),
  }),
  sale: z.strictObject({ type: z.literal('sale'), number: z.string() }),
  'low-stock': z.strictObject({ type: z.literal('low-stock'), productId: id, variantId: id, available: count }),
  payout: z.strictObject({
    type: z.literal('payout'),
    number: z.number().int(),
    status: z.enum(['pending', 'paid', 'failed']),
  }),
  import: z.strictObject({ type: z.literal('import'), importId: id, status: z.string(), picturesLeft: count }),
  rating: z.strictObject({
    type: z.literal('rating'),
    productId: id.nullable().describe('The product that was reviewed; null where it is told to who joins'),
    sellerId: id,
    up: count.describe('Thumbs up for the shop'),
    down: count.describe('Thumbs down'),
    version: version.describe('Rises with every change: apply only a higher one than you have'),
  }),
  notice: z.strictObject({ type: z.literal('notice'), text: z.string() }),
} satisfies { [T in Exclude<LiveEvent['type'], 'stock'>]: z.ZodType<Extract<LiveEvent, { type: T }>> }

const roomEventView = z.union(Object.values(roomEventViews))

export const watchersView = z.strictObject({
  productId: id,
  count: count.describe('Connections that hear the product, exact up to 20 and two figures above'),
}) satisfies z.ZodType<Watchers>

export const snapshotView = z.strictObject({
  serverNow: time,
  states: z.array(stockStateView).describe('Only what is newer than the versions that were sent'),
  prices: z.array(priceStateView),
  watchers: z.array(watchersView),
  events: z.array(z.strictObject({ room, event: roomEventView })),
  refused: z.array(z.strictObject({ room, reason: z.enum(['unknown', 'not-allowed', 'too-many', 'unavailable']) })),
}) satisfies z.ZodType<Snapshot>

/** What the server says by itself: the arguments of each message, in their order. */
export const serverMessages = {
  stock: z.tuple([z.array(stockStateView).min(1)]),
  prices: z.tuple([z.array(priceStateView).min(1)]),
  event: z.tuple([room, roomEventView]),
  watchers: z.tuple([watchersView]),
  missed: z.tuple([]),
  closing: z.tuple([count.describe('Come back at a random moment within so many milliseconds')]),
}
