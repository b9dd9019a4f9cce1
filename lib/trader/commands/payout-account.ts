import { db, violatedConstraint } from '#lib/db'
import { chosenName } from '#lib/orders/payments/chosen'
import { ok, refuse, type Result } from '#lib/result'
import type { TraderCode } from '../errors.ts'
import { writePayoutAccount } from '../sql/payout.ts'

/**
 * Has the seller paid into this account of the market's provider from the next payout on.
 * Refuses: account-taken, when another shop is paid into it.
 */
export async function setPayoutAccount(sellerId: string, account: string): Promise<Result<null, TraderCode>> {
  try {
    await db.run(writePayoutAccount(sellerId, chosenName(), account))
    return ok(null)
  } catch (error) {
    if (violatedConstraint(error) !== 'payout_account_provider_account_key') throw error
    return refuse('account-taken')
  }
}
