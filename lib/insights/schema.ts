import * as z from 'zod'
import { stockView } from '#lib/inventory/schema'

const glanceProductView = z.object({
  id: z.string(),
  title: z.string(),
  pictureId: z.string().nullable(),
  stock: z.array(stockView),
})

export const stockGlanceView = z.object({
  /** Published products, the scarcest first; a few dozen at most. */
  products: z.array(glanceProductView),
  /** Pieces of the published products that are not among them. */
  others: z.object({ products: z.number().int(), available: z.number().int(), held: z.number().int() }),
  counts: z.object({ draft: z.number().int(), published: z.number().int(), archived: z.number().int() }),
})

/** What buyers said of a shop lately. */
export const feedbackGlanceView = z.object({
  /** Written in the last seven days. */
  week: z.number().int(),
  /** Of all with a few words, those that have no answer. */
  unanswered: z.number().int(),
})

export type FeedbackGlanceView = z.infer<typeof feedbackGlanceView>
export type GlanceProductView = z.infer<typeof glanceProductView>
export type StockGlanceView = z.infer<typeof stockGlanceView>
