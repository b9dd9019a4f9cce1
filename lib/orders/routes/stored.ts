import type { Context } from 'hono'
import { Problem } from '#lib/api/problem'
import type { Refusal } from '#lib/result'
import { kernelErrors } from '#lib/errors'
import type { MoveCode } from '../commands/move-on.ts'
import { orderErrors, type OrderCode } from '../errors.ts'
import type { StoredAnswer } from '../types.ts'

/** Sends the stored bytes as they are: parsing and printing them again is a way to change them. */
export function sendStored(c: Context, { status, body }: StoredAnswer): Response {
  const type = status < 400 ? 'application/json' : 'application/problem+json'
  c.header('Cache-Control', 'no-store')
  return c.body(body, status as 200 | 201 | 202 | 422, { 'Content-Type': type })
}

/** What is wrong with a field of the request; a line's own refusal names it in its detail. */
const FIELDS: Partial<Record<OrderCode, string>> = {
  'card-expired': 'card.expiry',
  'unknown-test-card': 'card.number',
  'card-missing': 'card.number',
  'unknown-line': 'lines',
  'more-than-left': 'lines',
}

/** The refusal, beside its field where it has one, and with the time to wait where it is worth repeating. */
export function orderProblem(c: Context, refusal: Refusal<MoveCode>): Problem {
  if (refusal.code === 'in-progress') c.header('Retry-After', String(refusal.detail.retryAfterSeconds))
  const { code } = refusal
  const field = code === 'not-found' ? undefined : FIELDS[code]
  const table = { ...kernelErrors, ...orderErrors }
  return new Problem(refusal, table, field ? { [field]: table[code].message } : undefined)
}
