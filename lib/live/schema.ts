import * as z from 'zod'

const room = z.string().max(64)
const version = z.number().int().min(0)

/** What a browser sends to hear rooms. Frames are bounded already; this bounds the work one frame can ask for. */
export const subscribeInput = z
  .array(z.strictObject({ room, known: z.record(z.string().max(64), version) }))
  .min(1)
  .max(100)

export const unsubscribeInput = z.array(room).min(1).max(100)
