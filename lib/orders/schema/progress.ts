import * as z from 'zod'

export const sellerOrderStatus = z.enum([
  'placed',
  'paid',
  'shipped',
  'delivered',
  'settled',
  'cancelled',
  'refunded',
  'disputed',
])

const mover = z.enum(['seller', 'buyer', 'timer', 'market'])

const refundView = z.object({
  id: z.string(),
  status: z
    .enum(['pending', 'paid', 'failed'])
    .describe('pending: on its way; failed: the provider would not, and the money is where it was.'),
  totalCents: z.string(),
  by: mover,
  reason: z.string(),
  createdAt: z.string(),
  endedAt: z.string().nullable(),
  lines: z.array(
    z.object({
      lineId: z.string(),
      quantity: z.number().int(),
      returnedQuantity: z.number().int().describe('Of them, back on the shelf.'),
      amountCents: z.string(),
    }),
  ),
})

const eventView = z.object({
  what: z.enum([
    'shipped',
    'delivered',
    'disputed',
    'dispute_closed',
    'cancelled',
    'settled',
    'refund_started',
    'refunded',
    'refund_failed',
  ]),
  by: mover,
  note: z.string(),
  at: z.string(),
})

/** How far a seller order is, and how it got there. */
export const progressFields = {
  carrier: z.string().nullable(),
  trackingNumber: z.string().nullable(),
  shippedAt: z.string().nullable(),
  deliveredAt: z.string().nullable(),
  disputedAt: z.string().nullable(),
  cancelledAt: z.string().nullable(),
  settledAt: z.string().nullable(),
  refundedCents: z.string().describe('Of the total, what is back with the buyer or on its way there.'),
  refunds: z.array(refundView),
  events: z.array(eventView),
}

/** What a seller order came to by a request. */
export const sellerOrderStateView = z.object({
  id: z.string(),
  number: z.string(),
  status: sellerOrderStatus,
  ...progressFields,
})

export type SellerOrderStateView = z.infer<typeof sellerOrderStateView>
export type Progress = Omit<SellerOrderStateView, 'id' | 'number' | 'status'>
