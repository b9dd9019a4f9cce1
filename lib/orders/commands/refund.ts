import { db } from '#lib/db'
import { eachAlone } from '#lib/each'
import { env } from '#lib/env'
import { log } from '#lib/log'
import { ok, type Result } from '#lib/result'
import { requireProvider } from '../payments/chosen.ts'
import type { Refund } from '../payments/provider.ts'
import type { Actor } from '../rules/states.ts'
import { claimRefunds, type OpenRefund } from '../sql/refund.ts'
import { listOverdueUnshipped } from '../sql/seller-order.ts'
import type { StoredAnswer } from '../types.ts'
import { inProgress } from './claim-key.ts'
import { finishRefund } from './finish-refund.ts'
import type { MoveCode } from './move-on.ts'
import { prepareRefund, type RefundRequest } from './prepare-refund.ts'

/**
 * Gives money back in three steps: PREPARE in one transaction, the provider outside any, FINALIZE in another.
 * Guarantees: one refund per key, at the provider too, however often and wherever it is repeated; every repeat gets the bytes
 * of the first answer. Whoever dies on the way is followed by `resumeRefunds`.
 * Refuses: what `prepareRefund` does; and in-progress when it is not known what the provider made of it: the repeated request
 * then hears it. A provider that will not give the money back is an answer (422), not a refusal: it is kept.
 */
export async function refund(request: Omit<RefundRequest, 'action'>): Promise<Result<StoredAnswer, MoveCode>> {
  return run({ ...request, action: 'refund' })
}

/**
 * Calls a seller order off before it is shipped: all that is left of it is refunded, and its pieces are for sale again.
 * Guarantees and refuses what `refund` does; of a cancellation and a shipment at once one is refused.
 */
export async function cancel(
  request: Pick<RefundRequest, 'sellerOrderId' | 'actor' | 'reason' | 'key'>,
): Promise<Result<StoredAnswer, MoveCode>> {
  return run({ ...request, action: 'cancel', lines: null, isReturned: true })
}

/**
 * What nobody shipped so long after it was paid is cancelled. Returns how many were; the first fault is thrown when the others
 * are done.
 * Concurrency: any number of nodes at once; what is shipped meanwhile is left alone.
 */
export async function cancelOverdue(afterMs = env().SHIP_WITHIN_MS, most = 20): Promise<number> {
  const actor: Actor = { by: 'timer' }
  const reason = 'It was not shipped in time.'
  const outcomes = await eachAlone(await db.run(listOverdueUnshipped(afterMs, most)), ({ id }) =>
    cancel({ sellerOrderId: id, actor, reason, key: null }),
  )
  return outcomes.filter((outcome) => outcome.ok).length
}

/**
 * Goes on with refunds that lost whoever worked on them, or whose provider had not made up its mind: asks it again with the
 * same key, which is the same refund.
 * Concurrency: any number of nodes at once; a claim keeps others away, and finishing twice changes nothing.
 * Returns how many came to something; those that failed are logged and come again, later each time.
 */
export async function resumeRefunds(most = 20): Promise<number> {
  const open = await db.run(claimRefunds(most))
  const outcomes = await Promise.all(open.map(pay))
  return outcomes.filter((outcome) => outcome.ok).length
}

async function run(request: RefundRequest): Promise<Result<StoredAnswer, MoveCode>> {
  const prepared = await prepareRefund(request)
  if (!prepared.ok) return prepared
  return 'answer' in prepared.value ? ok(prepared.value.answer) : pay(prepared.value.refund)
}

async function pay(open: OpenRefund): Promise<Result<StoredAnswer, MoveCode>> {
  try {
    return ok(await finishRefund(open.id, await askProvider(open)))
  } catch (error) {
    // Money may have moved, so neither yes nor no would be true. Whoever resumes it finds out.
    log().error({ err: error, refundId: open.id }, 'refund interrupted')
    return inProgress()
  }
}

async function askProvider(open: OpenRefund): Promise<Refund | { status: 'nothing' }> {
  // What was for free cost its buyer nothing.
  if (open.totalCents === 0n) return { status: 'nothing' }
  const { id, chargeRef, totalCents: amountCents, currency } = open
  if (chargeRef === null) throw new Error(`The payment behind refund ${id} has no reference.`)
  const provider = await requireProvider(open.provider)
  return provider.refund({ key: `refund:${id}`, chargeRef, amountCents, currency })
}
