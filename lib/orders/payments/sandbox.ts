import { createHmac, timingSafeEqual } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { createBatcher } from '#lib/batch'
import { db, violatedConstraint } from '#lib/db'
import { env } from '#lib/env'
import { newSecret } from '#lib/ids'
import type { Cents } from '#lib/money'
import { once } from '#lib/once'
import { MINUTE_MS } from '#lib/time'
import { behaviourOf, type CardBehaviour } from '../rules/card.ts'
import type { Charge } from '../types.ts'
import type {
  KnownPayment,
  PaymentProvider,
  PaymentRequest,
  PaymentState,
  ProviderEvent,
  Refund,
  RefundRequest,
  Transfer,
  TransferRequest,
} from './provider.ts'
import * as book from './sandbox-book.ts'

/** A provider that moves no money and takes test cards only. Its books are tables of its own, as a real one's would be. */
export const sandbox: PaymentProvider = {
  name: 'sandbox',
  takesCard: (card) => card !== null && behaviourOf(card.number) !== undefined,
  authorize,
  capture: async ({ key }) => requireCharge(await changeOpen(key, 'authorized', 'captured')),
  find: async ({ key }) => {
    const [row] = await db.run(book.readCharge(key))
    return row ? stateOf(row) : null
  },
  close,
  refund,
  transfer,
  verifyWebhook,
}

/** The header that carries the time and the signature. */
export const SIGNATURE_HEADER = 'souk-sandbox-signature'

/** How often the outcome of a late payment is told. */
const LATE_SENDS = 2

async function authorize(request: PaymentRequest): Promise<PaymentState> {
  const does = request.card ? behaviourOf(request.card.number) : undefined
  if (does === 'pay-slowly') await wait(env().SANDBOX_SLOW_MS)
  const row = await enter(request, {
    outcome: does ? outcomeOf(does, request.capture) : 'card-declined',
    challengeToken: does === 'ask' ? newSecret() : null,
    returnUrl: does === 'ask' ? request.returnUrl : null,
    lateMs: does === 'pay-late' ? env().SANDBOX_LATE_MS : null,
  })
  if (does === 'pay-late') await db.run(book.insertEvent(eventId(row.ref), row.key, env().SANDBOX_LATE_MS, LATE_SENDS))
  if (does === 'lose-answer') throw new Error(`The answer for ${request.key} was lost, as the card wants it.`)
  return stateOf(row)
}

function outcomeOf(does: CardBehaviour, capture: PaymentRequest['capture']): book.Outcome {
  if (does === 'ask') return 'challenge'
  if (does === 'card-declined' || does === 'insufficient-funds') return does
  return capture === 'now' ? 'captured' : 'authorized'
}

/** Writes a line of the book, or finds the one that stands: a key has one. */
async function enter(
  payment: { key: string; amountCents: Cents; currency: string },
  entry: Omit<book.NewCharge, 'key' | 'ref' | 'amountCents' | 'currency'>,
): Promise<book.ChargeRow> {
  const { key, amountCents, currency } = payment
  const ref = `sandbox_${newSecret()}`
  const written = await writer()({ key, amountCents, currency, ref, ...entry })
  const [row = written] = written ? [] : await db.run(book.readCharge(key))
  if (!row) throw new Error(`The sandbox lost the charge ${key}.`)
  if (row.amountCents !== amountCents) throw new Error(`The key ${key} was used with another amount before.`)
  return row
}

/** Charges of a moment are one writing in the book. Null for a key that has a line already. */
function writer() {
  return once('sandbox-writer', () =>
    createBatcher<book.NewCharge, book.ChargeRow | null>({
      run: async (charges) => {
        const written = new Map((await db.run(book.insertCharges(charges))).map((row) => [row.ref, row]))
        return charges.map((charge) => written.get(charge.ref) ?? null)
      },
      laneOf: () => '',
      lanes: 1,
      maxBatch: 100,
      maxQueue: 2_000,
      maxWaitMs: 5_000,
    }),
  )
}

/** Ends a key that nothing came of; what stands already is the answer, though nobody was told of it yet. */
async function close(payment: KnownPayment): Promise<Charge> {
  const row = await enter(payment, { outcome: 'abandoned', challengeToken: null, returnUrl: null, lateMs: null })
  if (row.outcome !== 'challenge' && row.outcome !== 'authorized') return requireCharge(row)
  return requireCharge(await changeOpen(payment.key, row.outcome, 'abandoned'))
}

/** Moves a line on from where it stands; one that is elsewhere already stays there. */
async function changeOpen(key: string, from: book.Outcome, to: book.Outcome): Promise<book.ChargeRow> {
  const [changed] = await db.run(book.changeOutcome(key, from, to))
  const [row = changed] = changed ? [] : await db.run(book.readCharge(key))
  if (!row) throw new Error(`The sandbox knows no charge ${key}.`)
  return row
}

function stateOf(row: book.ChargeRow): PaymentState {
  if (!row.isKnown) return { status: 'pending', ref: row.ref }
  if (row.outcome === 'challenge') {
    return { status: 'challenge', ref: row.ref, url: `/checkout/challenge/${row.challengeToken}` }
  }
  return row.outcome === 'authorized' ? { status: 'authorized', ref: row.ref } : requireCharge(row)
}

function requireCharge({ key, ref, outcome }: book.ChargeRow): Charge {
  if (outcome === 'captured') return { status: 'captured', ref }
  if (outcome === 'challenge' || outcome === 'authorized') throw new Error(`The charge ${key} is not over.`)
  return { status: 'declined', ref, code: outcome }
}

async function refund({ key, chargeRef, amountCents }: RefundRequest): Promise<Refund> {
  try {
    const [written] = await db.run(book.insertRefund({ key, ref: `refund_${newSecret()}`, chargeRef, amountCents }))
    const [row = written] = written ? [] : await db.run(book.readRefund(key))
    if (!row) return { status: 'refused', code: 'refund-failed' }
    if (row.amountCents !== amountCents || row.chargeRef !== chargeRef) {
      throw new Error(`The key ${key} was used for another refund before.`)
    }
    return { status: 'refunded', ref: row.ref }
  } catch (error) {
    // The book itself refuses, under the charge's lock: two refunds at once cannot both take the last cents.
    if (violatedConstraint(error) !== 'sandbox_charge_refunded_check') throw error
    return { status: 'refused', code: 'exceeds-charge' }
  }
}

async function transfer(request: TransferRequest): Promise<Transfer> {
  const { key, sellerAccount, amountCents } = request
  const [written] = await db.run(book.insertTransfer({ ...request, ref: `transfer_${newSecret()}` }))
  const [row = written] = written ? [] : await db.run(book.readTransfer(key))
  if (row?.amountCents !== amountCents || row.sellerAccount !== sellerAccount) {
    throw new Error(`The key ${key} was used for another transfer before.`)
  }
  return { status: 'transferred', ref: row.ref }
}

/**
 * What the buyer answered on the challenge's page.
 * Guarantees: the first answer counts, and none after the payment was closed. Returns whether it was this one.
 */
export async function answerChallenge(key: string, isApproved: boolean): Promise<boolean> {
  const [changed] = await db.run(book.changeOutcome(key, 'challenge', isApproved ? 'captured' : 'challenge-failed'))
  if (changed) await db.run(book.insertEvent(eventId(changed.ref), key, 0, 1))
  return changed !== undefined
}

function eventId(ref: string): string {
  return `event_${ref}`
}

export interface SandboxWebhook {
  readonly id: string
  readonly body: string
  readonly signature: string
}

/** Takes webhooks that are due out of the book. Whoever takes one sends it within seconds, else another does. */
export async function takeWebhooks(): Promise<SandboxWebhook[]> {
  const due = await db.run(book.claimEvents(20))
  return due.map(({ id, key, ref }) => {
    const body = JSON.stringify({ id, payment: { key, ref } })
    return { id, body, signature: signWebhook(body, Date.now()) }
  })
}

/** Once for each time that a webhook arrived. */
export async function markSent(id: string): Promise<void> {
  await db.run(book.countSent(id))
}

/** `t=<ms>,v1=<hex>`: the time is signed along, so that what was overheard cannot be sent again later. */
export function signWebhook(body: string, atMs: number): string {
  const { SOUK_SECRET } = env()
  if (!SOUK_SECRET) throw new Error('SOUK_SECRET is not set.')
  const signature = createHmac('sha256', `sandbox webhook ${SOUK_SECRET}`).update(`${atMs}.${body}`).digest('hex')
  return `t=${atMs},v1=${signature}`
}

const TOLERANCE_MS = 5 * MINUTE_MS

function verifyWebhook(body: string, header: (name: string) => string | undefined): ProviderEvent | null {
  const given = header(SIGNATURE_HEADER) ?? ''
  const atMs = Number(/^t=(\d{1,15}),/.exec(given)?.[1] ?? NaN)
  if (!(Math.abs(Date.now() - atMs) <= TOLERANCE_MS)) return null
  const expected = Buffer.from(signWebhook(body, atMs))
  const actual = Buffer.from(given)
  if (actual.length !== expected.length || !timingSafeEqual(actual, expected)) return null
  return JSON.parse(body) as ProviderEvent
}
