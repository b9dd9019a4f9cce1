import { db } from '#lib/db'
import { log } from '#lib/log'
import { ok, refuse, type Result } from '#lib/result'
import type { OrderCode } from '../errors.ts'
import { chosenName, requireProvider } from '../payments/chosen.ts'
import type { Card, PaymentProvider } from '../payments/provider.ts'
import { isExpired } from '../rules/card.ts'
import { challengeAnswer } from '../rules/challenge.ts'
import { readChallenge } from '../sql/payment.ts'
import type { StoredAnswer } from '../types.ts'
import { inProgress } from './claim-key.ts'
import { followPayment } from './follow-payment.ts'
import { keepClaim } from './keep-claim.ts'
import { ORDER_ROUTE, prepareOrder, type Draft, type OrderRequest } from './prepare-order.ts'

/**
 * Sells the buyer's cart in three steps: PREPARE in one transaction, PAY outside any, FINALIZE in another.
 * Guarantees: one order and one charge per key, however often and wherever it is repeated; every repeat gets the bytes of
 * the first answer, be it the order or the decline. Whoever dies on the way is followed by `resumeCheckouts`.
 * A payment that needs its buyer is answered with 202 and where to go; that is not the key's answer yet, so a repeat hears
 * the same until there is one.
 * Refuses: what `prepareOrder` does, card-expired, unknown-test-card, card-missing, card-not-taken; and in-progress when it is
 * not known what became of the payment: the repeated request then hears it. A declined payment is an answer (422), not a
 * refusal: it is kept.
 */
export async function placeOrder(request: OrderRequest & { now: Date }): Promise<Result<StoredAnswer, OrderCode>> {
  const provider = await requireProvider(request.provider ?? chosenName())
  const card = request.input.card ?? null
  if (card && isExpired(card.expiry, request.now)) return refuse('card-expired')
  if (!provider.takesCard(card)) return refuse(cardRefusal(provider, card))
  const prepared = await prepareOrder({ ...request, provider: provider.name })
  if (!prepared.ok) return prepared.refusal.code === 'in-progress' ? answerWaiting(request) : prepared
  if ('answer' in prepared.value) return ok(prepared.value.answer)
  return pay(provider, prepared.value.draft, card)
}

/** PAY and FINALIZE: for a plain card one call of the provider between two transactions. */
async function pay(
  provider: PaymentProvider,
  draft: Draft,
  card: Card | null,
): Promise<Result<StoredAnswer, OrderCode>> {
  const { orderId, providerKey: key, amountCents, currency } = draft
  const returnUrl = `/checkout/return?order=${orderId}`
  try {
    const request = { key, amountCents, currency, card, returnUrl, capture: 'now' } as const
    const state = await keepClaim(orderId, () => provider.authorize(request))
    const payment = { orderId, provider: provider.name, key, ref: null, amountCents, currency }
    const followed = await followPayment(payment, state)
    if ('answer' in followed) return ok(followed.answer)
    return followed.waiting ? ok(challengeAnswer(followed.waiting)) : inProgress()
  } catch (error) {
    // Money may have moved, so neither yes nor no would be true. The reaper finds out.
    log().error({ err: error, orderId }, 'checkout interrupted')
    return inProgress()
  }
}

/** A repeat while the first is not answered yet: where the buyer is waited for, or that it is still worked on. */
async function answerWaiting({ buyerId, key }: OrderRequest): Promise<Result<StoredAnswer, OrderCode>> {
  const [challenge] = await db.run(readChallenge({ userId: buyerId, route: ORDER_ROUTE, key }))
  return challenge ? ok(challengeAnswer(challenge)) : inProgress()
}

function cardRefusal(provider: PaymentProvider, card: Card | null) {
  if (provider.name !== 'sandbox') return 'card-not-taken' as const
  return card ? ('unknown-test-card' as const) : ('card-missing' as const)
}
