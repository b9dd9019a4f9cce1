import * as z from 'zod'
import { countDays, STATEMENT_DAYS } from '../rules/statement.ts'

const day = z.iso
  .date('has the form YYYY-MM-DD')
  .refine((text) => text >= '2000' && text < '3000', 'is not a day of this market')
  .optional()

const range = {
  from: day.describe('The first day, UTC'),
  to: day.describe('The last day, UTC; it is in the statement'),
}

const isRange = ({ from, to }: { from?: string | undefined; to?: string | undefined }) => {
  const days = from && to ? countDays({ from, to }) : 1
  return days >= 1 && days <= STATEMENT_DAYS.most
}
const NOT_A_RANGE = { path: ['to'], error: `is the first day or one of the ${STATEMENT_DAYS.most - 1} after it` }

const cursor = z
  .string()
  .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.\d{1,9}$/, 'is not a cursor')
  .optional()

const limit = z.coerce.number().int().min(1).max(100).default(50)

export const statementQuery = z.strictObject({ ...range, cursor, limit }).refine(isRange, NOT_A_RANGE)
export const statementFileQuery = z.strictObject(range).refine(isRange, NOT_A_RANGE)

const postingView = z.object({
  id: z.string(),
  at: z.string(),
  kind: z.enum([
    'sale',
    'settlement',
    'refund',
    'refund_paid',
    'refund_failed',
    'payout',
    'payout_paid',
    'payout_failed',
  ]),
  orderNumber: z.string().nullable(),
  sellerOrderId: z.string().nullable(),
  title: z.string().nullable(),
  grossCents: z.string().describe('What the buyer paid for it; less commission and tax it is the net.'),
  commissionCents: z.string(),
  taxCents: z.string(),
  netCents: z.string(),
  balanceCents: z.string().describe('After this.'),
  payoutId: z.string().nullable(),
})

export const statementView = z.object({
  from: z.string(),
  to: z.string(),
  currency: z.string(),
  openingCents: z.string(),
  closingCents: z.string(),
  items: z.array(postingView).describe('Newest first.'),
  nextCursor: z.string().nullable(),
})

export type StatementView = z.infer<typeof statementView>
export type PostingView = z.infer<typeof postingView>
