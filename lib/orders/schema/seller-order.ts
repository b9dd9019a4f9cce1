import * as z from 'zod'
import { orderParams } from '../schema.ts'

const id = z.uuid('is not an id')

/** Blank is none. No line breaks, and nothing that turns the direction of what is printed after it. */
const text = (max: number) =>
  z
    .string()
    .trim()
    .max(max, `has at most ${max} characters`)
    .refine((value) => !/[\p{Cc}\p{Bidi_Control}]/u.test(value), 'has characters that cannot be printed')

const reason = text(500).default('').describe('The other side reads it')

export const sellerOrderParams = z.strictObject({ id })
export const buyerPartParams = z.strictObject({ number: orderParams.shape.number, id })

export const shipInput = z.strictObject({
  carrier: text(60).default('').describe('Who brings it'),
  trackingNumber: text(60).default(''),
})

export const cancelInput = z.strictObject({ reason })

export const refundInput = z.strictObject({
  lines: z
    .array(
      z.strictObject({
        lineId: id,
        quantity: z.number().int('is a whole number').min(1, 'is at least 1').max(1_000_000, 'is too many'),
      }),
    )
    .min(1, 'names at least one line; leave it out to refund all that is left')
    .max(1_000, 'names at most 1,000 lines')
    .refine((lines) => new Set(lines.map((line) => line.lineId)).size === lines.length, 'names a line twice')
    .optional()
    .describe('Left out: all that is not refunded yet'),
  isReturned: z.boolean().default(false).describe('Whether the pieces are for sale again'),
  reason,
})

export const disputeInput = z.strictObject({
  reason: text(500).min(1, 'What is wrong? The shop has to know it to put it right'),
})

export const closeDisputeInput = z.strictObject({ reason })

export type ShipInput = z.output<typeof shipInput>
export type RefundInput = z.output<typeof refundInput>
