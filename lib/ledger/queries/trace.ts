import { db } from '#lib/db'
import { CURRENCY, type Cents } from '#lib/money'
import { netOf, tracePayouts, type Posted, type Trace } from '../rules/trace.ts'
import { listPostingsToTrace, readPayingOut, readPayout } from '../sql/trace.ts'

/** What of a seller's money is on its way out. Units: cents. */
export async function getPayingOut(sellerId: string): Promise<Cents> {
  const [row] = await db.run(readPayingOut(sellerId, CURRENCY))
  return row?.cents ?? 0n
}

/** Which postings a payout was made of, and whose it is; null when there is no such payout. */
export async function getPayoutTrace(payoutId: string): Promise<(Trace & { sellerId: string }) | null> {
  const [payout] = await db.run(readPayout(payoutId))
  if (!payout) return null
  const { postings } = await readPostings(payout.ownerId, payout.currency, payoutId)
  const trace = tracePayouts(postings).payouts.get(payoutId)
  return trace ? { ...trace, sellerId: payout.ownerId } : null
}

/** Which postings a seller's balance is made of. Missing is what the balance has and the postings have not. */
export async function getBalanceTrace(sellerId: string): Promise<Trace> {
  const { postings, balanceCents } = await readPostings(sellerId, CURRENCY, null)
  const parts = tracePayouts(postings).left
  return { amountCents: balanceCents, parts, missingCents: balanceCents - netOf(parts) }
}

async function readPostings(sellerId: string, currency: string, payoutId: string | null) {
  const rows = await db.run(listPostingsToTrace(sellerId, currency, payoutId))
  const postings = rows.filter((row): row is typeof row & Posted => row.entryId !== null)
  return { postings, balanceCents: rows[0]?.balanceCents ?? 0n }
}
