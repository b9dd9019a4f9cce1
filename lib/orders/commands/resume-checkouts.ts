import { db } from '#lib/db'
import { log } from '#lib/log'
import { requireProvider } from '../payments/chosen.ts'
import type { PaymentState } from '../payments/provider.ts'
import { claimStale, type OpenPayment } from '../sql/payment.ts'
import type { Charge, StoredAnswer } from '../types.ts'
import { captureOrders, finishOrder, type SeenPayment } from './finish-order.ts'
import { followPayment } from './follow-payment.ts'
import { keepClaim, STALE_MS } from './keep-claim.ts'

/**
 * Finishes checkouts that lost whoever worked on them, and looks after those that wait for a buyer or a webhook: asks the
 * provider what became of each, then pays or releases. One that waits goes on waiting until its order's deadline.
 * Guarantees: nothing is charged here; a payment that nobody waits for is closed first, so that a charge still on its way
 * comes too late.
 * Concurrency: any number of nodes at once; a claim keeps others away, and finishing twice changes nothing.
 * Returns how many were finished; those that failed are logged and come again.
 */
export async function resumeCheckouts(staleMs = STALE_MS, most = 20): Promise<number> {
  const stale = await db.run(claimStale(staleMs, most))
  const outcomes = await Promise.allSettled(stale.map(resume))
  outcomes.forEach((outcome, index) => {
    if (outcome.status === 'fulfilled') return
    log().error({ err: outcome.reason as unknown, orderId: stale[index]?.orderId }, 'checkout not resumed')
  })
  return outcomes.filter((outcome) => outcome.status === 'fulfilled' && outcome.value).length
}

/** Returns whether the order is finished. */
async function resume(payment: OpenPayment): Promise<boolean> {
  const state = await keepClaim(payment.orderId, () => standOf(payment))
  return 'answer' in (await followPayment(payment, state, finishAlone))
}

async function standOf(payment: OpenPayment): Promise<PaymentState> {
  const provider = await requireProvider(payment.provider)
  const found = payment.isOverdue ? null : await provider.find(payment)
  return found ?? (await provider.close(payment))
}

/** Not through the batcher: an order that cannot be finished shall hold no other back. */
async function finishAlone(payment: SeenPayment, charge: Charge): Promise<StoredAnswer> {
  const { orderId } = payment
  if (charge.status !== 'captured') return finishOrder(payment, charge)
  const [answer] = await captureOrders([{ orderId, ref: charge.ref }])
  if (!answer) throw new Error(`Order ${orderId} has no answer.`)
  return answer
}
