import * as z from 'zod'

export const balanceView = z.object({
  currency: z.string(),
  /** What the market owes the shop now; below nothing the shop owes the market, and the next sales pay it. */
  availableCents: z.string(),
  /** What is still to come of paid orders, less commission and tax. */
  escrowCents: z.string(),
  /** Paid out and not arrived yet. */
  onTheWayCents: z.string(),
  /** When the next of it becomes available, and how much, should nobody complain. */
  nextDueAt: z.string().nullable(),
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
  /** Why: the line was settled, or refunded after that, or such a refund failed. */
  kind: z.string(),
  orderNumber: z.string().nullable(),
  lineId: z.string().nullable(),
  title: z.string().nullable(),
  /** Of what the buyer paid. */
  amountCents: z.string(),
  commissionCents: z.string(),
  taxCents: z.string(),
  /** What of it is in here. */
  netCents: z.string(),
})

const faultView = z.object({
  /**
   * missing: no posting explains this much of it; no-line: a posting that belongs to no order line of the shop; uneven-line: an
   * order line of which the ledger gave the shop something else than the order says.
   */
  what: z.enum(['missing', 'no-line', 'uneven-line']),
  id: z.string().nullable(),
  cents: z.string(),
})

export const explanationView = z.object({
  currency: z.string(),
  amountCents: z.string(),
  /** All shares, also of other pages. */
  shareCount: z.number().int(),
  sharesCents: z.string(),
  isExplained: z.boolean(),
  faults: z.array(faultView),
  shares: z.array(shareView),
  nextCursor: z.string().nullable(),
})

export type BalanceView = z.infer<typeof balanceView>
export type ExplanationView = z.infer<typeof explanationView>
