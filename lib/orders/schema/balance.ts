import * as z from 'zod'

export const balanceView = z.object({
  currency: z.string(),
  availableCents: z
    .string()
    .describe('What the market owes the shop now; below nothing the shop owes the market, and the next sales pay it.'),
  escrowCents: z.string().describe('What is still to come of paid orders, less commission and tax.'),
  onTheWayCents: z.string().describe('Paid out and not arrived yet.'),
  nextDueAt: z
    .string()
    .nullable()
    .describe('When the next of it becomes available, and how much, should nobody complain.'),
  nextDueCents: z.string().nullable(),
})

export const payoutParams = z.strictObject({ id: z.uuid('is not an id') })
export const explainQuery = z.strictObject({
  cursor: z
    .string()
    .regex(/^[1-9]\d{0,8}$/, 'is not a cursor')
    .optional(),
})

const shareView = z.object({
  kind: z.string().describe('Why: the line was settled, or refunded after that, or such a refund failed.'),
  orderNumber: z.string().nullable(),
  lineId: z.string().nullable(),
  title: z.string().nullable(),
  amountCents: z.string().describe('Of what the buyer paid.'),
  commissionCents: z.string(),
  taxCents: z.string(),
  netCents: z.string().describe('What of it is in here.'),
})

const faultView = z.object({
  what: z
    .enum(['missing', 'no-line', 'uneven-line'])
    .describe(
      'missing: no posting explains this much of it; no-line: a posting that belongs to no order line of the shop; uneven-line: an order line of which the ledger gave the shop something else than the order says.',
    ),
  id: z.string().nullable(),
  cents: z.string(),
})

export const explanationView = z.object({
  currency: z.string(),
  amountCents: z.string(),
  shareCount: z.number().int().describe('All shares, also of other pages.'),
  sharesCents: z.string(),
  isExplained: z.boolean(),
  faults: z.array(faultView),
  shares: z.array(shareView),
  nextCursor: z.string().nullable(),
})

export type BalanceView = z.infer<typeof balanceView>
export type ExplanationView = z.infer<typeof explanationView>
