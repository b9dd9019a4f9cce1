import * as z from 'zod'
import { handleInput } from '#lib/auth/schema'
import { isCountry } from '#lib/sellers/rules/countries'

/** Ten million euros: no rule about one line needs more. */
const MOST_CENTS = 1_000_000_000n

const cents = z
  .string('This is not an amount.')
  .regex(/^(0|[1-9]\d{0,14})$/, { error: 'This is not an amount.', abort: true })
  .refine((text) => BigInt(text) <= MOST_CENTS, 'This is more than a rule can say.')
const bps = z
  .number('This is not a share.')
  .int('Basis points are whole: 1% is 100 of them.')
  .min(0, 'A share is not below nothing.')
  .max(10_000, 'A share is 100% at most.')
const category = z
  .string()
  .min(1, 'Which category?')
  .max(60, 'There is no such category.')
  .nullable()
  .default(null)
  .describe('The slug of a category')
const version = z
  .string('Say which version of the list this one replaces.')
  .regex(/^[\w-]{43}$/, 'is not a version')
  .describe('Of the list as you read it; another operator’s list is not overwritten unseen')

const commissionRule = z
  .strictObject({
    category,
    seller: handleInput.nullable().default(null).describe('The handle of a shop'),
    feeBps: bps,
    fixedCents: cents.default('0').describe('Added to the share, for each line'),
    floorCents: cents.nullable().default(null).describe('No line’s commission is less'),
    capCents: cents.nullable().default(null).describe('No line’s commission is more'),
  })
  .refine((rule) => rule.category === null || rule.seller === null, {
    error: 'A rule is for a category or for a shop, not for both.',
    path: ['seller'],
  })
  .refine(
    (rule) => rule.floorCents === null || rule.capCents === null || BigInt(rule.floorCents) <= BigInt(rule.capCents),
    {
      error: 'The most is less than the least.',
      path: ['capCents'],
    },
  )

const taxRule = z.strictObject({
  country: z.string().refine(isCountry, 'is not a country code such as DE').describe('ISO 3166-1 alpha-2'),
  category,
  bps,
  isIncluded: z.boolean().describe('Whether prices have it in them, or it comes on top'),
})

export const commissionRulesInput = z.strictObject({
  version,
  rules: z.array(commissionRule).max(200, 'There can be 200 rules.'),
})

export const taxRulesInput = z.strictObject({
  version,
  rules: z
    .array(taxRule)
    .max(1_000, 'There can be 1000 rules.')
    .superRefine((rules, context) => {
      const seen = new Set<string>()
      rules.forEach(({ country, category: of }, index) => {
        const scope = `${country} ${of ?? ''}`
        if (seen.has(scope)) {
          context.addIssue({
            code: 'custom',
            path: [index, 'country'],
            message: 'Another rule is for the same already.',
          })
        }
        seen.add(scope)
      })
    }),
})

/** All commission rules: the first that fits a line is the one. */
export const commissionRulesView = z.object({
  version: z.string(),
  rules: z.array(
    z.object({
      category: z.string().nullable(),
      seller: z.string().nullable(),
      feeBps: z.number().int(),
      fixedCents: z.string(),
      floorCents: z.string().nullable(),
      capCents: z.string().nullable(),
    }),
  ),
})

/** All tax rules, by country; their order decides nothing, a category's own goes before the rest of its country. */
export const taxRulesView = z.object({
  version: z.string(),
  rules: z.array(
    z.object({
      country: z.string(),
      category: z.string().nullable(),
      bps: z.number().int(),
      isIncluded: z.boolean(),
    }),
  ),
})

export type CommissionRulesInput = z.output<typeof commissionRulesInput>
export type CommissionRulesView = z.infer<typeof commissionRulesView>
export type TaxRulesInput = z.output<typeof taxRulesInput>
export type TaxRulesView = z.infer<typeof taxRulesView>
