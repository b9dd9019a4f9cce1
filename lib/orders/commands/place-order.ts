import { log } from '#lib/log'
import { ok, refuse, type Result } from '#lib/result'
import type { OrderCode } from '../errors.ts'
import { sandbox } from '../payments/sandbox.ts'
import { isExpired } from '../rules/card.ts'
import type { StoredAnswer } from '../types.ts'
import { finishOrder } from './finish-order.ts'
import { keepClaim } from './keep-claim.ts'
import { inProgress, prepareOrder, type OrderRequest } from './prepare-order.ts'

/**
 * Sells the buyer's cart in three steps: PREPARE in one transaction, PAY outside any, FINALIZE in another.
 * Guarantees: one order and one charge per key, however often and wherever it is repeated; every repeat gets the bytes of
 * the first answer, be it the order or the decline. Whoever dies on the way is followed by `resumeCheckouts`.
 * Refuses: what `prepareOrder` does, card-expired, unknown-test-card; and in-progress when it is not known what became of
 * the payment: the repeated request then hears it. A declined payment is an answer (422), not a refusal: it is kept.
 */
export async function placeOrder(request: OrderRequest & { now: Date }): Promise<Result<StoredAnswer, OrderCode>> {
  const { card } = request.input
  if (isExpired(card.expiry, request.now)) return refuse('card-expired')
  if (!sandbox.takesCard(card)) return refuse('unknown-test-card')
  const prepared = await prepareOrder(request)
  if (!prepared.ok) return prepared
  if ('answer' in prepared.value) return ok(prepared.value.answer)
  const { orderId, providerKey, amountCents, currency } = prepared.value.draft
  try {
    const charge = await keepClaim(orderId, () => sandbox.charge({ key: providerKey, amountCents, currency, card }))
    return ok(await finishOrder(orderId, charge))
  } catch (error) {
    // Money may have moved, so neither yes nor no would be true. The reaper finds out.
    log().error({ err: error, orderId }, 'checkout interrupted')
    return inProgress()
  }
}
