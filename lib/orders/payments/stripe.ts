import Stripe from 'stripe'
import { env } from '#lib/env'
import { log } from '#lib/log'
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

export interface StripeOptions {
  readonly secretKey: string
  readonly webhookSecret: string
  /** Where Stripe is: tests have one of their own. */
  readonly host?: string
  readonly port?: number
  readonly protocol?: 'http' | 'https'
  readonly timeoutMs?: number
}

type Session = Stripe.Checkout.Session

/**
 * Stripe, by its hosted Checkout page: the buyer types the card in there, and no card ever passes through this market.
 * The money stays on the market's account (separate charges and transfers); `transfer` sends a seller's part on.
 * Guarantees: a page is paid at only once its address was handed out, which happens after its reference was stored; so a
 * payment without a reference cannot have moved money.
 */
export function newStripe({
  secretKey,
  webhookSecret,
  timeoutMs = 10_000,
  ...address
}: StripeOptions): PaymentProvider {
  // A repeat by the SDK has the key of the first try, so it is the same payment.
  const stripe = new Stripe(secretKey, { ...address, timeout: timeoutMs, maxNetworkRetries: 2, telemetry: false })
  return {
    name: 'stripe',
    takesCard: (card) => card === null,
    authorize: (request) => authorize(stripe, request),
    capture: (payment) => capture(stripe, payment),
    find: (payment) => find(stripe, payment),
    close: (payment) => close(stripe, payment),
    refund: (request) => refund(stripe, request),
    transfer: (request) => transfer(stripe, request),
    verifyWebhook: (body, header) => verifyWebhook(stripe, webhookSecret, body, header('stripe-signature') ?? ''),
  }
}

async function authorize(stripe: Stripe, request: PaymentRequest): Promise<PaymentState> {
  try {
    const session = await stripe.checkout.sessions.create(sessionOf(request), { idempotencyKey: request.key })
    return stateOf(session, request)
  } catch (error) {
    // A request that Stripe does not take (an amount too small, a currency not set up) was not carried out.
    if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error
    log().error({ err: error, key: request.key }, 'stripe refused a payment')
    return { status: 'declined', ref: request.key, code: 'provider-refused' }
  }
}

function sessionOf({ key, amountCents, currency, returnUrl, capture: when }: PaymentRequest) {
  const back = new URL(returnUrl, env().PUBLIC_URL ?? `http://localhost:${env().PORT}`)
  const answered = new URL(back)
  answered.searchParams.set('answered', '1')
  return {
    mode: 'payment',
    // What is paid at once: a method that takes days would keep the pieces for so long.
    allowed_payment_method_types: ['card'],
    line_items: [
      {
        quantity: 1,
        price_data: {
          currency: currency.toLowerCase(),
          unit_amount: Number(amountCents),
          product_data: { name: 'Your order' },
        },
      },
    ],
    client_reference_id: key,
    payment_intent_data: {
      transfer_group: key,
      capture_method: when === 'now' ? 'automatic' : 'manual',
      metadata: { souk_key: key },
    },
    // The address decides what the page says while it waits, and is believed in nothing else.
    success_url: answered.href,
    cancel_url: back.href,
    expand: ['payment_intent'],
  } satisfies Stripe.Checkout.SessionCreateParams
}

function stateOf(session: Session, payment: Pick<KnownPayment, 'key' | 'amountCents' | 'currency'>): PaymentState {
  const { key, amountCents, currency } = payment
  if (session.amount_total !== Number(amountCents) || session.currency !== currency.toLowerCase()) {
    throw new Error(`Stripe has ${key} with another amount.`)
  }
  if (session.status === 'open' && session.url) return { status: 'challenge', ref: session.id, url: session.url }
  if (session.status === 'expired') return { status: 'declined', ref: session.id, code: 'abandoned' }
  const intent = session.payment_intent
  if (!intent || typeof intent === 'string') throw new Error(`Stripe has ${key} without its PaymentIntent.`)
  return stateOfIntent(intent, key, session.id)
}

function stateOfIntent({ id, status }: Stripe.PaymentIntent, key: string, sessionId: string): PaymentState {
  // Refunds name the intent, so this is what is kept.
  if (status === 'succeeded') return { status: 'captured', ref: id }
  if (status === 'requires_capture') return { status: 'authorized', ref: id }
  if (status === 'canceled') return { status: 'declined', ref: id, code: 'abandoned' }
  if (status === 'processing') return { status: 'pending', ref: sessionId }
  throw new Error(`Stripe has ${key} in the state ${status}.`)
}

async function capture(stripe: Stripe, { key, ref }: KnownPayment): Promise<Charge> {
  if (!ref?.startsWith('pi_')) throw new Error(`There is nothing put aside for ${key}.`)
  const intent = await stripe.paymentIntents.capture(ref, {}, { idempotencyKey: `${key}:capture` })
  return requireCharge(stateOfIntent(intent, key, ref), key)
}

async function find(stripe: Stripe, payment: KnownPayment): Promise<PaymentState | null> {
  if (!payment.ref) return null
  if (payment.ref.startsWith('pi_')) {
    return stateOfIntent(await stripe.paymentIntents.retrieve(payment.ref), payment.key, payment.ref)
  }
  return stateOf(await stripe.checkout.sessions.retrieve(payment.ref, { expand: ['payment_intent'] }), payment)
}

async function close(stripe: Stripe, payment: KnownPayment): Promise<Charge> {
  const { key, ref } = payment
  // Nobody was ever told where to pay.
  if (!ref) return { status: 'declined', ref: key, code: 'abandoned' }
  if (ref.startsWith('cs_')) {
    await stripe.checkout.sessions.expire(ref).catch((error: unknown) => {
      // Paid or over already: which of them, it says when asked.
      if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error
    })
  }
  const state = await find(stripe, payment)
  if (state?.status !== 'authorized') return requireCharge(state, key)
  await stripe.paymentIntents.cancel(state.ref, {}, { idempotencyKey: `${key}:cancel` })
  return { status: 'declined', ref: state.ref, code: 'abandoned' }
}

function requireCharge(state: PaymentState | null, key: string): Charge {
  if (state?.status === 'captured' || state?.status === 'declined') return state
  throw new Error(`Stripe is not done with ${key}: ${state?.status}.`)
}

async function refund(stripe: Stripe, { key, chargeRef, amountCents }: RefundRequest): Promise<Refund> {
  // Stripe forgets idempotency keys after a day, and repeats a stored 500 until then: what was done is asked for first.
  for await (const made of stripe.refunds.list({ payment_intent: chargeRef, limit: 100 })) {
    if (made.metadata?.souk_key === key) return refundOf(made, amountCents)
  }
  try {
    const made = await stripe.refunds.create(
      { payment_intent: chargeRef, amount: Number(amountCents), metadata: { souk_key: key } },
      { idempotencyKey: key },
    )
    return refundOf(made, amountCents)
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error
    log().error({ err: error, key }, 'stripe refused a refund')
    const isTooMuch = error.code === 'charge_already_refunded' || error.param === 'amount'
    return { status: 'refused', code: isTooMuch ? 'exceeds-charge' : 'refund-failed' }
  }
}

function refundOf({ id, amount, status, metadata }: Stripe.Refund, amountCents: bigint): Refund {
  if (amount !== Number(amountCents))
    throw new Error(`The key ${metadata?.souk_key} was used for another refund before.`)
  if (status === 'succeeded') return { status: 'refunded', ref: id }
  return status === 'pending' ? { status: 'pending', ref: id } : { status: 'refused', code: 'refund-failed' }
}

async function transfer(stripe: Stripe, request: TransferRequest): Promise<Transfer> {
  const { key, sellerAccount, amountCents, currency } = request
  const known = await stripe.transfers.list({ transfer_group: key, limit: 1 })
  const [before] = known.data
  if (before) return transferOf(before, request)
  try {
    const made = await stripe.transfers.create(
      {
        amount: Number(amountCents),
        currency: currency.toLowerCase(),
        destination: sellerAccount,
        transfer_group: key,
      },
      { idempotencyKey: key },
    )
    return transferOf(made, request)
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error
    log().error({ err: error, key }, 'stripe refused a transfer')
    return { status: 'refused', code: error.code === 'balance_insufficient' ? 'not-enough-funds' : 'account-unable' }
  }
}

function transferOf({ id, amount, destination }: Stripe.Transfer, request: TransferRequest): Transfer {
  const account = typeof destination === 'string' ? destination : destination?.id
  if (amount !== Number(request.amountCents) || account !== request.sellerAccount) {
    throw new Error(`The key ${request.key} was used for another transfer before.`)
  }
  return { status: 'transferred', ref: id }
}

function verifyWebhook(stripe: Stripe, secret: string, body: string, signature: string): ProviderEvent | null {
  try {
    const event = stripe.webhooks.constructEvent(body, signature, secret)
    return { id: event.id, payment: paymentOf(event) }
  } catch (error) {
    if (error instanceof Stripe.errors.StripeSignatureVerificationError) return null
    throw error
  }
}

function paymentOf(event: Stripe.Event): ProviderEvent['payment'] {
  if (!isAboutSession(event)) return null
  const { client_reference_id: key, id: ref } = event.data.object
  return key ? { key, ref } : null
}

function isAboutSession(event: Stripe.Event): event is Stripe.CheckoutSessionCompletedEvent {
  return event.type.startsWith('checkout.session.')
}
