import { db } from '#lib/db'
import { chosenName } from '#lib/orders/payments/chosen'
import type { PayoutAccountView } from '../schema.ts'
import { readPayoutAccount } from '../sql/payout.ts'

/** Where the seller is paid, by the provider that the market has now. */
export async function getPayoutAccount(sellerId: string): Promise<PayoutAccountView> {
  const provider = chosenName()
  const [row] = await db.run(readPayoutAccount(sellerId, provider))
  return { provider, account: row?.account ?? null }
}
