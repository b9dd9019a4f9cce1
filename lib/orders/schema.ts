import * as z from 'zod'
import { cardDigits, isCardNumber } from './rules/card.ts'
import { isCursorOf } from '#lib/catalog/rules/product'
import { isCountry } from '#lib/sellers/rules/countries'
import { progressFields, sellerOrderStatus } from './schema/progress.ts'

/** No line breaks, and nothing that turns the direction of what is printed after it. */
const isOneLine = (text: string) => !/[\p{Cc}\p{Bidi_Control}]/u.test(text)
const NOT_ONE_LINE = 'has characters that cannot be printed'

const line = (max: number, missing: string) =>
  z.string(missing).trim().min(1, missing).max(max, `has at most ${max} characters`).refine(isOneLine, NOT_ONE_LINE)

export const addressInput = z.strictObject({
  name: line(80, 'Who shall it be sent to?'),
  line1: line(120, 'Street and number, please'),
  line2: z.string().trim().max(120, 'has at most 120 characters').refine(isOneLine, NOT_ONE_LINE).default(''),
  postalCode: line(16, 'The postal code, please'),
  city: line(80, 'The town, please'),
  country: z.string().refine(isCountry, 'is not a country code such as DE').describe('ISO 3166-1 alpha-2'),
})

export const cardInput = z.strictObject({
  number: z
    .string()
    .max(40, 'is not a card number')
    .overwrite(cardDigits)
    .refine(isCardNumber, 'is not a card number; look for a mistyped digit'),
  name: line(80, 'The name on the card, please'),
  expiry: z
    .string()
    .trim()
    .regex(/^(0[1-9]|1[0-2])\/\d{2}$/, 'has the form MM/YY'),
  cvc: z
    .string()
    .trim()
    .regex(/^\d{3,4}$/, 'has 3 or 4 digits'),
})

export const methodIds = z
  .array(z.uuid('is not the id of a way of sending'))
  .max(1_000, 'are too many')
  .refine((ids) => new Set(ids).size === ids.length, 'names one twice')

export const orderInput = z.strictObject({
  address: addressInput,
  card: cardInput.optional().describe('Where the market asks for the card itself: a test card, for the sandbox'),
  shippingMethodIds: methodIds.optional().describe('How it is sent: one of a shop; without, the first that goes there'),
  expectedTotalCents: z
    .string()
    .regex(/^(0|[1-9]\d{0,14})$/, 'is a whole number of cents')
    .describe('The total the buyer saw; another one is refused instead of charged'),
})

export const orderHeaders = z.object({
  'idempotency-key': z
    .string('is missing: send 8 to 128 visible characters, new for every order')
    .regex(/^[\x21-\x7e]{8,128}$/, 'has 8 to 128 visible characters')
    .describe('New for every order, the same for every repeat of its request'),
})

export const orderParams = z.strictObject({ number: z.string().regex(/^S-[0-9A-Z]{8}$/, 'is not an order number') })
/** A place in a list by time, and how much of it. */
const timePage = {
  cursor: z
    .string()
    .max(500)
    .refine((text) => isCursorOf('newest', text), 'does not mark a place in this list')
    .optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
}

export const ordersQuery = z.strictObject(timePage)
export const sellerOrdersQuery = z.strictObject({
  ...timePage,
  status: sellerOrderStatus
    .exclude(['placed'])
    .optional()
    .describe('Only those; `paid` is what is to be sent, and comes with the longest waiting first'),
})

const addressView = z.object({
  name: z.string(),
  line1: z.string(),
  line2: z.string(),
  postalCode: z.string(),
  city: z.string(),
  country: z.string(),
})

export const orderLineView = z.object({
  id: z.string(),
  productId: z.string(),
  slug: z.string(),
  title: z.string(),
  optionValues: z.array(z.string()),
  pictureId: z.string().nullable(),
  unitPriceCents: z.string(),
  quantity: z.number().int(),
  totalCents: z.string().describe('What the buyer pays: the pieces, and the tax where it comes on top.'),
  taxCents: z.string().describe('The tax in the total, and its rate in basis points.'),
  taxBps: z.number().int(),
  isTaxIncluded: z.boolean(),
  refundedQuantity: z.number().int().describe('Pieces and cents that are refunded, or on the way to it.'),
  refundedCents: z.string(),
})

/** What the sum of a seller order is made of. */
const costFields = {
  lines: z.array(orderLineView),
  shipping: z.object({
    method: z.string().nullable().describe('How it is sent, as the shop called it; null where it said nothing.'),
    lineId: z.string().nullable().describe('To be named in a refund like a line; null where sending is free.'),
    totalCents: z.string(),
    taxCents: z.string(),
    taxBps: z.number().int(),
    isTaxIncluded: z.boolean(),
    refundedCents: z.string(),
  }),
  taxCents: z.string().describe('All tax in the total.'),
}

export const orderView = z.object({
  number: z.string(),
  status: z
    .enum(['pending', 'paid', 'released'])
    .describe('pending: being paid just now; released: not paid, its pieces went back.'),
  createdAt: z.string(),
  paidAt: z.string().nullable(),
  totalCents: z.string(),
  currency: z.string(),
  address: addressView,
  payment: z.object({
    status: z.enum(['started', 'captured', 'declined']),
    cardLast4: z.string().nullable(),
    declineCode: z.string().nullable(),
  }),
  sellerOrders: z.array(
    z.object({
      id: z.string(),
      seller: z.object({ name: z.string(), handle: z.string() }),
      status: sellerOrderStatus,
      totalCents: z.string(),
      ...costFields,
      ...progressFields,
    }),
  ),
})

export const orderListView = z.object({ items: z.array(orderView), nextCursor: z.string().nullable() })

export const sellerOrderView = z.object({
  id: z.string(),
  number: z.string().describe("The order's number, which the buyer knows too."),
  status: sellerOrderStatus,
  createdAt: z.string(),
  buyerName: z.string(),
  address: addressView,
  totalCents: z.string(),
  ...costFields,
  ...progressFields,
})

export const sellerOrderListView = z.object({ items: z.array(sellerOrderView), nextCursor: z.string().nullable() })

/** Days are UTC. */
export const salesSummaryView = z.object({
  todayCents: z.string(),
  todayCount: z.number().int(),
  weekCents: z.string(),
  weekCount: z.number().int(),
  daily: z.array(z.object({ day: z.string(), totalCents: z.string(), count: z.number().int() })),
})

export type Address = z.infer<typeof addressView>
export type CardInput = z.output<typeof cardInput>
export type OrderInput = z.output<typeof orderInput>
export type OrderView = z.infer<typeof orderView>
export type OrderListView = z.infer<typeof orderListView>
export type Costs = Pick<OrderView['sellerOrders'][number], keyof typeof costFields>
export type OrderLineView = z.infer<typeof orderLineView>
export type SellerOrderView = z.infer<typeof sellerOrderView>
export type SellerOrderListView = z.infer<typeof sellerOrderListView>
export type SalesSummaryView = z.infer<typeof salesSummaryView>
