import { db } from '#lib/db'
import { chosenName } from '#lib/orders/payments/chosen'
import { writePayoutAccount } from '../sql/payout.ts'

/** Has the seller paid into this account of the market's provider from the next payout on. */
export async function setPayoutAccount(sellerId: string, account: string): Promise<void> {
  await db.run(writePayoutAccount(sellerId, chosenName(), account))
}
