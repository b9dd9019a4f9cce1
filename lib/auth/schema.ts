import * as z from 'zod'
import {
  HANDLE_MAX,
  HANDLE_MIN,
  HANDLE_PATTERN,
  ONE_LINE,
  PASSWORD_MAX,
  PASSWORD_MIN,
  TOKEN_DAYS,
  USUAL_SCOPES,
} from './rules.ts'
import { SCOPES } from './types.ts'

/** A line of text that a person typed: trimmed, without characters that nobody can see. */
export function lineInput(min: number, max: number, name: string) {
  return z
    .string(`Please give ${name}.`)
    .trim()
    .min(min, min === 1 ? `Please give ${name}.` : `This needs at least ${min} characters.`)
    .max(max, `This can have ${max} characters at most.`)
    .regex(ONE_LINE, 'This contains a character that cannot be shown.')
}

/** A handle, made lower-case: `Ada` and `ada` are one person. */
export const handleInput = z
  .string('Please give a handle.')
  .trim()
  .toLowerCase()
  .min(HANDLE_MIN, `A handle needs at least ${HANDLE_MIN} characters.`)
  .max(HANDLE_MAX, `A handle can have ${HANDLE_MAX} characters at most.`)
  .regex(HANDLE_PATTERN, 'Use letters a to z, digits, and single hyphens between them.')

export const accountInput = z.strictObject({
  name: lineInput(2, 60, 'your name'),
  handle: handleInput,
  email: z
    .string('Please give your e-mail address.')
    .trim()
    .toLowerCase()
    .max(254, 'This can have 254 characters at most.')
    .pipe(z.email('This does not look like an e-mail address.')),
  password: z
    .string('Please give a password.')
    .min(PASSWORD_MIN, `A password needs at least ${PASSWORD_MIN} characters.`)
    .max(PASSWORD_MAX, `A password can have ${PASSWORD_MAX} characters at most.`),
  shop: z
    .strictObject({ handle: handleInput, name: lineInput(2, 60, 'your shop a name') })
    .optional()
    .describe('A shop to open together with it'),
})

export const accountView = z.object({
  id: z.string(),
  handle: z.string(),
  /** Null where none was asked for. */
  shop: z.object({ id: z.string(), handle: z.string() }).nullable(),
})

/** What signs in: handle or e-mail address, and the password. */
export const credentialsInput = z.strictObject({
  login: z.string('Please give your handle or e-mail address.').trim().toLowerCase().min(1).max(254).regex(ONE_LINE),
  password: z.string('Please give your password.').min(1).max(PASSWORD_MAX),
})

export const scope = z.enum(SCOPES)

export const tokenInput = credentialsInput.extend({
  name: lineInput(1, 60, 'the token a name').describe('What the token is for, so that you know which one to revoke'),
  scopes: z
    .array(scope)
    .min(1, 'Choose at least one thing that it may do.')
    .max(SCOPES.length)
    .overwrite((scopes) => [...new Set(scopes)])
    .default([...USUAL_SCOPES])
    .describe('What it may do; never more than the account itself'),
  expiresInDays: z
    .int('Give a whole number of days.')
    .min(1, 'This must be at least 1.')
    .max(TOKEN_DAYS.most, `A token works for ${TOKEN_DAYS.most} days at most.`)
    .default(TOKEN_DAYS.usual)
    .describe('For how many days it works'),
})

export const newTokenView = z.object({
  id: z.string(),
  token: z.string().describe('Shown this once; send it as `Authorization: Bearer …`'),
  scopes: z.array(scope),
  expiresAt: z.string(),
})

export const tokenView = z.object({
  id: z.string(),
  name: z.string(),
  scopes: z.array(scope),
  createdAt: z.string(),
  expiresAt: z.string(),
  /** To the minute; null before the first use. */
  lastUsedAt: z.string().nullable(),
  /** Whether it is the one that asks. */
  isCurrent: z.boolean(),
})

/** One sign-in on one device. */
export const deviceView = z.object({
  sid: z.string(),
  userAgent: z.string(),
  createdAt: z.string(),
  lastSeenAt: z.string(),
  expiresAt: z.string(),
  isCurrent: z.boolean(),
})

/** Who is asking, for the header of each page. */
export const sessionView = z.object({
  user: z
    .object({
      id: z.string(),
      handle: z.string(),
      name: z.string(),
      email: z.string(),
      role: z.enum(['member', 'admin']),
      seller: z
        .object({ id: z.string(), handle: z.string(), name: z.string(), pictureId: z.string().nullable() })
        .nullable(),
    })
    .nullable(),
  cartCount: z.number().int(),
})

export const sidParams = z.strictObject({ sid: z.uuid('is not the id of a session') })
export const tokenParams = z.strictObject({ id: z.uuid('is not the id of a token') })

export type AccountInput = z.infer<typeof accountInput>
export type SessionView = z.infer<typeof sessionView>
export type DeviceView = z.infer<typeof deviceView>
export type TokenView = z.infer<typeof tokenView>
export type NewTokenView = z.infer<typeof newTokenView>
