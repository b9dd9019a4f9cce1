import { db } from '#lib/db'
import { log } from '#lib/log'
import { requireProvider } from '../payments/chosen.ts'
import type { KnownPayment, PaymentState } from '../payments/provider.ts'
import { readAnswers } from '../sql/key.ts'
import { markWaiting } from '../sql/payment.ts'
import type { Charge, Challenge, StoredAnswer } from '../types.ts'
import { finishOrder, type SeenPayment } from './finish-order.ts'

export interface FollowedPayment extends KnownPayment {
  readonly orderId: string
  readonly provider: string
}

/** The order's answer, or what it waits for: the buyer, or (null) the provider. */
export type Followed = { readonly answer: StoredAnswer } | { readonly waiting: Challenge | null }

/**
 * Makes the order what its payment has come to: paid or released when that is final, else waiting, with its pieces kept.
 * Guarantees: whoever comes, in any order and however often, a finished order stays as it is and everyone hears its answer.
 * Money that came for an order that is released goes back to its buyer, once.
 */
export async function followPayment(
  payment: FollowedPayment,
  state: PaymentState,
  finish: (payment: SeenPayment, charge: Charge) => Promise<StoredAnswer> = finishOrder,
): Promise<Followed> {
  switch (state.status) {
    case 'declined':
      return { answer: await finish(payment, state) }
    case 'captured':
      return { answer: await takeMoney(payment, state, finish) }
    case 'authorized': {
      const provider = await requireProvider(payment.provider)
      return { answer: await takeMoney(payment, await provider.capture({ ...payment, ref: state.ref }), finish) }
    }
    case 'challenge':
    case 'pending':
      return waitFor(payment, state)
  }
}

async function takeMoney(
  payment: FollowedPayment,
  charge: Charge,
  finish: (payment: SeenPayment, charge: Charge) => Promise<StoredAnswer>,
): Promise<StoredAnswer> {
  const answer = await finish(payment, charge)
  if (charge.status === 'captured' && answer.status >= 400) await giveBack(payment, charge.ref)
  return answer
}

/**
 * Gives back what was paid for an order that is released: once, however often. It never was in the books, so neither is its way
 * back. Throws when it is not known whether it went.
 */
export async function giveBack(
  { orderId, provider: name, amountCents, currency }: FollowedPayment,
  chargeRef: string,
): Promise<void> {
  const provider = await requireProvider(name)
  const { status } = await provider.refund({ key: `late:${orderId}`, chargeRef, amountCents, currency })
  log().error({ orderId, chargeRef, refund: status }, 'paid after the order was released')
}

async function waitFor(
  payment: FollowedPayment,
  state: PaymentState & { status: 'challenge' | 'pending' },
): Promise<Followed> {
  const url = state.status === 'challenge' ? state.url : null
  const [waiting] = await db.run(markWaiting(payment.orderId, state.ref, url))
  if (waiting) return { waiting: url === null ? null : { number: waiting.number, challengeUrl: url } }
  // Finished meanwhile, by a webhook or at the deadline. Nobody was told where to pay, and nobody shall.
  await closeUnheard(payment, state)
  const [answer] = await db.run(readAnswers([payment.orderId]))
  if (!answer) throw new Error(`Order ${payment.orderId} was finished without an answer.`)
  return { answer: { status: answer.status, body: answer.body } }
}

async function closeUnheard(payment: FollowedPayment, state: PaymentState): Promise<void> {
  if (state.status !== 'challenge') return
  const provider = await requireProvider(payment.provider)
  await provider.close({ ...payment, ref: state.ref }).catch((error: unknown) => {
    log().warn({ err: error, orderId: payment.orderId }, 'challenge of a finished order not closed')
  })
}
