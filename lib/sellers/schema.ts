import * as z from 'zod'
import { handleInput, lineInput } from '#lib/auth/schema'
import { isCountry } from './rules/countries.ts'

// Line breaks are part of a text; other control characters, half surrogates and direction marks are not.
const SEVERAL_LINES = /^(?:[\n\t]|[^\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069])*$/u

/** Plain text of several lines, with the line breaks of whoever typed it made one kind. */
export function severalLinesInput(max: number) {
  return z
    .string()
    .trim()
    .overwrite((text) => text.replaceAll('\r\n', '\n'))
    .max(max, `This can have ${max} characters at most.`)
    .regex(SEVERAL_LINES, 'This contains a character that cannot be shown.')
}

const name = lineInput(2, 60, 'your shop a name')
const about = severalLinesInput(1_000)
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
  productCount: z.number().int().describe('Published products.'),
  revision: z.number().int().describe('What an edit names in If-Match'),
})

const cents = (max: bigint) =>
  z
    .string()
    .regex(/^(0|[1-9]\d{0,14})$/, { error: 'This is not an amount.', abort: true })
    .refine((text) => BigInt(text) <= max, 'This is more than sending can cost.')
const MOST_CENTS = 10_000_000n

export const shippingInput = z.strictObject({
  methods: z
    .array(
      z.strictObject({
        id: z.uuid('is not the id of a way of sending').optional().describe('Of one that stays'),
        name: lineInput(1, 60, 'this way a name'),
        countries: z
          .array(z.string().refine(isCountry, 'is not a country code such as DE'))
          .max(249, 'are too many')
          .refine((codes) => new Set(codes).size === codes.length, 'names a country twice')
          .default([])
          .describe('ISO 3166-1 alpha-2; none: everywhere'),
        flatCents: cents(MOST_CENTS).default('0').describe('For the whole parcel'),
        perItemCents: cents(MOST_CENTS).default('0').describe('For each piece in it'),
        freeOverCents: cents(10n ** 14n)
          .nullable()
          .default(null)
          .describe('From goods of this value on it is free'),
      }),
    )
    .max(10, 'A shop can have 10 ways of sending.')
    .refine((methods) => isEachOnce(methods.map(({ name }) => name.toLowerCase())), 'Two of them have the same name.')
    .refine((methods) => isEachOnce(methods.flatMap(({ id }) => (id ? [id] : []))), 'Two of them have the same id.'),
})

/** How a shop sends what it sells, the first being the one that is taken unless the buyer chooses. Units: cents. */
export const shippingView = z.object({
  methods: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      countries: z.array(z.string()),
      flatCents: z.string(),
      perItemCents: z.string(),
      freeOverCents: z.string().nullable(),
    }),
  ),
  /** What a new list names in If-Match. */
  revision: z.number().int(),
})

function isEachOnce(words: readonly string[]): boolean {
  return new Set(words).size === words.length
}

export const sellerParams = z.strictObject({ handle: handleInput })

export type ShippingInput = z.output<typeof shippingInput>
export type ShippingView = z.infer<typeof shippingView>
export type SellerView = z.infer<typeof sellerView>
