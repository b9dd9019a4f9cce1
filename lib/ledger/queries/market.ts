import { db } from '#lib/db'
import { CURRENCY, type Cents } from '#lib/money'
import type { AccountKind } from '#prisma/enums'
import { sumAccounts } from '../sql.ts'
import { sumPaidByDay } from '../sql/market.ts'

/** Where all money is now, by kind of account. Reads the whole ledger. Units: cents. */
export async function getAccountSums(): Promise<Record<AccountKind, Cents>> {
  const sums = { cash: 0n, escrow: 0n, seller: 0n, commission: 0n, tax: 0n, refunding: 0n, paying_out: 0n }
  for (const { kind, currency, cents } of await db.run(sumAccounts())) {
    if (currency === CURRENCY) sums[kind as AccountKind] = cents
  }
  return sums
}

/** What buyers paid on each of the last so many days, UTC by the database's clock. */
export function listPaidByDay(days: number) {
  return db.run(sumPaidByDay(CURRENCY, days))
}
