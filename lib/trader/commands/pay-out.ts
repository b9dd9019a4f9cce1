import { transact, unguarded } from '#lib/db'
import { env } from '#lib/env'
import { newId } from '#lib/ids'
import { post } from '#lib/ledger/commands'
import { publishTo } from '#lib/live/publish'
import { log } from '#lib/log'
import { CURRENCY } from '#lib/money'
import { chosenName, requireProvider } from '#lib/orders/payments/chosen'
import type { Transfer } from '#lib/orders/payments/provider'
import { SECOND_MS } from '#lib/time'
import { payoutEntry, payoutFailedEntry, payoutPaidEntry } from '../rules.ts'
import { claimBalances, claimPayouts, endPayout, insertPayouts, type OpenPayout } from '../sql/payout.ts'

/** In one turn a payout that was interrupted waits for so long. Another turn goes on with it at once. */
const RESUME_MS = 10 * SECOND_MS

export interface PayoutTerms {
  readonly epoch: number
  readonly most: number
  readonly leastCents?: bigint
  readonly everyMs?: number
}

/**
 * Begins payouts of balances that are due, and brings each to its end: CLAIM in one transaction, the provider outside any, END
 * in another. Returns how many were begun.
 * Guarantees: all that is in the balance at the claim and no cent more; one payout at a time per seller, one transfer per
 * payout, by the provider's key, whoever dies on the way and however often it is repeated. What the provider refuses is the
 * seller's again.
 * Concurrency: account balances, skipping those that somebody posts to. A refund comes before the claim or after it; after it
 * the balance is below nothing, and the next sales pay.
 */
export async function payOut(terms: PayoutTerms): Promise<number> {
  const begun = await beginPayouts(terms)
  await Promise.all(begun.map((payout) => pay(payout, terms.epoch)))
  return begun.length
}

/**
 * Goes on with payouts whose trader is gone, or whose provider could not be asked: asks again with the same key, which is the
 * same transfer. Returns how many were tried; those that failed are logged and come again, later each time.
 */
export async function resumePayouts({ epoch, most }: Pick<PayoutTerms, 'epoch' | 'most'>): Promise<number> {
  const open = await transact((tx) => tx.run(claimPayouts(epoch, most)))
  await Promise.all(open.map((payout) => pay(payout, epoch)))
  return open.length
}

/** CLAIM: the balances go from the sellers to `paying_out`. Returns what was begun. */
export async function beginPayouts({
  epoch,
  most,
  leastCents = BigInt(env().PAYOUT_MIN_CENTS),
  everyMs = env().PAYOUT_EVERY_MS,
}: PayoutTerms): Promise<readonly OpenPayout[]> {
  const begun = await transact(async (tx) => {
    const provider = chosenName()
    const due = await tx.run(claimBalances({ leastCents, everyMs, currency: CURRENCY, provider, most }))
    if (due.length === 0) return []
    const made = due.map((balance) => ({ ...balance, id: newId() }))
    const written = await tx.run(insertPayouts(made, { epoch, provider, resumeMs: RESUME_MS }))
    post(
      tx,
      written.map((payout) => payoutEntry(newId(), payout)),
    )
    return written
  })
  begun.forEach((payout) => tell(payout, 'pending'))
  return begun
}

/** END: what the provider made of it. Done once, whoever comes. Returns whether it was this one. */
export async function finishPayout(payout: OpenPayout, transfer: Transfer, epoch: number): Promise<boolean> {
  const isPaid = transfer.status === 'transferred'
  return transact(async (tx) => {
    const end = isPaid ? { ref: transfer.ref, failCode: null } : { ref: null, failCode: transfer.code }
    const [ended] = await tx.run(endPayout(payout.id, epoch, end))
    if (!ended) return false
    post(tx, [isPaid ? payoutPaidEntry(newId(), payout) : payoutFailedEntry(newId(), payout)])
    tx.afterCommit(() => tell(payout, isPaid ? 'paid' : 'failed'))
    return true
  })
}

/** Never rejects: what is not known to be paid stays pending, and is asked for again. */
async function pay(payout: OpenPayout, epoch: number): Promise<void> {
  try {
    const transfer = await askProvider(payout)
    if (transfer.status === 'refused') log().error({ payoutId: payout.id, code: transfer.code }, 'payout refused')
    await finishPayout(payout, transfer, epoch)
  } catch (error) {
    log().error({ err: error, payoutId: payout.id }, 'payout interrupted')
  }
}

/** A provider is a world of its own: nothing of ours guards its books, and the key is all that it knows us by. */
async function askProvider({ provider, providerKey: key, ...payout }: OpenPayout): Promise<Transfer> {
  const { transfer } = await requireProvider(provider)
  const { sellerAccount, amountCents, currency } = payout
  return unguarded(() => transfer({ key, sellerAccount, amountCents, currency }))
}

function tell({ sellerId, number }: OpenPayout, status: 'pending' | 'paid' | 'failed'): void {
  publishTo(`seller:${sellerId}`, { type: 'payout', number, status })
}
