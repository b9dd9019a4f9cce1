import * as z from 'zod'

/** Who trades, who did before, and what became of the duties, as every node sees it. */
export const traderView = z.object({
  at: z.string().describe('When it was read: what all other times are compared with.'),
  current: z
    .object({ epoch: z.number().int(), node: z.string(), since: z.string().nullable(), expiresAt: z.string() })
    .nullable()
    .describe('Null while nobody trades.'),
  terms: z
    .array(
      z.object({
        epoch: z.number().int(),
        node: z.string(),
        beganAt: z.string(),
        endedAt: z.string().nullable(),
        why: z.enum(['released', 'expired', 'stepped_down']).nullable(),
        /** How often the fence kept it out after its end. */
        refused: z.number().int(),
      }),
    )
    .describe('The latest turns, the current one first.'),
  duties: z.array(
    z.object({
      name: z.string(),
      epoch: z.number().int(),
      node: z.string(),
      ranAt: z.string().nullable(),
      succeededAt: z.string().nullable(),
      lagMs: z.number().int().describe('How much later than it should its last run began, and how long it took.'),
      tookMs: z.number().int(),
      runs: z.string().describe('Counted over all turns.'),
      done: z.string(),
      failures: z.string(),
      failing: z.number().int().describe('Failures in a row.'),
      lastError: z.string().nullable(),
      failedAt: z.string().nullable(),
    }),
  ),
})

export const payoutAccountInput = z.strictObject({
  account: z
    .string()
    .trim()
    .regex(/^acct_[0-9A-Za-z]{8,40}$/, 'This is not the id of a Stripe account, such as acct_1A2b3C4d5E6f7G8h.'),
})

/** Where a seller is paid. */
export const payoutAccountView = z.object({
  provider: z.enum(['sandbox', 'stripe']),
  account: z
    .string()
    .nullable()
    .describe('Whom the provider knows the seller as. Null: not yet, and nothing is paid out; the sandbox needs none.'),
})

export type PayoutAccountView = z.infer<typeof payoutAccountView>
export type TraderView = z.infer<typeof traderView>
