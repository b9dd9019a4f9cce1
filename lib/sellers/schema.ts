import * as z from 'zod'
import { handleInput, lineInput } from '#lib/auth/schema'

// Line breaks are part of a text; other control characters, half surrogates and direction marks are not.
const SEVERAL_LINES = /^(?:[\n\t]|[^\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069])*$/u

const name = lineInput(2, 60, 'your shop a name')
const about = z
  .string()
  .trim()
  .overwrite((text) => text.replaceAll('\r\n', '\n'))
  .max(1_000, 'This can have 1000 characters at most.')
  .regex(SEVERAL_LINES, 'This contains a character that cannot be shown.')
const pictureId = z.uuid('is not the id of a picture').nullable()

export const shopInput = z.strictObject({
  name,
  handle: handleInput,
  about: about.default(''),
  pictureId: pictureId.default(null),
})

/** What is left out stays; a pictureId of null takes the picture away. */
export const shopChange = z.strictObject({
  name: name.optional(),
  about: about.optional(),
  pictureId: pictureId.optional(),
})

/** A shop as everyone sees it. */
export const sellerView = z.object({
  id: z.string(),
  handle: z.string(),
  name: z.string(),
  about: z.string(),
  pictureId: z.string().nullable(),
  createdAt: z.string(),
  /** Published products. */
  productCount: z.number().int(),
})

export const sellerParams = z.strictObject({ handle: handleInput })

export type SellerView = z.infer<typeof sellerView>
