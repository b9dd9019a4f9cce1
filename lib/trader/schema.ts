import * as z from 'zod'

/** Who trades, who did before, and what became of the duties, as every node sees it. */
export const traderView = z.object({
  /** When it was read: what all other times are compared with. */
  at: z.string(),
  /** Null while nobody trades. */
  current: z
    .object({ epoch: z.number().int(), node: z.string(), since: z.string().nullable(), expiresAt: z.string() })
    .nullable(),
  /** The latest turns, the current one first. */
  terms: z.array(
    z.object({
      epoch: z.number().int(),
      node: z.string(),
      beganAt: z.string(),
      endedAt: z.string().nullable(),
      why: z.enum(['released', 'expired', 'stepped_down']).nullable(),
      /** How often the fence kept it out after its end. */
      refused: z.number().int(),
    }),
  ),
  duties: z.array(
    z.object({
      name: z.string(),
      epoch: z.number().int(),
      node: z.string(),
      ranAt: z.string().nullable(),
      succeededAt: z.string().nullable(),
      /** How much later than it should its last run began, and how long it took. */
      lagMs: z.number().int(),
      tookMs: z.number().int(),
      /** Counted over all turns. */
      runs: z.string(),
      done: z.string(),
      failures: z.string(),
      /** Failures in a row. */
      failing: z.number().int(),
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
  /** Whom the provider knows the seller as. Null: not yet, and nothing is paid out; the sandbox needs none. */
  account: z.string().nullable(),
})

export type PayoutAccountView = z.infer<typeof payoutAccountView>
export type TraderView = z.infer<typeof traderView>
