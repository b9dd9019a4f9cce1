import { db } from '#lib/db'
import { CURRENCY, type Cents } from '#lib/money'
import { listLedgerBreaches, readBalance, sumAccounts, type LedgerBreach } from './sql.ts'

export interface LedgerAudit {
  readonly breaches: readonly LedgerBreach[]
  readonly accounts: readonly {
    readonly kind: string
    readonly currency: string
    readonly cents: Cents
    readonly postings: number
  }[]
}

/** What the market owes a seller now. Units: cents; below nothing the seller owes the market. */
export async function getBalance(sellerId: string): Promise<Cents> {
  const [row] = await db.run(readBalance(sellerId, CURRENCY))
  return row?.balanceCents ?? 0n
}

/** Proves that every entry sums to nothing and every balance is what was posted, and says how much there is of everything. */
export async function auditLedger(): Promise<LedgerAudit> {
  const [breaches, accounts] = await Promise.all([db.run(listLedgerBreaches()), db.run(sumAccounts())])
  return { breaches, accounts }
}
