import * as z from 'zod'

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
})
