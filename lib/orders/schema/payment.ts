import * as z from 'zod'

export const webhookParams = z.strictObject({ provider: z.string().max(20) })
export const webhookView = z.object({ received: z.literal(true) })

/** The first answer to an order whose payment needs its buyer. */
export const challengeView = z.object({
  status: z.literal('challenge'),
  number: z.string(),
  challengeUrl: z.string().describe('Where the buyer has to go: an address of the provider, or a path of this market.'),
})

export const challengeParams = z.strictObject({ token: z.string().regex(/^[0-9A-Za-z]{32}$/, 'is not a challenge') })
export const challengeInput = z.strictObject({ decision: z.enum(['approve', 'fail']) })
export const challengeAnswerView = z.object({ returnUrl: z.string() })

export const givenUpView = z.object({ number: z.string() })
